import { beforeAll, describe, expect, it } from 'vitest';
import { type ResolvedMixing, widenedMixing } from '../../../src/data/mixing';
import { bridgedPair } from '../../../src/diagnose/divergence/bridge';
import { fisher, fisherIntegral, kullbackLeibler } from '../../../src/diagnose/divergence/divergences';
import { membershipsOf, reweighted } from '../../../src/diagnose/divergence/logRatio';
import { mixtureFisher } from '../../../src/diagnose/divergence/mixtureFisher';
import { WeightPath } from '../../../src/diagnose/divergence/weightPath';
import { componentsOf, partsAt } from '../../../src/diagnose/fields/gaussianComponents';
import { gaussianField } from '../../../src/diagnose/fields/gaussianField';
import { mixingScores } from '../../../src/diagnose/fields/mixingScores';
import { gridCloud } from '../../../src/diagnose/gridCloud';
import { measure, type Measured } from '../../../src/diagnose/report/measure';
import { seenByMixture } from '../../../src/diagnose/visibility/visibility';
import { BridgedFigures } from '../../../src/engine/diagnose/figures';
import type { DiagnosisFigures } from '../../../src/shared/diagnosis';
import type { BridgeAnswer } from '../../../src/shared/diagnosisProtocol';
import { Random } from '../../../src/shared/random';

/** Relative distance of numbers that are alike but for rounding; values below the floor are nought. */
function apart(a: ArrayLike<number>, b: ArrayLike<number>, floor = 1e-20): number {
  expect(a).toHaveLength(b.length);
  return Array.from(a, (x, i) => Math.abs(x - b[i]!) / Math.max(Math.abs(x), Math.abs(b[i]!), floor)).reduce((m, d) => Math.max(m, d), 0);
}

function figuresOf(answer: BridgeAnswer): { figures: DiagnosisFigures; visibility: number | null } {
  if ('problem' in answer) throw new Error(answer.problem);
  return answer;
}

const mixtures = {
  '1-D': componentsOf([[-5], [5]], [1], [0.2, 0.8]),
  '2-D': componentsOf(
    [
      [-1, -1],
      [-1, 1],
      [1, -1],
      [1, 1],
    ],
    [0.2],
    [0.1, 0.2, 0.3, 0.4],
  ),
  '4-D': componentsOf([Array<number>(4).fill(-1.5), Array<number>(4).fill(1.5)], [0.8], [0.3, 0.7]),
};

describe.each(Object.entries(mixtures))('figures of a mixture in %s with another bridge', { timeout: 60_000 }, (_, components) => {
  const field = gaussianField(components);
  const measured = (bridging?: { beta: number; mixing: ResolvedMixing }): Promise<Measured> =>
    measure(field, { random: new Random(1), ...(bridging && { bridging }) });
  let first: Measured;
  let figures: BridgedFigures;
  beforeAll(async () => {
    first = await measured();
    figures = (await BridgedFigures.open(field, first))!;
  });

  it('are those of a fresh diagnosis with that beta and m', async () => {
    const own = figures.figures();
    const { mode } = own.curves!;
    const answer = figuresOf(figures.answer({ mode, beta: 0.63, width: 1.37 }));
    const fresh = await measured({ beta: 0.63, mixing: widenedMixing(first.change!.bridging.mixing, 1.37) });
    const expected = (await BridgedFigures.open(field, fresh))!.figures();
    for (const name of ['fisher', 'kl', 'mixtureFisher'] as const) {
      expect(apart(answer.figures.curves![name].values, expected.curves![name].values)).toBeLessThan(1e-10);
      expect(answer.figures.curves![name].least).toBe(expected.curves![name].least);
    }
    expect(answer.figures.curves!.mixing).toBe(expected.curves!.mixing);
    expect(answer.visibility! / fresh.input.visibility!.mixture.visibility).toBeCloseTo(1, 10);
    const [shown, again] = [answer.figures.pictures, expected.pictures];
    expect(shown === null).toBe(again === null);
    if (shown && again)
      for (const name of ['p', 'tilted', 'bridgedP', 'bridgedTilted'] as const) {
        expect(apart(shown[name], again[name])).toBe(0);
        expect(apart(shown.scores[name], again.scores[name])).toBe(0);
      }
    // Asking for another bridge leaves nothing behind.
    expect(figures.figures()).toEqual(own);
  });

  it('have the width and beta of the record where these are asked for, and the other modes as well', () => {
    const own = figures.figures();
    for (let mode = 0; mode < first.input.modes.length; mode++) {
      const { beta } = first.change!.bridging;
      const answer = figuresOf(figures.answer({ mode, beta, width: 1 })).figures;
      const { curves } = answer;
      expect(curves).toMatchObject({ mode, beta });
      expect(curves!.mixtureFisher.least).toBeCloseTo(curves!.weight, 10);
      if (mode === own.curves!.mode) expect(answer).toEqual(own);
    }
  });

  it('are refused for a mode that there is not', () => {
    expect(figures.answer({ mode: 9, beta: 0.5, width: 1 })).toMatchObject({ problem: expect.stringContaining('no mode 10') as string });
  });
});

describe('the way of one weight', async () => {
  const components = mixtures['2-D'];
  const cloud = await gridCloud(gaussianField(components), { low: [-2.6, -2.6], high: [2.6, 2.6] }, 128);
  const memberships = membershipsOf(partsAt(components, cloud.points.points));
  const weights = [0.1, 0.2, 0.3, 0.4];
  const mixings: readonly ResolvedMixing[] = [
    { kind: 'gaussian', mean: [0, 0], std: [1.2, 1.2] },
    { kind: 'uniformBox', low: [-3, -3], high: [3, 3] },
    { kind: 'mixture', means: [[-1, -1], [1, 1]], std: [0.5], weights: [0.5, 0.5] }, // prettier-ignore
  ];

  it.each([0, 0.05, 0.3, 0.5, 0.999, 1])('agrees at %d with the components reweighted one by one', (alpha) => {
    const mode = 2;
    const ratio = new WeightPath(cloud, memberships, mode, weights[mode]!).ratio(alpha);
    const to = weights.map((w, k) => (k === mode ? alpha : (w * (1 - alpha)) / (1 - weights[mode]!)));
    const slow = reweighted(cloud, memberships, weights, to);
    // At the weight itself there is nothing but rounding: squares and differences of 1e-16.
    const floor = 1e-13;
    expect(apart([fisher(cloud, ratio).value], [fisher(cloud, slow).value], floor)).toBeLessThan(1e-9);
    expect(apart([kullbackLeibler(cloud, ratio).value], [kullbackLeibler(cloud, slow).value], floor)).toBeLessThan(1e-9);
    for (const mixing of mixings) {
      const scores = mixingScores(mixing, cloud.points.points);
      const pair = bridgedPair(cloud, slow, scores, 0.7);
      const [fast, known] = [mixtureFisher(cloud, ratio, scores, 0.7), fisherIntegral(pair.cloud, pair.ratio)];
      expect(apart([fast.value], [known.value], floor)).toBeLessThan(1e-9);
      // Half the difference of two grids, each of which is right to rounding of the value.
      expect(Math.abs(fast.stdErr - known.stdErr)).toBeLessThan(1e-9 * Math.max(known.value, floor));
    }
  });

  it('is nought at the weight itself', () => {
    const ratio = new WeightPath(cloud, memberships, 1, 0.2).ratio(0.2);
    expect(fisher(cloud, ratio).value).toBe(0);
    expect(kullbackLeibler(cloud, ratio).value).toBeLessThan(1e-15);
  });

  it('agrees with visibility where weights are tilted', async () => {
    const { survey, change } = await measure(gaussianField(components), { random: new Random(2) });
    for (const mixing of mixings) {
      const scores = mixingScores(mixing, survey!.cloud.points.points);
      const fast = mixtureFisher(survey!.cloud, change!.tilt.ratio, scores, 0.8).value / change!.tilt.kl;
      expect(fast / seenByMixture(survey!.cloud, change!.tilt, mixing, 0.8).visibility).toBeCloseTo(1, 10);
    }
  });
});

it('pictures are the density, the tilted one, and both bridged, in closed form', async () => {
  const components = mixtures['2-D'];
  const field = gaussianField(components);
  const { pictures } = (await BridgedFigures.open(field, await measure(field, { random: new Random(3) })))!.figures();
  const [ny = 0, nx = 0] = pictures!.shape;
  const [left = 0, right = 0, bottom = 0, top = 0] = pictures!.extent;
  const area = ((right - left) * (top - bottom)) / (nx * ny);
  for (const name of ['p', 'tilted'] as const) expect(pictures![name].reduce((t, v) => t + v * area, 0)).toBeCloseTo(1, 5);
  const rows = Float64Array.from({ length: 2 * nx * ny }, (_, i) => {
    const cell = Math.floor(i / 2);
    return i % 2 === 0
      ? left + ((cell % nx) + 0.5) * ((right - left) / nx)
      : bottom + (Math.floor(cell / nx) + 0.5) * ((top - bottom) / ny);
  });
  const { logDensity } = await field.at(rows);
  // The grid's own sum normalises: midpoint sums of Gaussians this wide are exact to float32.
  expect(apart(pictures!.p, logDensity.map(Math.exp), 1e-6)).toBeLessThan(1e-5);
});
