/**
 * `npm run demo`: fits four unequal modes twice from the same seed, by plain score matching and by the
 * mixture Fisher divergence, and compares what came out.
 */

import { mkdir } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { table, verdict } from './lib/demoReport.mjs';
import { root } from './lib/paths.mjs';
import { main, run, ScriptError } from './lib/run.mjs';
import { setup } from './setup.mjs';

const example = 'examples/fourModes.energy.ts';
const seed = '1';

/**
 * Runs the built command line; progress goes to the terminal.
 * @param {readonly string[]} args
 * @returns {Promise<string>} its stdout
 */
async function unblind(args) {
  const { status, stdout } = await run(process.execPath, [join(root, 'dist/cli.js'), ...args], { capture: true });
  if (status !== 0) throw new ScriptError(`unblind ${args.join(' ')} failed with exit status ${status}.`);
  return stdout;
}

/**
 * @param {string} objective
 * @returns {Promise<import('./lib/demoReport.mjs').Fit>}
 */
async function fit(objective) {
  console.log(`Fitting ${example} with the objective "${objective}", seed ${seed}.`);
  return JSON.parse(await unblind(['fit', example, '--objective', objective, '--seed', seed, '--json']));
}

/**
 * @param {readonly string[]} runs directories
 * @returns {Promise<string>} the path of a page that shows them side by side
 */
async function report(runs) {
  const out = join(root, '.unblind/demo.html');
  await mkdir(dirname(out), { recursive: true });
  await unblind(['export', ...runs, '--to', 'html', '--out', out]);
  return out;
}

await main(async () => {
  await setup();
  const { build } = await import('./build.mjs');
  await build();
  const fisher = await fit('fisher');
  const mfd = await fit('mfd');
  const page = await report([fisher.runDir, mfd.runDir]);
  console.log(`\n${table(fisher, mfd)}\n\n${verdict(fisher, mfd)}\n\nReport: ${relative(process.cwd(), page)}`);
  return 0;
});
