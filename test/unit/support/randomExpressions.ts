import fc from 'fast-check';
import { type ActivationFunction, broadcastShapes, type Graph, type Node, sameShape, type UnaryFunction } from '../../../src/graph/graph';
import {
  activation,
  add,
  broadcastTo,
  concat,
  cumsum,
  div,
  gather,
  less,
  matMul,
  mul,
  neg,
  pow,
  reduceMax,
  reshape,
  select,
  slice,
  sub,
  sum,
  transpose,
  unary,
} from '../../../src/graph/ops';

/** One operation of a random program on the values that exist so far; numbers are taken modulo what there is to choose from. */
export interface Instruction {
  readonly kind: number;
  readonly a: number;
  readonly b: number;
  readonly choice: number;
}

const natural = fc.integer({ min: 0, max: 1_000_000 });
export const instruction: fc.Arbitrary<Instruction> = fc.record({ kind: natural, a: natural, b: natural, choice: natural });

type Build = (a: Node, b: Node, choice: number) => Node | undefined;

function pick<T>(list: readonly T[], choice: number): T {
  return list[choice % list.length]!;
}

function fits(a: Node, b: Node): boolean {
  try {
    broadcastShapes(a.shape, b.shape);
    return true;
  } catch {
    return false;
  }
}

const constants = [0, 1, -1, 2, 0.5, -3];
/** A constant of a's shape, of a smaller one, or a scalar. */
function constantFor(a: Node, choice: number): Node {
  const value = pick(constants, choice);
  const shapes = [[], a.shape, a.shape.slice(-1), a.shape.map(() => 1)];
  const shape = pick(shapes, Math.floor(choice / constants.length));
  return broadcastTo(a.graph.constant(value), shape);
}

/** Bounded, with bounded derivatives, so that long programs stay well conditioned. */
const bounded: readonly UnaryFunction[] = ['sin', 'cos', 'tanh', 'sigmoid', 'atan', 'erf', 'stopGradient'];
const activations: readonly ActivationFunction[] = [
  'tanh',
  'sigmoid',
  'swish',
  'gelu',
  'mish',
  'softplus',
  'elu',
  'selu',
  'relu',
  'leakyRelu',
];
const exponents = [0, 1, 2, 3, 4, -1, -2, 0.5, 1.5];

const builders: readonly Build[] = [
  (a, b) => (fits(a, b) ? add(a, b) : undefined),
  (a, b) => (fits(a, b) ? sub(a, b) : undefined),
  (a, b) => (fits(a, b) ? mul(unary('tanh', a), b) : undefined),
  (a, b) => (fits(a, b) ? mul(unary('sin', a), unary('sin', b)) : undefined),
  (a, _, choice) => add(a, constantFor(a, choice)),
  (a, _, choice) => sub(constantFor(a, choice), a),
  (a, _, choice) => mul(a, constantFor(a, choice)),
  (a, _, choice) => mul(constantFor(a, choice), mul(constantFor(a, choice + 1), a)),
  (a, _, choice) => (pick(constants, choice) === 0 ? undefined : div(a, constantFor(a, choice))),
  (a, b) => (fits(a, b) ? div(b, add(mul(unary('sin', a), 0.5), 2)) : undefined),
  (a) => div(1, add(mul(unary('cos', a), 0.5), 2)),
  (a, _, choice) =>
    pow(add(mul(unary('sin', a), 0.5), 1.5), broadcastTo(a.graph.constant(pick(exponents, choice)), choice % 2 ? a.shape : [])),
  (a) => neg(a),
  (a, b) => (fits(a, b) ? add(a, neg(b)) : undefined),
  (a, b) => (fits(a, b) ? sub(neg(a), neg(b)) : undefined),
  (a) => add(a, a),
  (a) => sub(a, a),
  (a, _, choice) => unary(pick(bounded, choice), a),
  (a, _, choice) => activation(pick(activations, choice), a, Math.floor(choice / 10) % 3, 0.2),
  (a, _, choice) => (a.shape.length === 0 ? undefined : sum(a, choice % a.shape.length, true)),
  (a) =>
    sum(
      a,
      a.shape.map((_, i) => i),
      true,
    ),
  (a, _, choice) => (a.shape.length === 0 ? undefined : sum(mul(constantFor(a, choice), a), -1, true)),
  (a, _, choice) => (a.shape.length === 0 ? undefined : mul(reduceMax(a, choice % a.shape.length, true), 0.5)),
  (a) => reshape(a, [a.shape.reduce((x, y) => x * y, 1)]),
  (a) => reshape(a, [1, ...a.shape, 1].slice(0, 4).length === a.shape.length + 2 ? [1, ...a.shape, 1] : a.shape),
  (a, b) =>
    a.shape.length < b.shape.length && fits(a, b) && sameShape(broadcastShapes(a.shape, b.shape), b.shape)
      ? broadcastTo(a, b.shape)
      : undefined,
  (a) => (a.shape.length < 4 ? broadcastTo(a, [2, ...a.shape]) : undefined),
  (a, _, choice) => {
    const axes = a.shape.map((_s, i) => i);
    const turned = [...axes.slice(choice % axes.length), ...axes.slice(0, choice % axes.length)];
    // Rotations commute with each other, but not with a swap.
    return a.shape.length < 2 ? undefined : choice % 2 ? transpose(a) : transpose(a, turned);
  },
  (a, b) =>
    a.shape.length >= 2 && b.shape.length >= 2 && a.shape.at(-1) === b.shape.at(-2) && leadFits(a, b) ? mul(matMul(a, b), 0.3) : undefined,
  (a) => (a.shape.length >= 2 ? mul(matMul(a, transpose(a)), 0.2) : undefined),
  (a) => (a.shape.length >= 2 ? matMul(a, identity(a.graph, a.shape.at(-1)!)) : undefined),
  (a, _, choice) => {
    const last = a.shape.at(-1);
    return last === undefined ? undefined : matMulRow(a, last, pick(constants, choice));
  },
  (a) => ((a.shape.at(-1) ?? 0) > 1 ? slice(a, [1], [a.shape.at(-1)! - 1]) : undefined),
  (a, b) => (concatenable(a, b) ? concat([a, b, a], -1) : undefined),
  (a, b) => (concatenable(a, b) ? slice(concat([a, b], -1), [a.shape.at(-1)!], [b.shape.at(-1)!]) : undefined),
  (a, b) => (fits(a, b) ? select(less(a, 0.1), b, mul(a, 0.5)) : undefined),
  (a, b, choice) => (fits(a, b) ? select(broadcastTo(a.graph.constant(choice % 2, [], 'bool'), a.shape), a, b) : undefined),
  (a) => ((a.shape.at(-1) ?? 0) > 1 ? gather(a, a.graph.constant([1, 0, 1], [3], 'int32'), -1) : undefined),
  (a, _, choice) => (a.shape.length > 0 ? cumsum(a, choice % a.shape.length) : undefined),
];

function leadFits(a: Node, b: Node): boolean {
  return b.shape
    .slice(0, -2)
    .every((d, i, all) => [1, d].includes(a.shape.slice(0, -2)[i + a.shape.length - 2 - all.length] ?? 1) || d === 1);
}

function concatenable(a: Node, b: Node): boolean {
  return (
    a.shape.length > 0 &&
    a.shape.length === b.shape.length &&
    sameShape(a.shape.slice(0, -1), b.shape.slice(0, -1)) &&
    a.shape.at(-1)! + b.shape.at(-1)! < 20
  );
}

function identity(graph: Graph, n: number): Node {
  return graph.constant(
    Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0)),
    [n, n],
  );
}

/** A product with a matrix of equal numbers, behind a scaled left factor of higher rank. */
function matMulRow(a: Node, last: number, value: number): Node {
  const rows = a.shape.length === 1 ? reshape(a, [1, last]) : a;
  const scaled = mul(a.graph.constant([0.5], [1, 1, 1]), rows);
  return matMul(scaled, broadcastTo(a.graph.constant(value), [last, 2]));
}

/** The last value of a program on the given inputs. Instructions that do not fit the shapes are passed over. */
export function buildExpression(graph: Graph, inputs: readonly Node[], program: readonly Instruction[]): Node {
  const values: Node[] = [...inputs];
  for (const { kind, a, b, choice } of program) {
    // Late values are chosen more often, so that programs grow deep.
    const recent = (n: number): Node => values[values.length - 1 - (n % Math.min(values.length, n % 3 === 0 ? 3 : 100))]!;
    const made = pick(builders, kind)(recent(a), recent(b), choice);
    if (made && made.shape.reduce((x, y) => x * y, 1) <= 400 && made.shape.length <= 4) values.push(made);
  }
  const last = values[values.length - 1]!;
  return last.graph === graph ? last : values[0]!;
}
