import { describe, expect, it } from 'vitest';
import { type Graph, type Node, type PrimitiveName, reachable, type Shape } from '../../../src/graph/graph';
import {
  activation,
  add,
  broadcastTo,
  cast,
  concat,
  div,
  exp,
  logicalAnd,
  logicalNot,
  matMul,
  mul,
  neg,
  pow,
  reshape,
  select,
  slice,
  sub,
  sum,
  transpose,
  unary,
} from '../../../src/graph/ops';
import { evaluate } from '../../../src/graph/reference';
import { createGraph } from '../../../src/graph/table';
import { difference, largest, spread } from '../support/numbers';
import { createPlainGraph } from '../support/plainGraph';

interface Inputs {
  readonly graph: Graph;
  readonly x: Node;
  readonly y: Node;
  readonly column: Node;
  readonly row: Node;
  readonly scalar: Node;
  readonly stack: Node;
  readonly flag: Node;
}

const shapes: { readonly [N in Exclude<keyof Inputs, 'graph'>]: Shape } = {
  x: [2, 3],
  y: [2, 3],
  column: [2, 1],
  row: [3],
  scalar: [],
  stack: [4, 2, 3],
  flag: [2, 3],
};

function inputsOf(graph: Graph): Inputs {
  const nodes = Object.entries(shapes).map(([name, shape]) => [name, graph.input(name, shape, name === 'flag' ? 'bool' : 'float32')]);
  return { graph, ...(Object.fromEntries(nodes) as Omit<Inputs, 'graph'>) };
}

/** Ops of the nodes that an expression needs, without inputs and constants, sorted. */
function opsOf(node: Node): PrimitiveName[] {
  return reachable([node])
    .map(({ op }) => op)
    .filter((op) => op !== 'input' && op !== 'constant')
    .sort();
}

function valueOf(make: () => Graph, build: (inputs: Inputs) => Node): Float64Array {
  const inputs = inputsOf(make());
  const feeds = Object.entries(shapes).map(([name, shape], i): [Node, number[]] => {
    const values = spread(
      shape.reduce((a, b) => a * b, 1),
      0.5,
      2,
      i,
    );
    return [inputs[name as keyof typeof shapes], name === 'flag' ? values.map((v) => Number(v > 1.2)) : values];
  });
  return evaluate([build(inputs)], new Map(feeds))[0]!;
}

const zeros = (g: Graph, shape: Shape): Node => broadcastTo(g.constant(0), shape);
const ones = (g: Graph, shape: Shape): Node => broadcastTo(g.constant(1), shape);
const truth = (g: Graph, value: number): Node => broadcastTo(g.constant(value, [], 'bool'), [2, 3]);

/** What a rule is meant to do: the expression, and the nodes that are left of it. */
const rules: readonly [rule: string, build: (inputs: Inputs) => Node, left: readonly PrimitiveName[]][] = [
  ['x + 0', ({ x, graph }) => add(x, zeros(graph, [3])), []],
  ['0 + row, broadcast', ({ row, graph }) => add(zeros(graph, [2, 3]), row), ['broadcastTo']],
  ['x + x', ({ x }) => add(x, x), ['mul']],
  ['x + (-y)', ({ x, y }) => add(x, neg(y)), ['sub']],
  ['(-x) + y', ({ x, y }) => add(neg(x), y), ['sub']],
  ['x - 0', ({ x }) => sub(x, 0), []],
  ['0 - x', ({ x }) => sub(0, x), ['mul']],
  ['x - x', ({ x }) => sub(x, x), ['broadcastTo']],
  ['x - (-y)', ({ x, y }) => sub(x, neg(y)), ['add']],
  ['x 0', ({ x }) => mul(x, 0), ['broadcastTo']],
  ['x 1', ({ x, graph }) => mul(x, ones(graph, [2, 3])), []],
  ['1 row, broadcast', ({ row, graph }) => mul(ones(graph, [2, 3]), row), ['broadcastTo']],
  ['-(-x)', ({ x }) => neg(neg(x)), []],
  ['2 (3 x)', ({ x }) => mul(mul(x, 3), 2), ['mul']],
  ['2 (x 3), constants first', ({ x }) => mul(2, mul(3, x)), ['mul']],
  ['scalar (x y) in the order of sizes', ({ scalar, x, y }) => mul(mul(scalar, x), y), ['mul', 'mul']],
  ['x / 2', ({ x }) => div(x, 2), ['mul']],
  ['x / 1', ({ x }) => div(x, 1), []],
  ['1 / x', ({ x }) => div(1, x), ['reciprocal']],
  ['x^0', ({ x }) => pow(x, 0), ['broadcastTo']],
  ['x^1', ({ x }) => pow(x, 1), []],
  ['x^2', ({ x }) => pow(x, 2), ['mul']],
  ['x^3', ({ x }) => pow(x, 3), ['mul', 'mul']],
  ['x^4', ({ x }) => pow(x, 4), ['mul', 'mul']],
  ['x^0.5', ({ x }) => pow(x, 0.5), ['sqrt']],
  ['x^-1', ({ x }) => pow(x, -1), ['reciprocal']],
  ['x^-2', ({ x }) => pow(x, -2), ['mul', 'reciprocal']],
  ['neg', ({ x }) => neg(x), ['mul']],
  ['cast to the same dtype', ({ x }) => cast(x, 'float32'), []],
  ['true ? x : y', ({ x, y, graph }) => select(truth(graph, 1), x, y), []],
  ['false ? x : row', ({ x, row, graph }) => select(truth(graph, 0), x, row), ['broadcastTo']],
  ['flag and false', ({ flag, graph }) => logicalAnd(flag, truth(graph, 0)), ['broadcastTo']],
  ['true and flag', ({ flag, graph }) => logicalAnd(truth(graph, 1), flag), []],
  ['flag and true', ({ flag, graph }) => logicalAnd(flag, truth(graph, 1)), []],
  ['activation of order 0', ({ x }) => activation('tanh', x), ['tanh']],
  ["softplus' is sigmoid", ({ x }) => activation('softplus', x, 1), ['sigmoid']],
  ["relu''", ({ x }) => activation('relu', x, 2), ['broadcastTo']],
  ['reshape to the same shape', ({ x }) => reshape(x, [2, 3]), []],
  ['reshape twice', ({ x }) => reshape(reshape(x, [6]), [3, 2]), ['reshape']],
  ['reshape of a repeated number', ({ graph }) => reshape(ones(graph, [2, 3]), [6]), ['broadcastTo']],
  ['transpose twice', ({ stack }) => transpose(transpose(stack, [2, 0, 1]), [1, 2, 0]), []],
  ['transpose twice to another', ({ stack }) => transpose(transpose(stack, [2, 0, 1]), [2, 0, 1]), ['transpose']],
  ['transpose twice, in this order', ({ stack }) => transpose(transpose(stack, [1, 0, 2]), [0, 2, 1]), ['transpose']],
  ['transpose that moves axes of size one', ({ column }) => transpose(column), ['reshape']],
  ['broadcast twice', ({ row }) => broadcastTo(broadcastTo(row, [2, 3]), [4, 2, 3]), ['broadcastTo']],
  ['broadcast of [1, 1]', ({ scalar }) => broadcastTo(reshape(scalar, [1, 1]), [2, 3]), ['broadcastTo']],
  ['broadcasts move outwards', ({ row }) => exp(mul(broadcastTo(row, [2, 3]), broadcastTo(row, [2, 3]))), ['broadcastTo', 'exp', 'mul']],
  [
    'broadcasts into a result of the same shape vanish',
    ({ row, column }) => mul(broadcastTo(row, [2, 3]), broadcastTo(column, [2, 3])),
    ['mul'],
  ],
  ['slice of everything', ({ x }) => slice(x, [0, 0], [2, 3]), []],
  ['slice twice', ({ stack }) => slice(slice(stack, [1, 0, 1], [3, 2, 2]), [1, 1, 1], [1, 1, 1]), ['slice']],
  ['slice of a part of a concatenation', ({ x, y }) => slice(concat([x, y], 1), [0, 3], [2, 3]), []],
  ['slice inside a part of a concatenation', ({ x, y }) => slice(concat([x, y], 1), [0, 4], [2, 2]), ['slice']],
  ['slice of a repeated number', ({ graph }) => slice(ones(graph, [2, 3]), [1], [2]), ['broadcastTo']],
  ['concat of one', ({ x }) => concat([x], 0), []],
  ['concat with nothing', ({ x, graph }) => concat([x, broadcastTo(graph.constant(0), [0, 3])], 0), []],
  ['concat of one repeated number', ({ graph }) => concat([ones(graph, [2, 3]), ones(graph, [1, 3])], 0), ['broadcastTo']],
  ['sum over axes of size one', ({ column }) => sum(column, 1, true), []],
  ['sum over a repeated axis', ({ row }) => sum(broadcastTo(row, [4, 3]), 0, true), ['mul', 'reshape']],
  ['sum over a repeated and another axis', ({ row }) => sum(broadcastTo(row, [4, 3]), [0, 1], true), ['mul', 'reshape', 'sum']],
  ['sum of a constant factor', ({ scalar, x }) => sum(mul(scalar, x), 1, true), ['mul', 'sum']],
  ['0 times a matrix', ({ x, graph }) => matMul(x, zeros(graph, [3, 2])), ['broadcastTo']],
  ['identity times a matrix', ({ x, graph }) => matMul(graph.constant([1, 0, 0, 1], [2, 2]), x), []],
  ['matrix times identity', ({ x, graph }) => matMul(x, graph.constant([1, 0, 0, 0, 1, 0, 0, 0, 1], [3, 3])), []],
  ['product over one term', ({ column, row }) => matMul(column, reshape(row, [1, 3])), ['mul', 'reshape']],
  [
    'equal rows are multiplied once',
    ({ row, x }) => matMul(broadcastTo(row, [5, 3]), transpose(x)),
    ['broadcastTo', 'matMul', 'reshape', 'transpose'],
  ],
  ['a constant factor leaves a product', ({ x, y }) => matMul(mul(2, x), transpose(y)), ['matMul', 'mul', 'transpose']],
  [
    'a constant factor of higher rank keeps the rank',
    ({ x, y, graph }) => matMul(mul(graph.constant([2], [1, 1, 1]), x), transpose(y)),
    ['matMul', 'mul', 'transpose'],
  ],
];

describe('rules of the simplifier', () => {
  it.each(rules)('%s', (_, build, left) => {
    const simplified = build(inputsOf(createGraph()));
    const plain = build(inputsOf(createPlainGraph()));
    expect(opsOf(simplified)).toEqual(left);
    expect(simplified).toMatchObject({ shape: plain.shape, dtype: plain.dtype });
    const expected = valueOf(createPlainGraph, build);
    // A handful of roundings.
    expect(difference(valueOf(createGraph, build), expected)).toBeLessThanOrEqual(1e-15 * 8 * Math.max(1, largest(expected)));
  });

  it('leaves a product of equal factors its small factors outermost', () => {
    const { scalar, x, y } = inputsOf(createGraph());
    const product = mul(mul(scalar, x), y);
    expect(product.inputs[0]).toBe(scalar);
    expect(sum(product, 1, true).inputs[0]).toBe(scalar);
  });

  it('folds constants, but no broadcasts', () => {
    const { graph } = inputsOf(createGraph());
    expect(exp(add(graph.constant([1, 2], [2]), 1)).op).toBe('constant');
    expect(broadcastTo(graph.constant([1, 2], [2]), [3, 2]).op).toBe('broadcastTo');
    expect(logicalNot(graph.constant([1, 0], [2], 'bool'))).toMatchObject({
      op: 'constant',
      dtype: 'bool',
      attrs: { data: Float64Array.of(0, 1) },
    });
  });

  it('does not fold what would be large', () => {
    const { graph } = inputsOf(createGraph());
    const column = graph.constant(
      Float64Array.from({ length: 300 }, (_, i) => i),
      [300, 1],
    );
    expect(matMul(column, reshape(column, [1, 300])).op).not.toBe('constant');
    expect(unary('exp', column).op).toBe('constant');
  });
});
