import { describe, expect, it } from 'vitest';
import type { Node } from '../../../src/graph/graph';
import { evaluate } from '../../../src/graph/reference';
import { objectives } from '../../../src/objectives/objectives';
import { scheduleLength, scheduleOf } from '../../../src/objectives/optimizer';
import { flatSize, trainingStep } from '../../../src/objectives/trainingStep';
import { defaultFitSettings, objectiveNames } from '../../../src/shared/settings';
import { difference, spread } from '../support/numbers';
import { centredNormal, exponentials, lossOf } from '../support/objectiveModels';
import { plainAdam } from '../support/plainAdam';

const model = exponentials([
  [0.8, -0.3],
  [-0.5, 0.6],
  [0.2, 0.9],
]);
const rows = 4;
const steps = 3;
const sigma = [0.3, 0.5];
const level = 0.6;
const mixingLogDensity = centredNormal(2, 1.6);

describe.each(objectiveNames)('a training step of %s', (objective) => {
  const settings = { ...defaultFitSettings, objective, batch: rows, steps, learningRate: 0.05, clip: 1, ema: 0.5, weightDecay: 0.1 };
  const loop = trainingStep({ model, settings, mixingLogDensity, sigma });
  const { noise, selfNormalised, levels } = objectives[objective];
  const size = flatSize(model, selfNormalised);

  it('carries four vectors, is fed rows, schedule, noise and levels, and records loss and gradient norm', () => {
    expect(size).toBe(selfNormalised ? 4 : 3);
    expect(loop.state.map(({ input, next }) => [input.shape, next.shape])).toEqual(Array(4).fill([[size], [size]]));
    const fed = [[rows, 2], [scheduleLength], ...(noise === 'none' ? [] : [[rows, 2]]), ...(levels === 'none' ? [] : [[rows, 1]])];
    expect(loop.perStep.map(({ shape }) => shape)).toEqual(fed);
    expect(loop.records.map(({ shape }) => shape)).toEqual([[], []]);
  });

  it('is Adam on the loss and gradient of the objective', () => {
    const start = spread(size, 0.2, 0.8, 5);
    const loss = lossOf({ objective, model, settings, mixingLogDensity, sigma, rows, level });
    const data = Array.from({ length: steps }, (_, k) => spread(2 * rows, -1, 1, 30 + k));
    const random = Array.from({ length: steps }, (_, k) => spread(2 * rows, -1, 1, 40 + k));
    let state: ArrayLike<number>[] = [start, new Float64Array(size), new Float64Array(size), start];
    const gradients: number[][] = [];
    for (let k = 0; k < steps; k++) {
      const params = plainAdam(start, gradients, settings).params;
      const expected = loss(params, data[k]!, random[k]);
      gradients.push(expected.gradient);
      const fed = [data[k]!, scheduleOf(settings, k), ...(noise === 'none' ? [] : [random[k]!]), Array<number>(rows).fill(level)];
      const feeds = new Map<Node, ArrayLike<number>>([
        ...loop.state.map(({ input }, i): [Node, ArrayLike<number>] => [input, state[i]!]),
        ...loop.perStep.map((input, i): [Node, ArrayLike<number>] => [input, fed[i]!]),
      ]);
      const results = evaluate([...loop.state.map(({ next }) => next), ...loop.records], feeds);
      state = results.slice(0, 4);
      expect(results[4]![0]).toBeCloseTo(expected.loss, 11);
      expect(results[5]![0]).toBeCloseTo(Math.hypot(...expected.gradient), 11);
    }
    const { params, firstMoment, secondMoment, average } = plainAdam(start, gradients, settings);
    [params, firstMoment, secondMoment, average].forEach((values, i) => expect(difference(state[i]!, values)).toBeLessThanOrEqual(1e-11));
  });
});
