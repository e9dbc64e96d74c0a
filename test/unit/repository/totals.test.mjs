import { describe, expect, it } from 'vitest';
import { add, summary, totals } from '../../../scripts/lib/totals.mjs';

const passed = { status: 'passed' };
const failed = { status: 'failed' };
const skipped = { status: 'skipped' };

describe('totals', () => {
  it('counts tests and leaves out skipped ones', () => {
    const report = {
      success: false,
      testResults: [
        { status: 'passed', assertionResults: [passed, skipped] },
        { status: 'failed', assertionResults: [passed, failed, failed] },
      ],
    };
    expect(totals(report)).toEqual({ passed: 2, failed: 2 });
  });

  it('counts a file that did not load as a failure', () => {
    expect(totals({ success: false, testResults: [{ status: 'failed', assertionResults: [] }] })).toEqual({ passed: 0, failed: 1 });
  });

  it('counts an error outside the tests as a failure', () => {
    expect(totals({ success: false, testResults: [{ status: 'passed', assertionResults: [passed] }] })).toEqual({ passed: 1, failed: 1 });
  });

  it('has one form for the last line', () => {
    expect(summary({ passed: 12, failed: 0 })).toBe('12 passed, 0 failed');
  });

  it('adds two runs', () => {
    expect(add({ passed: 2, failed: 1 }, { passed: 3, failed: 0 })).toEqual({ passed: 5, failed: 1 });
  });
});
