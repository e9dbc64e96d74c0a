import { describe, expect, it } from 'vitest';
import { erf, roundHalfEven, sigmoid, softplus } from '../../../src/graph/special';
import { integratedErf } from '../support/elementwiseCases';

describe('special functions in float64', () => {
  it('erf is the integral of its density', () => {
    for (let x = -6.5; x <= 6.5; x += 0.0625) expect(Math.abs(erf(x) - integratedErf(x)), String(x)).toBeLessThanOrEqual(5e-15);
    // Abramowitz and Stegun, table 7.1.
    expect(erf(0.5)).toBeCloseTo(0.5204998778130465, 15);
    expect(erf(2)).toBeCloseTo(0.9953222650189527, 15);
    expect([erf(0), erf(-40), erf(40)]).toEqual([0, -1, 1]);
    expect(erf(NaN)).toBeNaN();
  });

  it('erf keeps its relative accuracy near zero', () => {
    expect(erf(1e-20) / (2e-20 / Math.sqrt(Math.PI))).toBeCloseTo(1, 15);
  });

  it('softplus neither overflows nor cancels', () => {
    expect([softplus(800), softplus(-800)]).toEqual([800, 0]);
    expect(softplus(-40) / Math.exp(-40)).toBeCloseTo(1, 15);
    expect(softplus(0)).toBeCloseTo(Math.LN2, 15);
  });

  it('sigmoid neither overflows nor cancels', () => {
    expect([sigmoid(800), sigmoid(-800), sigmoid(0)]).toEqual([1, 0, 0.5]);
    expect(sigmoid(-40) / Math.exp(-40)).toBeCloseTo(1, 15);
  });

  it('rounds halves to even', () => {
    expect([-2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 0.49999999999999994, 3.2, -3.7].map((x) => roundHalfEven(x) + 0)).toEqual([
      -2, -2, 0, 0, 2, 2, 0, 3, -4,
    ]);
  });
});
