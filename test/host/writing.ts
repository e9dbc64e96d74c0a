/** What helps while an energy file is written: types, checks of unsaved text, quick fixes. In a real VS Code. */

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { say, suite } from './lib/suite';
import { activate, fresh, rewrite, show, squigglesOf, until } from './lib/workspace';

const column = `import * as tf from '@tensorflow/tfjs';
import { data, defineEnergy } from 'unblind';

export const e = defineEnergy({
  dim: 2,
  energy: (x) => tf.sum(tf.square(x), 1, true),
  data: data.rings(),
});
`;

const fromTypeScript = (uri: vscode.Uri): vscode.Diagnostic[] =>
  vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'ts' || source === 'js');

async function hover(file: string, text: string, part: string): Promise<string> {
  const document = await vscode.workspace.openTextDocument(file);
  const at = document.positionAt(text.indexOf(part) + 1);
  const found = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, at);
  return found
    .flatMap(({ contents }) => contents.map((content) => (content instanceof vscode.MarkdownString ? content.value : '')))
    .join('\n');
}

/**
 * Types a mistake into another file and waits for its mark: checks come one after the other, so that whatever an earlier
 * change of text brings about has happened then.
 */
async function markedAfter(name: string): Promise<void> {
  const file = await fresh(name, column.replace(', true)', ')'));
  await rewrite(await show(file), () => column, false);
  await until('the mark of the later file', () => squigglesOf(file).length > 0);
  await vscode.commands.executeCommand('workbench.action.files.revert');
}

export const run = suite('while an energy file is written', ({ it, before, afterEach }) => {
  before(async () => {
    await activate();
  });

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('the types of unblind and of TensorFlow.js are there without an install', async () => {
    const file = await fresh('typed.energy.ts', column);
    await show(file);
    // The TypeScript server starts now.
    const ours = await until('the hover of defineEnergy', async () => {
      const text = await hover(file, column, 'defineEnergy({');
      return text.includes('Defines an energy-based model') && text;
    });
    assert.match(ours, /EnergyDefinition/);
    assert.match(await hover(file, column, 'square'), /Computes square of/);
    const document = await vscode.workspace.openTextDocument(file);
    const behind = document.positionAt(column.indexOf('data.rings') + 'data.'.length);
    const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      behind,
    );
    const labels = items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    assert.ok(labels.includes('gaussianMixture'), labels.slice(0, 20).join(', '));
  });

  it('TypeScript finds nothing wrong in the examples, and names a wrong setting', async () => {
    const examples = join(vscode.extensions.getExtension('unblind.unblind')!.extensionPath, 'examples');
    for (const name of ['rings', 'fourModes']) {
      const text = await readFile(join(examples, `${name}.energy.ts`), 'utf8');
      const file = await fresh(`${name}.energy.ts`, text.replace("objective: 'mfd'", "objective: 'mdf'"));
      const editor = await show(file);
      const [wrong, ...more] = await until('the wrong setting', () => {
        const found = fromTypeScript(editor.document.uri);
        return found.some(({ message }) => message.includes('mdf')) && found.filter(({ message }) => message.includes('mdf'));
      });
      assert.equal(more.length, 0);
      assert.equal(editor.document.lineAt(wrong!.range.start.line).text.trim().startsWith('fit:'), true);
      await rewrite(editor, () => text);
      await until('no complaint', () => fromTypeScript(editor.document.uri).length === 0);
    }
  });

  it('unsaved text is checked, the file stays as it is, and half-written code keeps the marks', async () => {
    const good = column.replace(', true)', ')');
    const file = await fresh('unsaved.energy.ts', good);
    const editor = await show(file);
    const started = performance.now();
    await rewrite(editor, () => column, false);
    const [squiggle] = await until('a mark', () => squigglesOf(file).length > 0 && squigglesOf(file));
    say(`  info the mark came ${(performance.now() - started).toFixed(0)} ms after the last key`);
    assert.match(squiggle!.message, /add \.squeeze\(\[1\]\)/);
    assert.equal(await readFile(file, 'utf8'), good);
    assert.equal(editor.document.isDirty, true);
    // The answer to half-written code changes nothing; the next whole text takes the mark away.
    await rewrite(editor, () => column.replace('dim: 2,', 'dim: 2,,'), false);
    await markedAfter('half.energy.ts');
    assert.deepEqual(
      squigglesOf(file).map(({ message }) => message),
      [squiggle!.message],
    );
    await rewrite(await show(file), () => good, false);
    await until('no mark', () => squigglesOf(file).length === 0);
  });

  it('does not check while the setting is off', async () => {
    const file = await fresh('off.energy.ts', column.replace(', true)', ')'));
    const setting = vscode.workspace.getConfiguration('unblind');
    await setting.update('checkWhileTyping', false, vscode.ConfigurationTarget.Global);
    try {
      await rewrite(await show(file), () => column, false);
    } finally {
      await setting.update('checkWhileTyping', undefined, vscode.ConfigurationTarget.Global);
    }
    await markedAfter('later.energy.ts');
    assert.equal(squigglesOf(file).length, 0);
    await show(file);
  });

  it('a quick fix mends what was found', async () => {
    const file = await fresh('mend.energy.ts', column);
    const editor = await show(file);
    const [squiggle] = await until('a mark', () => squigglesOf(file).length > 0 && squigglesOf(file));
    const { uri } = editor.document;
    const offered = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', uri, squiggle!.range);
    const fix = offered.find(({ title }) => title === 'Append .squeeze([1])');
    assert.ok(fix?.edit, offered.map(({ title }) => title).join(', '));
    assert.equal(fix.isPreferred, true);
    await vscode.workspace.applyEdit(fix.edit);
    assert.equal(editor.document.getText(), column.replace('1, true)', '1, true).squeeze([1])'));
    await until('no mark', () => squigglesOf(file).every(({ severity }) => severity !== vscode.DiagnosticSeverity.Error));
  });
});
