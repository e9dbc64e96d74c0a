import { describe, expect, it } from 'vitest';
import { modeWeights, table, truth, verdict, worstError } from '../../../scripts/lib/demoReport.mjs';

/** @param {readonly number[]} weights in the order of the true modes */
function fitWith(weights) {
  const modes = truth.map(({ center }, i) => ({ center: center.map((c) => c + 0.05), weight: weights[i] ?? 0 }));
  return { runDir: 'run', seconds: 3.21, kl: 0.0123, logZ: 1.5, negativeMass: 0.02, modes: modes.toReversed() };
}

const right = fitWith([0.11, 0.2, 0.29, 0.4]);
const wrong = fitWith([0.02, 0.09, 0.51, 0.38]);

describe('demo report', () => {
  it('matches modes by their centres, in any order', () => {
    expect(modeWeights(wrong)).toEqual([0.02, 0.09, 0.51, 0.38]);
    expect(worstError(wrong)).toBeCloseTo(0.21);
  });

  it('takes a missed mode as weight zero', () => {
    expect(modeWeights({ ...right, modes: right.modes.filter(({ center }) => (center[0] ?? 0) > 0) })).toEqual([0, 0, 0.29, 0.4]);
  });

  it('puts the numbers side by side', () => {
    expect(table(wrong, right)).toMatch(/weight of mode \(1, -1\) +0\.5100 +0\.2900 +0\.3000/);
    expect(table({ ...wrong, kl: null }, right)).toMatch(/KL\(data \|\| model\) +- +0\.0123/);
  });

  it('says which objective got the weights wrong', () => {
    expect(verdict(wrong, right)).toBe(
      'Plain score matching got the weights wrong: the worst is off by 0.2100.\nMFD got the weights right: the worst is off by 0.0100.',
    );
  });

  it('admits it where the difference did not show', () => {
    expect(verdict(right, right)).toContain('does not show the difference');
    expect(verdict(wrong, wrong)).toContain('MFD got the weights wrong');
  });
});
