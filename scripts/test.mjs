/**
 * `npm test`: everything from a fresh clone to a tested build; the last line is `N passed, N failed`.
 * `--no-setup` tests what is there. Other arguments go to vitest.
 */

import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { root } from './lib/paths.mjs';
import { main, run } from './lib/run.mjs';
import { summary, totals } from './lib/totals.mjs';
import { setup } from './setup.mjs';

const reportFile = join(root, '.cache/vitest.json');

/**
 * @param {readonly string[]} filters
 * @returns {Promise<number>} the exit status
 */
async function test(filters) {
  await mkdir(dirname(reportFile), { recursive: true });
  await rm(reportFile, { force: true });
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`];
  const { status } = await run(process.execPath, [vitest, 'run', ...reporters, ...filters]);
  const counted = await readTotals(status);
  console.log(summary(counted));
  return counted.failed > 0 || counted.passed === 0 ? 1 : 0;
}

/**
 * @param {number} status vitest's exit status
 * @returns {Promise<import('./lib/totals.mjs').Totals>}
 */
async function readTotals(status) {
  try {
    const report = JSON.parse(await readFile(reportFile, 'utf8'));
    return totals({ ...report, success: report.success === true && status === 0 });
  } catch {
    return { passed: 0, failed: 1 };
  }
}

await main(async () => {
  const args = process.argv.slice(2);
  if (!args.includes('--no-setup')) {
    await setup();
    // Loaded only now: the build needs packages that the set-up installs.
    const { build } = await import('./build.mjs');
    await build();
  }
  return test(args.filter((arg) => arg !== '--no-setup'));
});
