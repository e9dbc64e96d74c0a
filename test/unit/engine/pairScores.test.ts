import { beforeAll, describe, expect, it } from 'vitest';
import { componentsOf, type GaussianComponents } from '../../../src/diagnose/fields/gaussianComponents';
import { gaussianField } from '../../../src/diagnose/fields/gaussianField';
import { measure, type Measured } from '../../../src/diagnose/report/measure';
import { BridgedFigures } from '../../../src/engine/diagnose/figures';
import type { DiagnosisPictures } from '../../../src/shared/diagnosis';
import { scoreRange } from '../../../src/shared/plot/scoreRange';
import { Random } from '../../../src/shared/random';

const names = ['p', 'tilted', 'bridgedP', 'bridgedTilted'] as const;
type LogDensity = (x: readonly number[]) => number;

/** log of each Gaussian of diagonal covariance times its weight. */
function logTerms({ dim, means, std, logWeights }: GaussianComponents, x: readonly number[]): number[] {
  return Array.from(logWeights, (weight, k) =>
    x.reduce((sum, value, c) => {
      const s = std[k * dim + c]!;
      return sum - ((value - means[k * dim + c]!) / s) ** 2 / 2 - Math.log(s * Math.sqrt(2 * Math.PI));
    }, weight),
  );
}

function logSum(terms: readonly number[]): number {
  const top = Math.max(...terms);
  return top + Math.log(terms.reduce((sum, term) => sum + Math.exp(term - top), 0));
}

/** Centres of a grid, row 0 lowest. */
function centresOf(counts: readonly number[], extent: readonly number[]): number[][] {
  const along = counts.map((n, j) =>
    Array.from({ length: n }, (_, i) => extent[2 * j]! + ((i + 0.5) / n) * (extent[2 * j + 1]! - extent[2 * j]!)),
  );
  return (along[1] ?? [undefined]).flatMap((y) => along[0]!.map((x) => (y === undefined ? [x] : [x, y])));
}

/** Log densities of the four by their definitions, from the mixture and from what the diagnosis found: the tilt, m and beta. */
function definitions(
  mixture: GaussianComponents,
  { survey, change }: Measured,
  pictures: DiagnosisPictures,
): Record<(typeof names)[number], LogDensity> {
  const { tilt } = change!.tilt;
  const { beta, mixing } = change!.bridging;
  if (mixing.kind !== 'gaussian') throw new Error('m is expected to be a Gaussian.');
  const p: LogDensity = (x) => logSum(logTerms(mixture, x));
  const tilts: LogDensity = (x) => {
    const terms = logTerms(survey!.components, x);
    const whole = logSum(terms);
    return terms.reduce((sum, term, k) => sum + tilt[survey!.components.partOf[k]!]! * Math.exp(term - whole), 0);
  };
  const counts = pictures.shape.map(() => (pictures.shape.length === 1 ? 4000 : 300));
  const grid = centresOf(counts, pictures.extent);
  const volume = counts.reduce((v, n, j) => (v * (pictures.extent[2 * j + 1]! - pictures.extent[2 * j]!)) / n, 1);
  const logMass = Math.log(volume) + logSum(grid.map((x) => p(x) + tilts(x)));
  const tilted: LogDensity = (x) => p(x) + tilts(x) - logMass;
  const m = componentsOf([mixing.mean], [1], [1]);
  const bridge: LogDensity = (x) => logTerms({ ...m, std: Float64Array.from(mixing.std) }, x)[0]!;
  const bridged =
    (log: LogDensity): LogDensity =>
    (x) =>
      logSum([Math.log(beta) + log(x), Math.log(1 - beta) + bridge(x)]);
  return { p, tilted, bridgedP: bridged(p), bridgedTilted: bridged(tilted) };
}

describe.each([
  ['two modes on a line', componentsOf([[-5], [5]], [1], [0.2, 0.8])],
  ['two modes in the plane, askew', componentsOf([[-1.2, -0.5], [1, 0.9]], [0.4], [0.3, 0.7])], // prettier-ignore
])('scores of the pictures of %s', (_, mixture) => {
  let measured: Measured;
  let pictures: DiagnosisPictures;
  beforeAll(async () => {
    const field = gaussianField(mixture);
    measured = await measure(field, { random: new Random(5) });
    pictures = (await BridgedFigures.open(field, measured))!.figures().pictures!;
  }, 60_000);

  it.each(names)('%s is the gradient of the log density by its definition, at cell centres', (name) => {
    const { shape } = pictures.scores;
    const dim = shape.at(-1)!;
    const log = definitions(mixture, measured, pictures)[name];
    // Rows come first in a shape, columns in a place.
    const places = centresOf(shape.slice(0, dim).reverse(), pictures.extent);
    const score = pictures.scores[name];
    expect(score).toHaveLength(places.length * dim);
    const h = 1e-5;
    let worst = 0;
    places.forEach((x, i) => {
      for (let c = 0; c < dim; c++) {
        const [above, below] = [h, -h].map((step) => log(x.map((v, j) => (j === c ? v + step : v)))) as [number, number];
        const expected = (above - below) / (2 * h);
        worst = Math.max(worst, Math.abs(score[i * dim + c]! - expected) / (1 + Math.abs(expected)));
      }
    });
    // p and q are normalised over the box that is drawn, beyond which 1e-5 of their mass may lie: that moves beta p against m as much.
    // A neighbouring cell gives .02 at the least.
    expect(worst).toBeLessThan(2e-5);
  });
});

it('the axis of scores leaves out what no mass is at, and what is not finite', () => {
  const density = Float32Array.of(0, 1, 2, 1, 1e-4, 0);
  const score = Float32Array.of(1e9, 3, Number.NaN, -1, 50, -1e9);
  const each = { p: score, tilted: score, bridgedP: score, bridgedTilted: score };
  const pictures = {
    shape: [6],
    extent: [0, 1],
    p: density,
    tilted: density,
    bridgedP: density,
    bridgedTilted: density,
    scores: { shape: [6, 1], ...each },
  };
  expect(scoreRange(pictures)[0]).toBeCloseTo(-1.24, 12);
  expect(scoreRange(pictures)[1]).toBeCloseTo(3.24, 12);
  const none = new Float32Array(6).fill(Number.NaN);
  expect(scoreRange({ ...pictures, scores: { shape: [6, 1], p: none, tilted: none, bridgedP: none, bridgedTilted: none } })).toEqual([
    -1, 1,
  ]);
});
