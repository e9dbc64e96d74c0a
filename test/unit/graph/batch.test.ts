import { describe, expect, it } from 'vitest';
import { GraphError, type Node } from '../../../src/graph/graph';
import { evaluate } from '../../../src/graph/reference';
import { batch, type Mapped } from '../../../src/graph/substitute';
import { createGraph } from '../../../src/graph/table';
import { difference, largest } from '../support/numbers';
import { createPlainGraph } from '../support/plainGraph';
import { inputNodes, type PrimitiveCase } from '../support/primitiveCase';
import { allCases } from '../support/primitiveCases';

const size = 3;

/** The values of an input in slice k: rotated by k, so that slices differ and stay in the primitive's domain. */
function rotated(values: readonly number[], k: number): number[] {
  return values.map((_, i) => values[(i + k) % values.length]!);
}

function isIndex(op: Node['op'], i: number): boolean {
  return (op === 'gather' || op === 'scatterAdd') && i === 1;
}

/** Which inputs carry the new axis: each alone, and all together. */
function choices(op: Node['op'], { inputs }: PrimitiveCase): number[][] {
  const possible = inputs.map((_, i) => i).filter((i) => !isIndex(op, i));
  return possible.length === 1 ? [possible] : [...possible.map((i) => [i]), possible];
}

const makers = [createPlainGraph, createGraph];

describe('batch', () => {
  it.each(allCases)('%s: equals a loop over the leading axis', (_, { op, test }) => {
    for (const createGraphFor of makers) {
      for (const mapped of choices(op, test)) {
        const graph = createGraphFor();
        const inputs = inputNodes(graph, test);
        const node = graph.emit(op, inputs, test.attrs);
        const stacked = inputs.map((x, i) => (mapped.includes(i) ? graph.input(`stacked${i}`, [size, ...x.shape], x.dtype) : x));
        const given = new Map<Node, Mapped>(stacked.map((s, i) => [inputs[i]!, { node: s, mapped: mapped.includes(i) }]));
        const [result] = batch([node], given, size);
        expect(result).toMatchObject({ mapped: true, node: { shape: [size, ...test.shape], dtype: test.dtype } });
        const slices = (i: number): number[] => Array.from({ length: size }, (_, k) => rotated(test.inputs[i]!.values, k)).flat();
        const feeds = new Map<Node, ArrayLike<number>>(stacked.map((s, i) => [s, mapped.includes(i) ? slices(i) : test.inputs[i]!.values]));
        const [actual] = evaluate([result!.node], feeds);
        const expected = Array.from({ length: size }, (_, k) => {
          const values = test.inputs.map(({ values: v }, i) => (mapped.includes(i) ? rotated(v, k) : v));
          return Array.from(evaluate([node], new Map(inputs.map((x, i) => [x, values[i]!])))[0]!);
        }).flat();
        expect(difference(actual!, expected), `inputs ${mapped.join(', ')}`).toBeLessThanOrEqual(1e-13 * Math.max(1, largest(expected)));
      }
    }
  });

  it('refuses indices that carry the axis', () => {
    const graph = createGraph();
    const x = graph.input('x', [3]);
    const indices = graph.input('indices', [2], 'int32');
    for (const [op, attrs] of [
      ['gather', { axis: -1 }],
      ['scatterAdd', { axis: -1, size: 3 }],
    ] as const) {
      const node = graph.emit(op, [op === 'gather' ? x : graph.input('u', [2]), indices], attrs);
      const stacked = graph.input('stacked', [size, 2], 'int32');
      expect(() =>
        batch(
          [node],
          new Map([
            [node.inputs[0]!, { node: node.inputs[0]!, mapped: false }],
            [indices, { node: stacked, mapped: true }],
          ]),
          size,
        ),
      ).toThrow(GraphError);
    }
  });

  it('leaves what does not depend on a mapped node unmapped', () => {
    const graph = createGraph();
    const x = graph.input('x', [2]);
    const y = graph.emit('exp', [x], {});
    expect(batch([y], new Map([[x, { node: x, mapped: false }]]), size)).toEqual([{ node: y, mapped: false }]);
  });
});
