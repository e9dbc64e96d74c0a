import { describe, expect, it } from 'vitest';
import { isInstalled } from '../../../scripts/lib/lock.mjs';

const wanted = {
  packages: {
    '': {},
    'node_modules/a': { version: '1.0.0' },
    'node_modules/other-platform': { version: '2.0.0', optional: true },
  },
};

describe('isInstalled', () => {
  it('accepts a missing optional package', () => {
    expect(isInstalled(wanted, { packages: { 'node_modules/a': { version: '1.0.0' } } })).toBe(true);
  });

  it('refuses another version', () => {
    expect(isInstalled(wanted, { packages: { 'node_modules/a': { version: '1.0.1' } } })).toBe(false);
  });

  it('refuses a missing package', () => {
    expect(isInstalled(wanted, { packages: {} })).toBe(false);
  });
});
