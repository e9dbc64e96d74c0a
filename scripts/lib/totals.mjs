/** Counts tests: those of vitest from its JSON report, and those inside VS Code. */

/**
 * @typedef {{ readonly status: string, readonly assertionResults: readonly { readonly status: string }[] }} FileReport
 * @typedef {{ readonly success: boolean, readonly testResults: readonly FileReport[] }} Report
 * @typedef {{ readonly passed: number, readonly failed: number }} Totals
 */

/**
 * A file that failed without a failed test (it did not load, or a hook threw) counts as one failure,
 * and so does a run that failed though each test passed (an error outside the tests).
 * @param {Report} report
 * @returns {Totals}
 */
export function totals(report) {
  let passed = 0;
  let failed = 0;
  for (const file of report.testResults) {
    const count = (/** @type {string} */ status) => file.assertionResults.filter((test) => test.status === status).length;
    passed += count('passed');
    failed += file.status === 'failed' ? Math.max(1, count('failed')) : count('failed');
  }
  return { passed, failed: !report.success && failed === 0 && passed > 0 ? 1 : failed };
}

/**
 * @param {Totals} a
 * @param {Totals} b
 * @returns {Totals} their sum
 */
export function add(a, b) {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed };
}

/**
 * @param {Totals} counted
 * @returns {string} the last line of a test run
 */
export function summary({ passed, failed }) {
  return `${passed} passed, ${failed} failed`;
}
