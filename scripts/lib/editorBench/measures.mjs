/** What `npm run bench:editor` measures in one window of VS Code. Each function gives rows of the table. */

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ScriptError } from '../run.mjs';
import { makeRuns, touch } from './manyRuns.mjs';
import { pageHeap } from './pageHeap.mjs';

/** @typedef {import('./rows.mjs').Row} Row */
/** @typedef {import('./window.mjs').BenchWindow} BenchWindow */

const repeats = 5;
/** Runs of the long history. */
const manyRuns = 10_000;
/** The next spare starts two seconds after the last was taken, and then loads. */
const spareMilliseconds = 6000;

const pause = (/** @type {number} */ milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * VS Code's own figure, which holds loading the bundle and calling `activate`.
 * @param {BenchWindow} window
 * @returns {Promise<readonly Row[]>}
 */
export async function activation(window) {
  /** @type {number[]} */
  const values = [];
  for (let i = 0; i < repeats; i++) {
    if (i > 0) await window.reload();
    await window.ask('activate');
    await window.ask('command', { command: 'workbench.action.showRuntimeExtensions' });
    const row = window.page.locator('.runtime-extensions-editor .monaco-list-row', { hasText: 'Unblind' }).first();
    await row.waitFor();
    const text = (await row.locator('.activation-time').textContent()) ?? '';
    values.push(Number(/(\d+)\s*ms/.exec(text)?.[1]));
    await window.ask('command', { command: 'workbench.action.closeActiveEditor' });
  }
  return [{ what: 'Activation, loading included', unit: 'ms', target: { most: 60 }, values }];
}

/**
 * @param {BenchWindow} window
 * @returns {Promise<readonly Row[]>}
 */
export async function lenses({ ask, folder }) {
  const file = join(folder, 'many.energy.ts');
  await ask('open', { file });
  const text = await ask('lensText', { file });
  /** @type {number[]} */
  const round = [];
  for (let i = 0; i < repeats; i++) round.push(await ask('lenses', { file }));
  return [
    { what: 'Lens text of 1,000 lines, 100 energies', unit: 'ms', target: { most: 20 }, values: text },
    { what: '  the same through VS Code and back', unit: 'ms', target: undefined, values: round },
  ];
}

/**
 * Clicks the lens of the file that is open, and waits for the first loss and the first picture.
 * @param {BenchWindow} window
 * @returns {Promise<{ readonly after: number, readonly loss: number, readonly frame: number, readonly cold: boolean }>} milliseconds
 */
async function clickLens({ page, ask }) {
  const after = (await ask('sessions')).length;
  const lens = page.locator('.codelens-decoration a', { hasText: 'Fit EBM with MFD' }).first();
  await lens.waitFor();
  const clicked = page.evaluate(
    () =>
      new Promise((/** @type {(time: number) => void} */ resolve) =>
        addEventListener('mouseup', ({ timeStamp }) => resolve(performance.timeOrigin + timeStamp), { capture: true, once: true }),
      ),
  );
  await lens.click();
  const [began, { loss, frame, processStart }] = await Promise.all([clicked, ask('firsts', { after })]);
  return { after, loss: loss - began, frame: frame - began, cold: processStart > began - 20 };
}

/**
 * @param {BenchWindow} window
 * @returns {Promise<readonly Row[]>}
 */
export async function firstLoss(window) {
  const { ask, folder, cache } = window;
  await ask('open', { file: join(folder, 'fourModes.energy.ts') });
  await pause(spareMilliseconds);
  /** @type {Readonly<Record<'warm' | 'cold', { loss: number[], frame: number[] }>>} */
  const found = { warm: { loss: [], frame: [] }, cold: { loss: [], frame: [] } };
  /** @type {{ warm: number[], cold: number[] }} */
  const unmeasured = { warm: [], cold: [] };
  for (let i = 0; i < 4 * repeats; i++) {
    // Cold and warm by turns: a spare is there after a while, and none right after it was taken. The first of each finds nothing remembered.
    if (i % 4 < 2) await rm(cache, { recursive: true, force: true });
    if (i % 2 === 0) await pause(spareMilliseconds);
    const { after, loss, frame, cold } = await clickLens(window);
    await ask('kill', { after });
    // Each click opens the panel anew.
    for (const command of ['workbench.action.closeEditorsInOtherGroups', 'notifications.clearAll']) await ask('command', { command });
    const kind = cold ? 'cold' : 'warm';
    if (i % 4 < 2) unmeasured[kind].push(loss);
    else {
      found[kind].loss.push(loss);
      found[kind].frame.push(frame);
    }
  }
  return [
    { what: 'Click on the lens to first loss, cold', unit: 'ms', target: { most: 1500 }, values: found.cold.loss },
    { what: '  the same where auto must measure first', unit: 'ms', target: { most: 1500 }, values: unmeasured.cold },
    { what: '  the same, to the first picture', unit: 'ms', target: undefined, values: found.cold.frame },
    { what: 'Click on the lens to first loss, warm spare', unit: 'ms', target: { most: 600 }, values: found.warm.loss },
    { what: '  the same where auto must measure first', unit: 'ms', target: { most: 600 }, values: unmeasured.warm },
    { what: '  the same, to the first picture', unit: 'ms', target: undefined, values: found.warm.frame },
  ];
}

/**
 * @param {BenchWindow} window
 * @returns {Promise<readonly Row[]>}
 */
export async function liveMode({ ask, folder }) {
  const file = join(folder, 'fourModes.energy.ts');
  await ask('open', { file });
  await ask('set', { key: 'live', value: true });
  await ask('fit', { file, name: 'fourModes' });
  await ask('firsts', { after: 0 });
  await pause(spareMilliseconds);
  /** @type {number[]} */
  const values = [];
  for (let i = 0; i < repeats; i++) {
    const after = (await ask('sessions')).length;
    // Each starts from where the last one was, which still runs.
    const began = await ask('save', { file, from: `std: 0.${2 + i}`, to: `std: 0.${3 + i}` });
    const { frame } = await ask('firsts', { after });
    values.push(frame - began);
    await pause(spareMilliseconds);
  }
  return [{ what: 'Save to first new picture, live', unit: 'ms', target: { most: 1000 }, values }];
}

/**
 * @param {BenchWindow} window
 * @returns {Promise<readonly Row[]>}
 */
export async function cancelling({ ask, folder }) {
  const file = join(folder, 'fourModes.energy.ts');
  /** @type {number[]} */
  const values = [];
  for (let i = 0; i < repeats; i++) {
    const after = (await ask('sessions')).length;
    await ask('fit', { file, name: 'fourModes' });
    await ask('step', { after, step: 100 });
    values.push(await ask('stop', { after }));
    await ask('ended', { after });
  }
  return [{ what: 'Stop to the last step', unit: 'ms', target: { most: 250 }, values }];
}

/**
 * The page of the panel that is seen.
 * @param {import('playwright-core').Page} page
 */
async function panelFrame(page) {
  for (let i = 0; i < 200; i++) {
    for (const frame of page.frames()) {
      const there = await frame.evaluate(() => document.querySelector('#panel .page') !== null).catch(() => false);
      if (there) return frame;
    }
    await pause(100);
  }
  throw new ScriptError('The panel did not open.');
}

/**
 * Milliseconds of load in the page while it is clicked and typed at.
 * @param {BenchWindow} window
 * @param {string} load the bundled webview/preview/load.ts
 * @returns {Promise<readonly Row[]>}
 */
export async function panelLoad({ page }, load) {
  const frame = await panelFrame(page);
  await frame.evaluate(load);
  const seconds = 6;
  const working = frame.evaluate(`window.unblindBench(${seconds})`);
  const canvas = frame.locator('canvas').first();
  let inputs = 0;
  const end = Date.now() + 1000 * (seconds + 0.5);
  while (Date.now() < end) {
    await canvas.click({ position: { x: 40 + ((7 * inputs) % 60), y: 60 }, force: true, noWaitAfter: true }).catch(() => undefined);
    inputs++;
    await pause(120);
  }
  const { framesPerSecond, latencies, draws } = /** @type {any} */ (await working);
  return [
    { what: 'Panel: 20,000 particles and 128 x 128 cells', unit: 'frames/s', target: { least: 20 }, values: [framesPerSecond] },
    { what: '  its drawing alone', unit: 'ms', target: undefined, values: draws },
    { what: '  input to next painting', unit: 'ms', target: { most: 50 }, values: latencies },
  ];
}

/**
 * The page of a panel shares its heap with the workbench: what counts is by how much a panel that watched a long run makes it larger.
 * @param {BenchWindow} window
 * @returns {Promise<readonly Row[]>}
 */
export async function panelHeap({ page, ask, folder }) {
  const file = join(folder, 'long.energy.ts');
  await ask('open', { file });
  await pause(2000);
  const before = await pageHeap(page);
  const after = (await ask('sessions')).length;
  await ask('fit', { file, name: 'quick' });
  await panelFrame(page);
  await ask('ended', { after });
  await pause(1000);
  const whole = await pageHeap(page);
  return [
    { what: "Panel's heap after 10,000 steps", unit: 'MB', target: { most: 150 }, values: [whole - before] },
    { what: '  with the workbench, which shares it', unit: 'MB', target: undefined, values: [whole] },
  ];
}

/**
 * Ten thousand runs on disk: from the wish to see the Runs view to its first line, in a window whose extension has just been activated,
 * where all runs have changed since they were read, and where none has; how long reading all takes behind the view, and for how long that keeps other extensions waiting.
 * @param {BenchWindow} window
 * @returns {Promise<readonly Row[]>}
 */
export async function history(window) {
  const { page, folder } = window;
  const directories = await makeRuns(join(folder, '.unblind/runs'), manyRuns);
  const first = page.locator('.pane', { hasText: 'Runs' }).locator('.monaco-list-row').first();
  const show = async () => {
    const began = performance.now();
    await window.ask('command', { command: 'unblind.runs.focus' });
    await first.waitFor();
    return performance.now() - began;
  };
  const hide = async () => {
    await window.ask('command', { command: 'workbench.view.explorer' });
    await first.waitFor({ state: 'hidden' });
  };
  /** @type {Record<'opened' | 'changed' | 'same' | 'all' | 'blocked', number[]>} */
  const found = { opened: [], changed: [], same: [], all: [], blocked: [] };
  for (let i = 0; i < repeats; i++) {
    await window.reload();
    const { ask } = window;
    await ask('activate');
    found.opened.push(await show());
    await ask('runsRead', { after: 0 });
    await hide();
    await touch(directories, i);
    const after = await ask('timesRunsRead');
    await ask('watchDelays');
    const began = performance.now();
    found.changed.push(await show());
    await ask('runsRead', { after });
    found.all.push(performance.now() - began);
    found.blocked.push(await ask('longestDelay'));
    await hide();
    found.same.push(await show());
    await ask('runsRead', { after: after + 1 });
  }
  return [
    { what: '10,000 runs, just activated: first line', unit: 'ms', target: { most: 1000 }, values: found.opened },
    { what: '  all changed since', unit: 'ms', target: { most: 1000 }, values: found.changed },
    { what: '  none changed since', unit: 'ms', target: { most: 1000 }, values: found.same },
    { what: '  longest wait of the extension host', unit: 'ms', target: { most: 50 }, values: found.blocked },
    { what: '  all read anew, behind the view', unit: 'ms', target: undefined, values: found.all },
  ];
}
