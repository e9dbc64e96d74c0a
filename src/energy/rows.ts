/** Proves on a concrete graph that each row of the energy depends on its own row of x only. */

import { is, type Node, reachable, type Shape, sizeOf, type SourcePosition } from '../graph/graph';
import { evaluate } from '../graph/reference';
import { Random } from '../shared/random';

/**
 * How a node depends on the rows of x:
 * - 'free': not at all;
 * - 'mixed': it cannot be told, or one element depends on several rows;
 * - a number r: the element at row-major position i depends on row floor(i / r) mod n only. A reshape leaves it as it is.
 */
type Dependence = 'free' | 'mixed' | number;

/** Where the rows stand: along one axis (from the right) of size outer * n * inner. */
interface RowAxis {
  readonly axis: number;
  readonly inner: number;
  readonly outer: number;
}

/** Number of elements behind an axis, which counts from the right. */
function behind(shape: Shape, axis: number): number {
  return sizeOf(shape.slice(shape.length + axis + 1));
}

function rowAxis(shape: Shape, stride: number, n: number): RowAxis | undefined {
  for (let axis = -1; axis >= -shape.length; axis--) {
    const after = behind(shape, axis);
    const size = shape[shape.length + axis]!;
    if (after > stride || stride * n > after * size) continue;
    if (stride % after !== 0 || (after * size) % (stride * n) !== 0) return undefined;
    return { axis, inner: stride / after, outer: (after * size) / (stride * n) };
  }
  return undefined;
}

function strideOf(shape: Shape, { axis, inner }: RowAxis): number {
  return behind(shape, axis) * inner;
}

/** What a rule gets. */
interface Context {
  readonly node: Node;
  /** Row axes of the inputs; undefined where an input is free. */
  readonly rows: readonly (RowAxis | undefined)[];
}

type Rule = (context: Context) => RowAxis | undefined;

function same(p: RowAxis, q: RowAxis): boolean {
  return p.axis === q.axis && p.inner === q.inner && p.outer === q.outer;
}

/** The row axis that all dependent inputs share. */
function shared({ rows }: Context): RowAxis | undefined {
  const dependent = rows.filter((r) => r !== undefined);
  return dependent.every((r) => same(r, dependent[0]!)) ? dependent[0] : undefined;
}

const elementwise: Rule = shared;

function along(axes: (node: Node) => readonly number[]): Rule {
  return (context) => {
    const rows = shared(context);
    return rows && !axes(context.node).includes(rows.axis) ? rows : undefined;
  };
}

const matMul: Rule = ({ rows: [a, b] }) => {
  if (a && b) return a.axis < -2 && same(a, b) ? a : undefined;
  if (a) return a.axis === -1 ? undefined : a;
  return b?.axis === -2 ? undefined : b;
};

const transpose: Rule = (context) => {
  const rows = shared(context);
  if (!rows || !is(context.node, 'transpose')) return undefined;
  const { perm } = context.node.attrs;
  if (rows.axis < -perm.length) return rows;
  return { ...rows, axis: perm.indexOf(rows.axis) - perm.length };
};

/** Slices and paddings leave the rows as they are where they do not touch their axis. */
const unchangedSize: Rule = (context) => {
  const rows = shared(context);
  const [x] = context.node.inputs;
  const sizeAt = (shape: Shape): number | undefined => shape[shape.length + (rows?.axis ?? 0)];
  return rows && sizeAt(x!.shape) === sizeAt(context.node.shape) ? rows : undefined;
};

const gather: Rule = ({ node, rows: [x, indices] }) => {
  if (!is(node, 'gather')) return undefined;
  if (indices) return x ? undefined : { ...indices, axis: node.attrs.axis };
  return x && x.axis !== node.attrs.axis ? x : undefined;
};

const scatterAdd: Rule = ({ node, rows: [updates, indices] }) =>
  is(node, 'scatterAdd') && updates && !indices && updates.axis !== node.attrs.axis ? updates : undefined;

const axesOf = (node: Node): readonly number[] => (node.attrs as { axes: readonly number[] }).axes;
const axisOf = (node: Node): readonly number[] => [(node.attrs as { axis: number }).axis];

/** Rules of the primitives that are not element-wise; reshape keeps the stride, and needs none. */
const rules: Readonly<Partial<Record<Node['op'], Rule>>> = {
  matMul,
  sum: along(axesOf),
  reduceMax: along(axesOf),
  reduceMin: along(axesOf),
  argMax: along(axisOf),
  cumsum: along(axisOf),
  concat: along(axisOf),
  transpose,
  slice: unchangedSize,
  pad: unchangedSize,
  gather,
  scatterAdd,
};

function dependenceOf(node: Node, inputs: readonly Dependence[], n: number): Dependence {
  if (inputs.every((d) => d === 'free')) return 'free';
  if (inputs.includes('mixed')) return 'mixed';
  const [only] = inputs;
  if (is(node, 'reshape') && only !== undefined) return only;
  const located = inputs.map((d, i) => (typeof d === 'number' ? rowAxis(node.inputs[i]!.shape, d, n) : undefined));
  if (located.some((r, i) => r === undefined && inputs[i] !== 'free')) return 'mixed';
  const rows = (rules[node.op] ?? elementwise)({ node, rows: located });
  return rows ? strideOf(node.shape, rows) : 'mixed';
}

/** A dependence between rows, at the first node where it appears. */
export interface RowMixing {
  readonly node: Node;
  readonly source: SourcePosition | undefined;
}

const descriptions: Readonly<Partial<Record<Node['op'], string>>> = {
  sum: 'a sum or mean over the batch axis',
  reduceMax: 'a maximum over the batch axis',
  reduceMin: 'a minimum over the batch axis',
  argMax: 'an argMax over the batch axis',
  cumsum: 'a cumulative sum over the batch axis',
  matMul: 'a matrix product over the batch axis',
  gather: 'rows are picked by index',
  concat: 'rows are joined along the batch axis',
  slice: 'rows are cut off the batch axis',
  pad: 'rows are added along the batch axis',
};

/** What a mixing node does, for a message. */
export function describeMixing({ node }: RowMixing): string {
  return descriptions[node.op] ?? `tensors of different rows meet in ${node.op}`;
}

/** Elements of every input but x: of the size of typical parameters, and different from each other. */
function feed(output: Node, x: Node, random: Random): Map<Node, Float64Array> {
  const feeds = new Map<Node, Float64Array>();
  for (const node of [...reachable([output]), x]) {
    if (is(node, 'input'))
      feeds.set(
        node,
        Float64Array.from({ length: sizeOf(node.shape) }, () => random.normal()),
      );
  }
  return feeds;
}

/** Whether a change of one row of x leaves all other rows of the output as they are, bit by bit. */
function rowsAreIndependent(output: Node, x: Node, n: number): boolean {
  const width = sizeOf(output.shape) / n;
  const random = new Random(1);
  const feeds = feed(output, x, random);
  const [before] = evaluate([output], feeds);
  const dim = sizeOf(x.shape) / n;
  return [0, Math.floor(n / 2), n - 1].every((row) =>
    [0.25, -3].every((step) => {
      const moved = feeds.get(x)!.map((v, i) => (Math.floor(i / dim) === row ? v * 1.5 + step : v));
      const [after] = evaluate([output], new Map(feeds).set(x, moved));
      return after!.every((v, i) => Math.floor(i / width) === row || Object.is(v, before![i]));
    }),
  );
}

/**
 * Checks that row i of the output depends on x[i] only, by rules for each primitive; where they cannot tell, by numbers.
 *
 * @param output shape [n] or [n, width]
 * @param x shape [n, dim]
 * @returns the first place where rows meet, or undefined where they never do
 */
export function findRowMixing(output: Node, x: Node, n: number): RowMixing | undefined {
  const dependences = new Map<Node, Dependence>();
  let first: Node | undefined;
  for (const node of reachable([output])) {
    const inputs = node.inputs.map((input) => dependences.get(input)!);
    const dependence = node === x ? sizeOf(x.shape) / n : dependenceOf(node, inputs, n);
    dependences.set(node, dependence);
    if (dependence === 'mixed') first ??= node;
  }
  const last = dependences.get(output)!;
  if (last === 'free' || last === sizeOf(output.shape) / n || rowsAreIndependent(output, x, n)) return undefined;
  const node = first ?? output;
  return { node, source: node.source };
}
