import { describe, expect, it } from 'vitest';
import { mixingOf, type ResolvedMixing } from '../../../src/data/mixing';
import { gradient } from '../../../src/graph/differentiate';
import { sum } from '../../../src/graph/ops';
import { evaluate } from '../../../src/graph/reference';
import { createGraph } from '../../../src/graph/table';
import { mixingLogDensity } from '../../../src/objectives/mixingGraph';
import { derivativeError } from '../support/finiteDifferences';
import { difference, largest, moved, spread } from '../support/numbers';

const cases: readonly [title: string, mixing: ResolvedMixing, points: number[]][] = [
  ['Gaussian in 1-D', { kind: 'gaussian', mean: [0.5], std: [2] }, [-3, 0, 0.5, 12]],
  ['Gaussian in 3-D', { kind: 'gaussian', mean: [0.5, -1, 2], std: [2, 0.3, 1] }, spread(12, -3, 3, 1)],
  ['uniform box in 1-D, inside', { kind: 'uniformBox', low: [-1], high: [3] }, [-0.9, 0, 2.9]],
  ['uniform box in 2-D, inside', { kind: 'uniformBox', low: [-1, 0.5], high: [3, 0.75] }, [0, 0.6, 2.9, 0.74, -0.99, 0.51]],
  ['mixture in 1-D', { kind: 'mixture', means: [[-5], [5]], std: [1], weights: [0.2, 0.8] }, [-5, 0, 5, 40]],
  [
    'mixture in 2-D with widths of their own',
    {
      kind: 'mixture',
      means: [
        [-1, -1],
        [1, 0],
        [0, 2],
      ],
      std: [0.2, 1, 3],
      weights: [0.1, 0.3, 0.6],
    },
    [...spread(10, -3, 3, 2), 100, -100],
  ],
  ['mixture with a part of weight zero', { kind: 'mixture', means: [[0], [1]], std: [0.5, 0.7], weights: [1, 0] }, [-1, 0, 1.2]],
];

describe('log m as a graph', () => {
  it.each(cases)('is the float64 density: %s', (_, mixing, points) => {
    const density = mixingOf(mixing);
    const graph = createGraph();
    const x = graph.input('x', [points.length / density.dim, density.dim]);
    const node = mixingLogDensity(x, mixing);
    expect(node.shape).toEqual([points.length / density.dim]);
    const expected = density.logDensity(Float64Array.from(points));
    const [actual, slope] = evaluate([node, ...gradient(sum(node), [x])], new Map([[x, points]]));
    expect(difference(actual!, expected)).toBeLessThanOrEqual(1e-14 * 10 * Math.max(1, largest(expected)));
    // Its score, too: what the bridged score is made of.
    points.forEach((_p, i) => {
      const along = (e: number): number[] => {
        const direction = points.map((_q, k) => (k === i ? 1 : 0));
        return [density.logDensity(moved(points, e, direction)).reduce((a, b) => a + b)];
      };
      expect(derivativeError([slope![i]!], along), `coordinate ${i}`).toBeLessThanOrEqual(1);
    });
  });

  it('is far down, but finite in float32, outside of a box, without slope', () => {
    const mixing: ResolvedMixing = { kind: 'uniformBox', low: [-1, 0], high: [1, 2] };
    const points = [-1.1, 1, 1.1, 1, 0, -0.1, 0, 2.1];
    const graph = createGraph();
    const x = graph.input('x', [4, 2]);
    const node = mixingLogDensity(x, mixing);
    const [values, slope] = evaluate([node, ...gradient(sum(node), [x])], new Map([[x, points]]));
    for (const v of values!) {
      expect(v).toBeLessThanOrEqual(-1e8);
      expect(Math.fround(v)).toBeGreaterThan(-Infinity);
    }
    expect(largest(slope!)).toBe(0);
    expect(Array.from(mixingOf(mixing).logDensity(Float64Array.from(points)))).toEqual([-Infinity, -Infinity, -Infinity, -Infinity]);
  });
});
