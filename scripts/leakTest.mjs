/**
 * `npm run test:leak`: the extension is activated, fits, is cancelled and deactivated fifty times in one extension host of a real VS Code;
 * processes, handles, listeners, open files and memory must be back where they were. Exits with 1 where something grew. Needs a build.
 * `--cycles N` does it N times; `--keep` holds on to each life on purpose, and must fail.
 */

import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { openWindow } from './lib/editorBench/window.mjs';
import { root } from './lib/paths.mjs';
import { endInOrder, main, ScriptError } from './lib/run.mjs';
import { trend } from './lib/trend.mjs';
import { newestHost } from './lib/vscodeHosts.mjs';
import { ensureVscodeServers } from './lib/vscodeServer.mjs';

const out = join(root, '.cache/leak-test');
/** Nothing of Unblind may outlive the extension by more, in milliseconds. */
const limitMs = 10_000;
/** The first lives load and compile what later ones use again. */
const warmUp = (/** @type {number} */ cycles) => Math.max(1, Math.round(cycles / 5));
/**
 * Megabytes a life, beside which `parts` sees single objects. V8 itself goes on compiling for some dozens of lives: with 24 of them that
 * came to 0.05. Lives that VS Code held on to came to 0.17.
 */
const mostGrowth = 0.1;
/** Fewer lives say nothing of the heap. */
const judgedFrom = 20;

/** @typedef {import('../test/leak/host').Holdings} Holdings */

/** What must not be more at the end than after the first lives. */
const counts = /** @type {const} */ (['processes', 'parts', 'resources', 'listeners', 'files']);

/** Of which there may be none at the end. */
/** @type {ReadonlySet<string>} */
const mustGo = new Set(['processes', 'parts']);

/** The extension with the driver in place of its entry. */
async function makeExtension() {
  const folder = join(out, 'extension');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const name of ['dist', 'examples', 'l10n', 'media', 'node_modules', 'package.nls.json'])
    await symlink(join(root, name), join(folder, name));
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  await writeFile(join(folder, 'package.json'), JSON.stringify({ ...manifest, main: './driver.js', activationEvents: [] }));
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: { driver: 'test/leak/driver.ts', host: 'test/leak/host.ts' },
    outdir: folder,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode'],
    logLevel: 'warning',
  });
  return folder;
}

/**
 * @param {number} cycles
 * @param {boolean} keep
 * @returns {Promise<readonly Holdings[]>} after each life
 */
async function lives(cycles, keep) {
  const extension = await makeExtension();
  const { ask, folder, close } = await openWindow(out, join(extension, 'host.js'), extension);
  /** @type {Holdings[]} */
  const found = [];
  try {
    await ask('prepare');
    const fit = { file: join(folder, 'long.energy.ts'), name: 'quick', step: 50 };
    for (let i = 0; i < cycles; i++) found.push(await ask('life', { ...fit, limitMs, keep }));
  } finally {
    await close();
  }
  return found;
}

/**
 * @param {readonly Holdings[]} found
 * @returns {readonly (readonly [string, number, number, string, boolean])[]} what, after the first lives, at the end, growth, whether that is too much
 */
function judged(found) {
  const settled = found.slice(warmUp(found.length) - 1);
  const [first, last] = [settled[0], settled.at(-1)];
  if (first === undefined || last === undefined) throw new ScriptError('There was no life.');
  const heap = trend(
    settled.map((_, i) => i),
    settled.map((one) => one.heap),
  );
  const slowest = Math.max(...found.map(({ settleMs }) => settleMs));
  return [
    // One more file or handle may just be in use; a leak of one a life is many at the end.
    ...counts.map((name) => {
      const grew = last[name] - first[name];
      const most = Math.max(2, settled.length / 4);
      const tooMany = mustGo.has(name) ? last[name] > 0 : grew > most;
      return /** @type {const} */ ([name, first[name], last[name], `${grew}`, tooMany]);
    }),
    [
      'heap, MB',
      first.heap,
      last.heap,
      `${heap.slope.toFixed(3)} ± ${heap.stdErr.toFixed(3)} a life`,
      found.length >= judgedFrom && !(heap.slope - 2 * heap.stdErr <= mostGrowth),
    ],
    ['slowest end, ms', 0, slowest, `limit ${limitMs}`, slowest >= limitMs],
  ];
}

await main(async () => {
  endInOrder();
  const args = process.argv.slice(2);
  const at = args.indexOf('--cycles');
  const cycles = at < 0 ? 50 : Number(args[at + 1]);
  if (!Number.isInteger(cycles) || cycles < 3) throw new ScriptError('Usage: npm run test:leak -- [--cycles N] [--keep], N at least 3.');
  await ensureVscodeServers([newestHost]);
  const rows = judged(await lives(cycles, args.includes('--keep')));
  console.log(`${cycles} times: activate, fit, cancel, deactivate; compared with the state after ${warmUp(cycles)}.`);
  for (const [what, first, last, growth, grew] of rows)
    console.log(
      `${what.padEnd(18)}${first.toFixed(1).padStart(10)}${last.toFixed(1).padStart(10)}   ${growth.padEnd(26)}${grew ? 'GROWS' : 'ok'}`,
    );
  return rows.some(([, , , , grew]) => grew) ? 1 : 0;
});
