/**
 * `npm run quality`: what fits reach, over seeds: KL, mode weights and seconds of training for the four modes (MFD and plain
 * score matching), the rings and data far from unit scale, and how long `unblind check` takes. `--seeds N` (default 5).
 */

import { join } from 'node:path';
import { root } from './lib/paths.mjs';
import { main, run, ScriptError } from './lib/run.mjs';
import { setup } from './setup.mjs';

const cli = join(root, 'dist/cli.js');

/**
 * @typedef {object} Fit what `unblind fit --json` answers, as far as it is used here
 * @property {number} kl
 * @property {number} seconds
 * @property {readonly { readonly weight: number, readonly dataWeight: number }[]} modes
 */

/** @typedef {{ readonly name: string, readonly file: string, readonly args: readonly string[], readonly bound: string, readonly holds: (fit: Fit) => boolean }} Case */

/** @param {Fit} fit @returns {number} the largest error of a mode weight */
const worst = (fit) => Math.max(...fit.modes.map(({ weight, dataWeight }) => Math.abs(weight - dataWeight)));

/** @type {readonly Case[]} */
const cases = [
  {
    name: 'four modes, MFD',
    file: 'examples/fourModes.energy.ts',
    args: [],
    bound: 'KL <= .012, weights within .02, at most 20 s',
    holds: (fit) => fit.kl <= 0.012 && worst(fit) <= 0.02 && fit.seconds <= 20,
  },
  {
    name: 'four modes, plain score matching',
    file: 'examples/fourModes.energy.ts',
    args: ['--objective', 'fisher'],
    bound: 'KL >= .1 or a weight off by more than .05',
    holds: (fit) => fit.kl >= 0.1 || worst(fit) > 0.05,
  },
  {
    name: 'rings, MFD',
    file: 'examples/rings.energy.ts',
    args: [],
    bound: 'KL <= .008',
    holds: (fit) => fit.kl <= 0.008,
  },
  {
    name: 'four modes x 20 + 100, MFD',
    file: 'bench/energies/farModes.energy.ts',
    args: [],
    bound: 'KL <= .012, weights within .02',
    holds: (fit) => fit.kl <= 0.012 && worst(fit) <= 0.02,
  },
];

/** @param {readonly string[]} args @returns {Promise<any>} */
async function unblind(args) {
  const { status, stdout } = await run(process.execPath, [cli, ...args], { capture: true });
  if (status !== 0) throw new ScriptError(`unblind ${args.join(' ')} failed with exit status ${status}.`);
  return JSON.parse(stdout);
}

/** @param {readonly number[]} values @returns {number} */
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

/** @param {Case} item @param {number} seeds @returns {Promise<number>} the median KL */
async function measure({ name, file, args, bound, holds }, seeds) {
  console.log(`\n${name}   (${bound})`);
  const fits = [];
  for (let seed = 1; seed <= seeds; seed++) {
    /** @type {Fit} */
    const fit = await unblind(['fit', file, ...args, '--seed', String(seed), '--json', '--quiet']);
    fits.push(fit);
    const weights = fit.modes.map(({ weight }) => weight.toFixed(3)).join(' ');
    console.log(
      `  seed ${seed}   KL ${fit.kl.toFixed(4)}   weights ${weights}   worst ${worst(fit).toFixed(3)}   ${fit.seconds.toFixed(1)} s   ${holds(fit) ? 'holds' : 'DOES NOT HOLD'}`,
    );
  }
  console.log(
    `  holds for ${fits.filter(holds).length} of ${seeds}; median KL ${median(fits.map(({ kl }) => kl)).toFixed(4)}, ${median(fits.map(({ seconds }) => seconds)).toFixed(1)} s`,
  );
  return median(fits.map(({ kl }) => kl));
}

async function measureCheck() {
  const wall = [];
  const load = [];
  for (let i = 0; i < 5; i++) {
    const started = performance.now();
    const report = await unblind(['check', 'bench/energies/threeLayers.energy.ts', '--json']);
    wall.push((performance.now() - started) / 1000);
    load.push(report.loadMilliseconds);
  }
  console.log(
    `\nunblind check, three layers of 128: median ${median(wall).toFixed(2)} s from start to exit; loading and tracing ${median(load).toFixed(0)} ms`,
  );
}

await main(async () => {
  await setup();
  const { build } = await import('./build.mjs');
  await build();
  const at = process.argv.indexOf('--seeds');
  const seeds = at > 0 ? Number(process.argv[at + 1]) : 5;
  if (!Number.isInteger(seeds) || seeds < 1) throw new ScriptError('--seeds takes a whole number of at least 1.');
  await measureCheck();
  const kl = [];
  for (const item of cases) kl.push(await measure(item, seeds));
  console.log(`\nKL far from unit scale over KL at unit scale (medians): ${((kl[3] ?? NaN) / (kl[0] ?? NaN)).toFixed(2)}`);
  return 0;
});
