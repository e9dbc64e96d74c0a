import { describe, expect, it } from 'vitest';
import type { Node } from '../../../src/graph/graph';
import { evaluate } from '../../../src/graph/reference';
import { createGraph } from '../../../src/graph/table';
import { adamStep, learningRateAt, scheduleLength, scheduleOf } from '../../../src/objectives/optimizer';
import { defaultFitSettings, type FitSettings } from '../../../src/shared/settings';
import { difference, spread } from '../support/numbers';
import { plainAdam } from '../support/plainAdam';

const size = 4;
const steps = 5;
const settings: FitSettings = { ...defaultFitSettings, steps, learningRate: 0.05, clip: 0, ema: 0, weightDecay: 0, schedule: 'constant' };

const variants: readonly [title: string, settings: FitSettings][] = [
  ['plain', settings],
  ['cosine schedule', { ...settings, schedule: 'cosine' }],
  ['decoupled weight decay', { ...settings, weightDecay: 0.3 }],
  ['clipping of every gradient', { ...settings, clip: 0.5 }],
  ['clipping that some gradients escape', { ...settings, clip: 2 }],
  ['moving average', { ...settings, ema: 0.3 }],
  ['all at once', { ...settings, schedule: 'cosine', weightDecay: 0.1, clip: 1, ema: 0.9 }],
];

/** Gradients of very different lengths, one of them zero. */
const gradients = Array.from({ length: steps }, (_, k) => spread(size, -1, 1, 20 + k).map((g) => g * [0.1, 3, 0, 1.5, 0.4][k]!));

function run(given: FitSettings) {
  const graph = createGraph();
  const vector = (name: string): Node<'input'> => graph.input(name, [size]);
  const inputs = [vector('params'), vector('first'), vector('second'), vector('average')] as const;
  const [gradient, schedule] = [vector('gradient'), graph.input('schedule', [scheduleLength])];
  const [params, firstMoment, secondMoment, average] = inputs;
  const { next, gradientNorm } = adamStep({ params, firstMoment, secondMoment, average }, gradient, schedule, given.clip);
  const start = spread(size, -1, 1, 3);
  let state: ArrayLike<number>[] = [start, new Float64Array(size), new Float64Array(size), start];
  const norms: number[] = [];
  for (let k = 0; k < steps; k++) {
    const feeds = new Map<Node, ArrayLike<number>>([
      [gradient, gradients[k]!],
      [schedule, scheduleOf(given, k)],
      ...inputs.map((x, i): [Node, ArrayLike<number>] => [x, state[i]!]),
    ]);
    const results = evaluate([next.params, next.firstMoment, next.secondMoment, next.average, gradientNorm], feeds);
    state = results.slice(0, 4);
    norms.push(results[4]![0]!);
  }
  return { start, state, norms };
}

describe('Adam', () => {
  it.each(variants)('is what its authors write, over five steps: %s', (_, given) => {
    const { start, state, norms } = run(given);
    const expected = plainAdam(start, gradients, given);
    expect(difference(state[0]!, expected.params)).toBeLessThanOrEqual(1e-14);
    expect(difference(state[1]!, expected.firstMoment)).toBeLessThanOrEqual(1e-14);
    expect(difference(state[2]!, expected.secondMoment)).toBeLessThanOrEqual(1e-14);
    expect(difference(state[3]!, expected.average)).toBeLessThanOrEqual(1e-14);
    // The norm that is recorded is that of the gradient before clipping.
    expect(
      difference(
        norms,
        gradients.map((g) => Math.hypot(...g)),
      ),
    ).toBeLessThanOrEqual(1e-14);
  });
});

describe('schedules', () => {
  it('the cosine starts at the learning rate, halves in the middle and ends at zero', () => {
    const cosine: FitSettings = { ...settings, schedule: 'cosine', steps: 1000 };
    expect([0, 500, 1000].map((step) => learningRateAt(cosine, step))).toEqual([0.05, expect.closeTo(0.025, 15), expect.closeTo(0, 15)]);
    const rates = Array.from({ length: 1001 }, (_, step) => learningRateAt(cosine, step));
    rates.slice(1).forEach((rate, i) => expect(rate).toBeLessThan(rates[i]!));
    expect(rates[999]).toBeGreaterThan(0);
    expect(learningRateAt(settings, 3)).toBe(0.05);
  });

  it('corrects the bias of both moments from the first step on', () => {
    const [rate, second] = scheduleOf(settings, 0);
    expect(rate).toBeCloseTo(0.05 / 0.1, 12);
    expect(second).toBeCloseTo(1 / Math.sqrt(0.001), 8);
    const late = scheduleOf(settings, 100_000);
    expect([late[0], late[1]]).toEqual([expect.closeTo(0.05, 12), expect.closeTo(1, 12)]);
  });

  it('the moving average forgets early parameters and then keeps to its setting', () => {
    const averaged: FitSettings = { ...settings, ema: 0.99 };
    const decays = [0, 1, 9, 988, 989, 990, 5000].map((step) => 1 - scheduleOf(averaged, step)[3]);
    expect(difference(decays, [1 / 11, 2 / 12, 10 / 20, 989 / 999, 0.99, 0.99, 0.99])).toBeLessThanOrEqual(1e-12);
    expect(scheduleOf(settings, 7)[3]).toBe(1);
  });
});
