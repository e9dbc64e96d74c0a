/** "Sample..." and "Diagnose" in a real window: what the user is asked, and what lens, panel, side panel and runs say. */

import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { DiagnosisView, PanelView, SamplingView, UnblindApi } from '../../src/editor/api';
import { choose, forget, isPlain, messages, press } from './lib/dialogs';
import { say, suite } from './lib/suite';
import { activate, command, fitted, folder, fresh, lensesOf, quickFile, readJson, show, until } from './lib/workspace';

/** Two modes that score matching cannot weigh: a density without parameters, with the data that it is the density of. */
const twoModes = `import * as tf from '@tensorflow/tfjs';
import { data, defineEnergy, defineScore, scoreMlp } from 'unblind';

const component = (x: tf.Tensor2D, mean: number, weight: number): tf.Tensor =>
  tf.add(Math.log(weight), tf.mul(-0.5, tf.square(tf.sub(x, mean)))).squeeze([1]);

/** Two distant modes with unequal weights. */
export const twoModes = defineEnergy({
  dim: 1,
  energy: (x) => tf.neg(tf.logSumExp(tf.stack([component(x, -5, 0.2), component(x, 5, 0.8)]), 0)),
  data: data.gaussianMixture({ means: [[-5], [5]], std: 1, weights: [0.2, 0.8] }),
});

/** It has no density. */
export const arrows = defineScore({ dim: 1, ...scoreMlp([1, 16, 1]), data: data.gaussianMixture({ means: [[-1], [1]], std: 0.3 }) });
`;

export const run = suite('sampling and diagnosing', ({ it, before, afterEach }) => {
  let api: UnblindApi;
  let file = '';
  const density = (): { readonly file: string; readonly name: string } => ({ file, name: 'twoModes' });
  const quick = { file: quickFile, name: 'quick' };

  const panel = (title = 'twoModes'): PanelView | undefined => api.panels().find((one) => one.title === title);
  const sampled = async (): Promise<SamplingView> =>
    until('the end of the sampler', () => {
      const last = api.samplings().at(-1);
      return last?.phase === 'ended' && last;
    });
  const drawing = async (): Promise<SamplingView> =>
    until('particles', () => {
      const last = api.samplings().at(-1);
      return last !== undefined && (last.phase === 'ended' || last.step > 0) && last;
    });
  const diagnosed = async (energy = density()): Promise<DiagnosisView> =>
    until('the diagnosis', () => {
      const found = api.diagnosis(energy);
      return found !== undefined && found.state !== 'stage' && found;
    });
  /** A run that nothing but the user ends. */
  const sampleLong = async (): Promise<SamplingView> => {
    const record = {
      file,
      energy: 'twoModes',
      sampler: 'langevin',
      options: { steps: 100_000_000 },
      particles: 500,
      seed: 1,
      executor: 'onnx',
      start: { kind: 'normal', description: '' },
      target: { run: null },
    };
    await command('rerun', { kind: 'sample', directory: '', record });
    const session = await drawing();
    assert.equal(session.phase, 'running', session.end);
    return session;
  };

  before(async () => {
    api = await activate();
    file = await fresh('twoModes.energy.ts', twoModes);
    await show(file);
  });

  afterEach(async () => {
    for (const { text } of messages()) assert.ok(isPlain(text), text);
    forget();
    await vscode.commands.executeCommand('notifications.clearAll');
  });

  it('has a lens for each, in the same place for energies and score networks', async () => {
    const commands = (await lensesOf(file)).map((lens) => lens.command?.command);
    const expected = ['fit', 'fitWith', 'sample', 'diagnose', 'check', 'openPanel'].map((name) => `unblind.${name}`);
    assert.deepEqual(commands, [...expected, ...expected]);
  });

  it('samples with what was chosen, from where it was chosen, and shows that in the panel', async () => {
    choose(/^Parallel tempering$/, /^Uniform$/);
    const lens = (await lensesOf(file))[2]!.command!;
    await vscode.commands.executeCommand(lens.command, ...(lens.arguments as unknown[]));
    const session = await sampled();
    assert.equal(session.end, 'done', messages()[0]?.text);
    assert.equal(session.sampler, 'parallel-tempering');
    assert.equal(session.particles, 1000);
    // 1000 independent particles: four standard errors of a share of .2 are .05; parallel tempering from the wrong start gets there.
    assert.ok(Math.abs(session.shares[0]! - 0.2) < 0.06, String(session.shares));
    const record = (await readJson(join(session.runDir!, 'run.json'))) as { readonly start: { readonly kind: string } };
    assert.equal(record.start.kind, 'uniform');
    const shown = await until('the page', () => (panel()?.sent['sampling'] ?? 0) + (panel()?.sent['hydrate'] ?? 0) > 1 && panel());
    assert.equal(shown.view, 'sample');
    assert.equal(shown.sampling, session.runDir);
    assert.ok((shown.sent['show'] ?? 0) > 0);
    assert.ok((shown.sent['sampleState'] ?? 0) > 0);
    say(`  info sent to the page: ${JSON.stringify(shown.sent)}`);
    assert.deepEqual(messages(), []);
  });

  it('lists the run with its sampler, its particles and what they are worth', async () => {
    const [label, description, menu] = (await api.runs()).find(([text]) => text.startsWith('twoModes'))!;
    assert.equal(label, 'twoModes: Parallel tempering');
    assert.match(description, /^1000 particles, \S/);
    assert.equal(menu, 'sample');
    say(`  info ${label}: ${description}`);
  });

  it('starts from the particles of an earlier run, and from a file', async () => {
    choose(/^MALA$/, /^Particles of Parallel tempering$/);
    await command('sample', density());
    const again = await sampled();
    assert.equal(again.end, 'done', messages()[0]?.text);
    assert.equal(again.sampler, 'mala');
    // MALA does not cross: the weights of the start stay.
    assert.ok(Math.abs(again.shares[0]! - 0.2) < 0.06, String(again.shares));
    // What the record says is enough to do it again.
    await command('rerun', { kind: 'sample', directory: '', record: await recordOf(again) });
    const third = await sampled();
    assert.notEqual(third.runDir, again.runDir);
    assert.deepEqual(third.shares, again.shares);
    assert.deepEqual(messages(), []);
    const particles = join(folder, 'particles.csv');
    writeFileSync(particles, `x\n${'5\n'.repeat(50)}`);
    await command('rerun', {
      kind: 'sample',
      directory: '',
      record: { ...(await recordOf(again)), start: { kind: 'file', description: particles } },
    });
    assert.match(messages()[0]?.text ?? '', /choose them again/);
  });

  it('pauses, goes on and stops with the commands of fits, and keeps the particles', async () => {
    const { runDir } = await sampleLong();
    await command('pauseResume');
    await until('a pause', () => api.samplings().at(-1)?.phase === 'paused');
    await command('pauseResume');
    await until('steps', () => api.samplings().at(-1)?.phase === 'running');
    await command('stop');
    assert.equal((await sampled()).end, 'stopped');
    assert.ok(existsSync(join(runDir!, 'result.json')));
    assert.deepEqual(messages(), []);
  });

  it('opens a stored run in the view of samplers, also once the panel was closed', async () => {
    const { runDir } = api.samplings()[0]!;
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await until('no panel', () => api.panels().length === 0);
    await command('openRun', runDir);
    const shown = await until('the page', () => (panel()?.sent['hydrate'] ?? 0) > 0 && panel());
    assert.deepEqual([shown.view, shown.sampling], ['sample', runDir]);
  });

  it('says that an engine broke while it sampled, and samples again where that is asked for', async () => {
    const { enginePid } = await sampleLong();
    process.kill(enginePid!, 'SIGKILL');
    assert.equal((await sampled()).end, 'killed');
    const message = await until('the message', () => messages()[0]);
    say(`  info "${message.text}"`);
    assert.deepEqual([message.kind, message.buttons], ['error', ['Show Log', 'Run Again']]);
    assert.match(message.text, /^twoModes: The engine process was killed/);
    press('Run Again');
    const again = await sampleLong();
    process.kill(again.enginePid!, 'SIGKILL');
    await until('another run', () => {
      const last = api.samplings().at(-1);
      return last?.phase === 'running' && last.enginePid !== again.enginePid;
    });
    await command('stop');
    await sampled();
  });

  it('diagnoses: the verdict is in the panel, in the side panel and on the lens', async () => {
    await show(file);
    const lens = (await lensesOf(file))[3]!.command!;
    await vscode.commands.executeCommand(lens.command, ...(lens.arguments as unknown[]));
    const found = await diagnosed();
    assert.equal(found.state, 'done', found.words);
    assert.equal(found.words, 'blind');
    const shown = panel()!;
    assert.deepEqual([shown.view, shown.diagnosis], ['diagnosis', 'done']);
    assert.ok((shown.sent['diagnosis'] ?? 0) > 0);
    const lines = api.diagnostics(density()).filter(({ id }) => id.startsWith('diagnosis.'));
    assert.equal(lines[0]?.id, 'diagnosis.verdict');
    assert.ok(lines.length > 3);
    for (const { label, sentence } of lines) assert.ok(label !== '' && isPlain(sentence), `${label}: ${sentence}`);
    for (const { label, status, sentence } of lines) say(`  info ${status}: ${label}: ${sentence}`);
    await until('the lens', async () => (await lensesOf(file))[5]?.command?.title === 'score matching is blind here');
    assert.deepEqual(messages(), []);
  });

  it('keeps the process of a diagnosis as long as its panel is open', async () => {
    const { enginePid, live } = api.diagnosis(density())!;
    assert.ok(live);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await until('the end of the process', () => !isThere(enginePid!));
    assert.deepEqual([api.diagnosis(density())?.state, api.diagnosis(density())?.live], ['done', false]);
  });

  it('gives a diagnosis up, and shows what was found before', async () => {
    await command('diagnose', density());
    await until('its beginning', () => api.diagnosis(density())?.state === 'stage');
    await command('stop');
    assert.equal(api.diagnosis(density())?.words, 'blind');
    assert.deepEqual(messages(), []);
  });

  it('says that an engine broke while it diagnosed', async () => {
    await command('diagnose', density());
    const { enginePid } = await until('its beginning', () => api.diagnosis(density())?.state === 'stage' && api.diagnosis(density()));
    process.kill(enginePid!, 'SIGKILL');
    assert.equal((await diagnosed()).state, 'failed');
    const message = await until('the message', () => messages()[0]);
    say(`  info "${message.text}"`);
    assert.match(message.text, /^twoModes: The engine process was killed.*Diagnose again\.$/);
  });

  it('diagnoses a fit: the verdict lies with the run, and joins its result on the lens', async () => {
    const { runDir, end } = await fitted(api, quick);
    assert.equal(end, 'done');
    await command('diagnose', quick);
    const found = await diagnosed(quick);
    assert.equal(found.state, 'done', found.words);
    assert.equal(found.runDir, runDir);
    assert.ok(existsSync(join(runDir!, 'diagnosis.json')));
    await show(quickFile);
    const title = await until('the lens', async () => {
      const words = (await lensesOf(quickFile))[5]?.command?.title;
      return words?.includes(';') === true && words;
    });
    say(`  info ${title}`);
    assert.match(title, /^MFD: KL .*; (score matching|blindness)/);
  });

  it('says in one sentence why a score network is not diagnosed, and samples it as it can', async () => {
    const arrows = { file, name: 'arrows' };
    await command('diagnose', arrows);
    assert.match(messages()[0]?.text ?? '', /^A score network has no density/);
    assert.equal(api.diagnosis(arrows), undefined);
    forget();
    // It was never fitted: that is said as well.
    choose(/^Annealed Langevin$/, /^Normal$/);
    await command('sample', arrows);
    const { end } = await sampled();
    assert.equal(end, 'bad-input');
  });

  it('says what is wrong with what cannot be sampled or diagnosed', async () => {
    const bad = { file: await fresh('bad.energy.ts', 'export const bad = 1;\n'), name: 'bad' };
    await command('diagnose', bad);
    const found = await diagnosed(bad);
    assert.equal(found.state, 'failed');
    assert.ok(isPlain(found.words), found.words);
    say(`  info "${found.words}"`);
  });
});

async function recordOf({ runDir }: SamplingView): Promise<object> {
  return (await readJson(join(runDir!, 'run.json'))) as object;
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
