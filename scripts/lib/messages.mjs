/** The texts of the extension's host side, for translation: what `t('...')` and `vscode.l10n.t('...')` are given. */

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import ts from 'typescript';
import { root } from './paths.mjs';
import { ScriptError } from './run.mjs';

/** Where texts for users are. */
const folder = join(root, 'src/editor');

/** The lists of the texts of the panel's page, each of which the host translates. */
const pageTexts = ['panelTexts.ts', 'viewTexts.ts'].map((name) => join(root, 'src/shared', name));

/** What samplers and their options say of themselves, each of which the host translates. */
const samplerForms = join(root, 'src/shared/samplers');
const formTexts = new Set(['summary', 'help']);

/** Names under which functions of type Translate are called. */
const translators = new Set(['t', 'this.t', 'vscode.l10n.t']);

/**
 * @param {ts.Node} node
 * @returns {node is ts.CallExpression}
 */
function isTranslation(node) {
  return ts.isCallExpression(node) && translators.has(node.expression.getText());
}

/**
 * The text of a call, which must be written out there: what is put together cannot be translated.
 * @param {ts.CallExpression} call
 * @returns {readonly string[]} both texts where one of two is chosen; none where a text from elsewhere is passed on
 */
function textsOf({ arguments: [first] }) {
  /** @type {(node: ts.Expression | undefined) => readonly string[]} */
  const texts = (node) => {
    if (node === undefined || ts.isIdentifier(node)) return [];
    if (ts.isConditionalExpression(node)) return [...texts(node.whenTrue), ...texts(node.whenFalse)];
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return [node.text];
    throw new ScriptError(`${node.getSourceFile().fileName}: a text to translate must be written out: ${node.getText()}`);
  };
  return texts(first);
}

/**
 * @param {string} file
 * @returns {Promise<readonly string[]>} the texts of the file's array
 */
async function listed(file) {
  const source = ts.createSourceFile(file, await readFile(file, 'utf8'), ts.ScriptTarget.Latest, true);
  /** @type {string[]} */
  const texts = [];
  /** @param {ts.Node} node */
  const visit = (node) => {
    if (ts.isArrayLiteralExpression(node)) for (const item of node.elements) if (ts.isStringLiteral(item)) texts.push(item.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return texts;
}

/**
 * @param {string} file
 * @returns {Promise<readonly string[]>} the texts of the file's forms
 */
async function ofForms(file) {
  const source = ts.createSourceFile(file, await readFile(file, 'utf8'), ts.ScriptTarget.Latest, true);
  /** @type {string[]} */
  const texts = [];
  /** @param {ts.Node} node */
  const visit = (node) => {
    if (ts.isPropertyAssignment(node) && formTexts.has(node.name.getText()) && ts.isStringLiteral(node.initializer))
      texts.push(node.initializer.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return texts;
}

/**
 * All texts, in alphabetical order.
 * @returns {Promise<readonly string[]>}
 */
export async function messages() {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ts'));
  const forms = (await readdir(samplerForms)).map((name) => ofForms(join(samplerForms, name)));
  const found = new Set((await Promise.all([...pageTexts.map(listed), ...forms])).flat());
  for (const name of names) {
    const source = ts.createSourceFile(join(folder, name), await readFile(join(folder, name), 'utf8'), ts.ScriptTarget.Latest, true);
    /** @param {ts.Node} node */
    const visit = (node) => {
      if (isTranslation(node)) for (const text of textsOf(node)) found.add(text);
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return [...found].sort((a, b) => (a < b ? -1 : 1));
}

/**
 * The English template, l10n/bundle.l10n.json: every text stands for itself.
 * @param {readonly string[]} texts
 * @returns {string}
 */
export function template(texts) {
  return `${JSON.stringify(Object.fromEntries(texts.map((text) => [text, text])), null, 2)}\n`;
}
