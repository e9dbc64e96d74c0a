/** Runs vitest. */

import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { run } from './run.mjs';
import { totals } from './totals.mjs';

/** @typedef {import('./totals.mjs').Totals} Totals */

/**
 * @param {string} root
 * @param {readonly string[]} filters arguments of vitest
 * @returns {Promise<Totals>}
 */
export async function unitTests(root, filters) {
  const report = join(root, '.cache/vitest.json');
  await mkdir(dirname(report), { recursive: true });
  await rm(report, { force: true });
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { status } = await run(process.execPath, [vitest, 'run', ...reporters, ...filters]);
  return readTotals(report, status);
}

/**
 * @param {string} file vitest's report
 * @param {number} status vitest's exit status
 * @returns {Promise<Totals>}
 */
async function readTotals(file, status) {
  try {
    const report = JSON.parse(await readFile(file, 'utf8'));
    return totals({ ...report, success: report.success === true && status === 0 });
  } catch {
    return { passed: 0, failed: 1 };
  }
}
