import { describe, expect, it } from 'vitest';
import { objectiveNames, type EnergyObjectiveName } from '../../../src/shared/settings';
import { allSigns, crossed, normalDesign } from '../support/designs';
import { derivativeError } from '../support/finiteDifferences';
import { awayFromZero, spread } from '../support/numbers';
import { centredNormal, exponentials, isotropic, lossOf } from '../support/objectiveModels';
import { bridgedJet, denoisingTerm, exactTerm, exponentialJet, noisedTerm, reducedTerm, slicedTerm } from '../support/plainLosses';

const directions = [
  [0.8, -0.3],
  [-0.5, 0.6],
  [0.2, 0.9],
];
const model = exponentials(directions);
const coefficients = [0.7, -0.4, 1.1];
const rows = 5;
const data = spread(2 * rows, -1.5, 1.5, 11);
const noise = awayFromZero(2 * rows, 0.2, 1.8, 12);
const [beta, std, sigma] = [0.7, 1.6, [0.3, 0.5]] as const;
const c = 0.4;
const level = 0.35;

const row = (values: readonly number[], n: number): number[] => values.slice(2 * n, 2 * n + 2);

/** The loss of each objective in plain numbers, of the coefficients (and c). */
const formulas: { readonly [N in EnergyObjectiveName]: (params: readonly number[], n: number) => number } = {
  fisher: (a, n) => exactTerm(exponentialJet(directions, a)(row(data, n))),
  mfd: (a, n) => exactTerm(exponentialJet(directions, a)(row(data, n))),
  'mfd-self-normalised': (p, n) => exactTerm(bridgedJet(exponentialJet(directions, p), p[3]!, beta, std)(row(data, n))),
  sliced: (a, n) => slicedTerm(exponentialJet(directions, a)(row(data, n)), row(noise, n)),
  'sliced-vr': (a, n) => reducedTerm(exponentialJet(directions, a)(row(data, n)), row(noise, n)),
  denoising: (a, n) => denoisingTerm(exponentialJet(directions, a), row(data, n), row(noise, n), sigma),
  'noise-annealed': (a, n) => noisedTerm(exponentialJet(directions, a), row(data, n), row(noise, n), sigma, level),
};

describe.each(objectiveNames)('the loss of %s', (objective) => {
  const loss = lossOf({ objective, model, settings: { beta }, mixingLogDensity: centredNormal(2, std), sigma, rows, level });
  const params = objective === 'mfd-self-normalised' ? [...coefficients, c] : coefficients;
  const plain = (p: readonly number[]): number =>
    Array.from({ length: rows }, (_, n) => formulas[objective](p, n) / rows).reduce((a, b) => a + b);

  it('is its formula', () => {
    expect(loss(params, data, noise).loss).toBeCloseTo(plain(params), 12);
  });

  it('has the gradient of its formula', () => {
    const { gradient } = loss(params, data, noise);
    expect(gradient).toHaveLength(params.length);
    const along = (i: number, e: number): number[] => [plain(params.map((v, k) => (k === i ? v + e : v)))];
    gradient.forEach((g, i) => {
      expect(
        derivativeError([g], (e) => along(i, e)),
        `parameter ${i}`,
      ).toBeLessThanOrEqual(1);
    });
  });
});

describe('sliced losses in expectation', () => {
  const exact = lossOf({ objective: 'fisher', model, rows })(coefficients, data);
  const points = Array.from({ length: rows }, (_, n) => row(data, n));

  it.each([
    ['sliced', 'all signs', allSigns],
    ['sliced', 'normal directions', normalDesign],
    ['sliced-vr', 'all signs', allSigns],
    ['sliced-vr', 'normal directions', normalDesign],
  ] as const)('%s over %s is exact score matching, with its gradient', (objective, _, design) => {
    // Quadratic in the direction, so that designs with the second moments of the distribution give expectations exactly.
    const { a, b, count } = crossed(points, design(2));
    const { loss, gradient } = lossOf({ objective, model, rows: count })(coefficients, a, b);
    expect(loss).toBeCloseTo(exact.loss, 12);
    gradient.forEach((g, i) => {
      expect(g).toBeCloseTo(exact.gradient[i]!, 12);
    });
  });

  it('sliced-vr does not vary at all over signs where the Hessian is a multiple of the identity; sliced does', () => {
    const losses = (objective: 'sliced' | 'sliced-vr'): number[] => {
      const one = lossOf({ objective, model: isotropic(2), rows: 1 });
      return allSigns(2).map((v) => one([1.3], [0.4, -0.9], v).loss);
    };
    const range = (values: readonly number[]): number => Math.max(...values) - Math.min(...values);
    expect(range(losses('sliced-vr'))).toBeLessThanOrEqual(1e-15);
    // ((x1 + x2)^2 - (x1 - x2)^2) lambda^2 / 2
    expect(range(losses('sliced'))).toBeCloseTo(2 * 0.36 * 1.3 ** 2, 12);
  });
});

describe('denoising of Gaussian data', () => {
  it('has the loss of its closed form', () => {
    // Data N(0, s^2), E = lambda x^2 / 2: [lambda^2 (s^2 + sigma^2) - 2 lambda + 1 / sigma^2] / 2 per coordinate.
    const [s, noiseStd, lambda] = [1.4, 0.5, 0.8];
    const { a, b, count } = crossed(
      normalDesign(2).map((x) => x.map((v) => s * v)),
      normalDesign(2),
    );
    const { loss } = lossOf({ objective: 'denoising', model: isotropic(2), sigma: [noiseStd, noiseStd], rows: count })([lambda], a, b);
    expect(loss).toBeCloseTo(lambda ** 2 * (s ** 2 + noiseStd ** 2) - 2 * lambda + 1 / noiseStd ** 2, 10);
  });
});
