import { describe, expect, it } from 'vitest';
import { gaussLegendre } from '../../../src/data/gaussLegendre';
import { centredNormal, isotropic, lossOf } from '../support/objectiveModels';

const mixingStd = 2;
const beta = 0.6;

/**
 * Expectations under p~ = beta N(0, I) + (1 - beta) N(0, 2^2 I) of functions of |x| alone: Gauss-Legendre over the radius to 18
 * (nine deviations of m, exp(-40) of its mass outside), with nodes enough for a smooth integrand to be exact to roundoff.
 */
function radialRule(dim: number): { radius: number; weight: number }[] {
  const { nodes, weights } = gaussLegendre(120);
  const density = (r: number, std: number): number => r ** (dim - 1) * std ** -dim * Math.exp((-r * r) / (2 * std * std));
  const rule = nodes.map((t, i) => {
    const radius = 9 * (t + 1);
    return { radius, data: weights[i]! * density(radius, 1), mixing: weights[i]! * density(radius, mixingStd) };
  });
  const [data, mixing] = [rule.reduce((t, p) => t + p.data, 0), rule.reduce((t, p) => t + p.mixing, 0)];
  return rule.map((p) => ({ radius: p.radius, weight: beta * (p.data / data) + (1 - beta) * (p.mixing / mixing) }));
}

/** The self-normalised loss of E = lambda |x|^2 / 2 and c on bridged data: both are functions of |x|, so one ray is enough. */
function expectedLoss(dim: number) {
  const rule = radialRule(dim);
  const one = lossOf({
    objective: 'mfd-self-normalised',
    model: isotropic(dim),
    settings: { beta },
    mixingLogDensity: centredNormal(dim, mixingStd),
    rows: 1,
  });
  return (lambda: number, c: number): { loss: number; gradient: number[] } => {
    let loss = 0;
    const gradient = [0, 0];
    for (const { radius, weight } of rule) {
      const part = one([lambda, c], [radius, ...Array<number>(dim - 1).fill(0)]);
      loss += weight * part.loss;
      part.gradient.forEach((g, i) => {
        gradient[i]! += weight * g;
      });
    }
    return { loss, gradient };
  };
}

describe.each([1, 2, 5])('self-normalised mixture Fisher divergence in dimension %i', (dim) => {
  const loss = expectedLoss(dim);
  const logZ = (dim / 2) * Math.log(2 * Math.PI);

  it('falls at lambda = 0', () => {
    expect(loss(0, logZ).gradient[0]).toBeLessThan(-1e-3);
  });

  it('is stationary where exp(-E - c) is the data, c = log Z', () => {
    // A thousand roundings.
    for (const g of loss(1, logZ).gradient) expect(Math.abs(g)).toBeLessThanOrEqual(1e-10);
  });

  it('is larger beside it in every direction of lambda and c', () => {
    const least = loss(1, logZ).loss;
    for (const [dLambda, dC] of [
      [0.1, 0],
      [-0.1, 0],
      [0, 0.3],
      [0, -0.3],
      [0.1, 0.3],
      [-0.1, 0.3],
    ] as const) {
      expect(loss(1 + dLambda, logZ + dC).loss).toBeGreaterThan(least + 1e-6);
    }
  });

  it('drives c towards log Z from both sides', () => {
    expect(loss(1, logZ + 0.5).gradient[1]).toBeGreaterThan(1e-4);
    expect(loss(1, logZ - 0.5).gradient[1]).toBeLessThan(-1e-4);
  });
});
