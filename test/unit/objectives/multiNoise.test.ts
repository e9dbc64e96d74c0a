import { describe, expect, it } from 'vitest';
import type { Node } from '../../../src/graph/graph';
import { add, div, mul, neg, reshape, square } from '../../../src/graph/ops';
import { evaluate } from '../../../src/graph/reference';
import { createGraph } from '../../../src/graph/table';
import { lossAndGradient, type ScoreModel } from '../../../src/objectives/trainingStep';
import { defaultFitSettings } from '../../../src/shared/settings';

/** s(x, sigma) = -lambda x / (1 + sigma^2): the score of N(0, I) with noise where lambda is 1. */
const model: ScoreModel = {
  dim: 2,
  paramShapes: [[1]],
  score: (x, sigma, [lambda]) => neg(div(mul(x, reshape(lambda!, [1, 1])), add(square(sigma), 1))),
};

function lossAt(
  lambda: number,
  rows: readonly number[],
  noise: readonly number[],
  levels: readonly number[],
): { loss: number; slope: number } {
  const graph = createGraph();
  const flat = graph.input('params', [1]);
  const inputs = {
    x: graph.input('x', [levels.length, 2]),
    noise: graph.input('noise', [levels.length, 2]),
    levels: graph.input('levels', [levels.length, 1]),
  };
  const unused = (): never => {
    throw new Error('unused');
  };
  const options = { model, settings: { ...defaultFitSettings, objective: 'multi-noise' }, mixingLogDensity: unused, sigma: [] } as const;
  const { loss, gradient } = lossAndGradient(graph, flat, inputs, options);
  const feeds = new Map<Node, readonly number[]>([
    [flat, [lambda]],
    [inputs.x, rows],
    [inputs.noise, noise],
    [inputs.levels, levels],
  ]);
  const [value, slope] = evaluate([loss, gradient], feeds);
  return { loss: value![0]!, slope: slope![0]! };
}

/** Three points a coordinate with the moments of N(0, 1), all four coordinates of a row and its noise, at two levels. */
function design(): { rows: number[]; noise: number[]; levels: number[] } {
  const points = [-1, 1];
  const [rows, noise, levels]: [number[], number[], number[]] = [[], [], []];
  for (const level of [0.5, 3]) {
    for (const a of points)
      for (const b of points)
        for (const c of points)
          for (const d of points) {
            rows.push(a, b);
            noise.push(c, d);
            levels.push(level);
          }
  }
  return { rows, noise, levels };
}

describe('the loss over noise levels', () => {
  it('is its formula: sigma^2 | s(x + sigma z, sigma) + z / sigma |^2 / 2, averaged over rows', () => {
    const [rows, noise, levels] = [
      [0.3, -1.2, 2, 0.1],
      [0.7, -0.4, 1.1, -2],
      [0.5, 2],
    ];
    const plain = [0, 1].map((n) => {
      const sigma = levels[n]!;
      const term = (j: number): number => {
        const z = noise[2 * n + j]!;
        const s = (-1.3 * (rows[2 * n + j]! + sigma * z)) / (1 + sigma * sigma);
        return (sigma * sigma * (s + z / sigma) ** 2) / 2;
      };
      return term(0) + term(1);
    });
    expect(lossAt(1.3, rows, noise, levels).loss).toBeCloseTo((plain[0]! + plain[1]!) / 2, 12);
  });

  it('falls from zero and is least at the score of the noised data', () => {
    const { rows, noise, levels } = design();
    expect(lossAt(0, rows, noise, levels).slope).toBeLessThan(0);
    expect(lossAt(1, rows, noise, levels).slope).toBeCloseTo(0, 12);
    expect(lossAt(1.1, rows, noise, levels).slope).toBeGreaterThan(0);
  });
});
