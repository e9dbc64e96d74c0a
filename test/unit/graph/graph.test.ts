import { describe, expect, it } from 'vitest';
import { GraphError, type Node, reachable, type Shape } from '../../../src/graph/graph';
import {
  add,
  argMax,
  atan2,
  concat,
  cumsum,
  exp,
  expandDims,
  gather,
  matMul,
  mean,
  mul,
  pad,
  reshape,
  select,
  slice,
  sliceAxis,
  squeeze,
  sum,
  transpose,
} from '../../../src/graph/ops';
import { evaluate } from '../../../src/graph/reference';
import { createGraph } from '../../../src/graph/table';
import { difference } from '../support/numbers';

describe('building a graph', () => {
  it('makes equal nodes once', () => {
    const graph = createGraph();
    const x = graph.input('x', [2]);
    expect(add(exp(x), 1)).toBe(add(exp(x), 1));
    expect(graph.constant([1, 2], [2])).toBe(graph.constant([1, 2], [2]));
    expect(graph.input('x', [2])).not.toBe(x);
  });

  it('tells apart constants and attributes that only look alike', () => {
    const graph = createGraph();
    const x = graph.input('x', [2]);
    expect(graph.constant([0], [1])).not.toBe(graph.constant([-0], [1]));
    expect(graph.constant([1], [1])).not.toBe(graph.constant([1], [1], 'int32'));
    expect(graph.constant([1], [1])).not.toBe(graph.constant([1], []));
    const padded = [Infinity, -Infinity, NaN, 0].map((value) => pad(x, [1], [0], value));
    expect(new Set(padded).size).toBe(4);
    expect(evaluate(padded, new Map([[x, [1, 2]]])).map((v) => v[0])).toEqual([Infinity, -Infinity, NaN, 0]);
  });

  it('numbers nodes along every edge', () => {
    const graph = createGraph();
    const x = graph.input('x', [2, 2]);
    const nodes = reachable([sum(matMul(exp(x), add(x, 1)))]);
    for (const node of nodes) for (const input of node.inputs) expect(input.id).toBeLessThan(node.id);
    expect(new Set(nodes).size).toBe(nodes.length);
  });

  it('gives nodes the position of the user code that made them', () => {
    const graph = createGraph();
    const x = graph.input('x', [2]);
    graph.source = { file: 'a.ts', line: 3, column: 5 };
    expect(exp(x).source).toEqual(graph.source);
    expect(() => add(x, graph.input('y', [3]))).toThrow(expect.objectContaining({ name: 'GraphError', source: graph.source }));
  });

  it('refuses a node of another graph', () => {
    const [x, y] = [createGraph().input('x', [2]), createGraph().input('y', [2])];
    expect(() => add(x, y)).toThrow(/another graph/);
  });
});

describe('shapes that do not fit', () => {
  const graph = createGraph();
  const tensor = (shape: Shape): Node => graph.input('x', shape);
  const floats = tensor([2]);
  const cases: readonly [string, () => Node][] = [
    ['add', () => add(tensor([2, 3]), tensor([2]))],
    ['matMul, inner sizes', () => matMul(tensor([2, 3]), tensor([2, 3]))],
    ['matMul, rank', () => matMul(tensor([3]), tensor([3, 2]))],
    ['matMul, leading axes', () => matMul(tensor([2, 2, 3]), tensor([3, 3, 2]))],
    ['reshape', () => reshape(tensor([2, 3]), [5])],
    ['broadcastTo', () => graph.emit('broadcastTo', [tensor([2, 3])], { shape: [3, 3] })],
    ['slice', () => slice(tensor([4]), [2], [3])],
    ['concat', () => concat([tensor([2, 3]), tensor([3, 2])], 0)],
    ['gather, dtype', () => gather(tensor([3]), floats, 0)],
    ['select, dtype', () => select(floats, 1, 0)],
    ['axis', () => sum(tensor([2, 3]), 2)],
    ['constant', () => graph.constant([1, 2], [3])],
  ];
  it.each(cases)('%s throws a GraphError', (_, build) => {
    expect(build).toThrow(GraphError);
  });

  it('an index outside of its axis throws where it is evaluated', () => {
    const indices = graph.input('i', [1], 'int32');
    expect(() =>
      evaluate(
        [gather(floats, indices, 0)],
        new Map<Node, number[]>([
          [floats, [1, 2]],
          [indices, [2]],
        ]),
      ),
    ).toThrow(/outside/);
  });
});

describe('compositions', () => {
  const graph = createGraph();
  const x = graph.input('x', [2, 3]);
  const data = [1, 2, 3, 4, 5, 7];
  const value = (node: Node): number[] => Array.from(evaluate([node], new Map([[x, data]]))[0]!);

  it('reduce with axes of either sign, kept or dropped', () => {
    expect(sum(x, 0).shape).toEqual([3]);
    expect(value(sum(x, -2))).toEqual([5, 7, 10]);
    expect(sum(x, [1], true).shape).toEqual([2, 1]);
    expect(value(mean(x))).toEqual([22 / 6]);
    expect(value(mean(x, 1))[1]).toBeCloseTo(16 / 3, 15);
    expect(value(argMax(x, 1))).toEqual([2, 2]);
    expect(value(cumsum(x, 0))).toEqual([1, 2, 3, 5, 7, 10]);
  });

  it('reshape, slice and transpose', () => {
    expect(expandDims(x, 0).shape).toEqual([1, 2, 3]);
    expect(expandDims(x, -1).shape).toEqual([2, 3, 1]);
    expect(squeeze(expandDims(x, 1), [1])).toBe(x);
    expect(value(sliceAxis(x, 0, 1, 1))).toEqual([4, 5, 7]);
    expect(value(sliceAxis(x, -1, 1, 2))).toEqual([2, 3, 5, 7]);
    expect(value(transpose(x))).toEqual([1, 4, 2, 5, 3, 7]);
    expect(transpose(transpose(x))).toBe(x);
    expect(value(mul(x, 2))).toEqual(data.map((v) => 2 * v));
  });

  it('atan2 is the angle in every quadrant and on the axes', () => {
    const angles = Array.from({ length: 24 }, (_, i) => ((i - 11) * Math.PI) / 12);
    const [py, px] = [graph.input('y', [24]), graph.input('x', [24])];
    const [ys, xs] = [angles.map(Math.sin), angles.map(Math.cos)];
    const [angle] = evaluate(
      [atan2(py, px)],
      new Map([
        [py, ys],
        [px, xs],
      ]),
    );
    expect(
      difference(
        angle!,
        ys.map((y, i) => Math.atan2(y, xs[i]!)),
      ),
    ).toBeLessThanOrEqual(1e-15 * 8);
    expect(
      Array.from(
        evaluate(
          [atan2(py, px)],
          new Map([
            [py, Array<number>(24).fill(0)],
            [px, Array<number>(24).fill(0)],
          ]),
        )[0]!,
      ),
    ).toEqual(Array(24).fill(0));
  });
});
