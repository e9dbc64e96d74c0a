/** Two traces of one function, with different numbers of rows, become one program for any number of rows. */

import { type Graph, is, type Node, sizeOf } from '../../graph/graph';
import type { SymbolicSize, TracedNode, TracedProgram } from '../traced';
import { TraceError } from './traceError';

/** One trace. */
export interface Trace {
  readonly rows: number;
  readonly graph: Graph;
  readonly inputs: readonly { readonly name: string; readonly node: Node }[];
  readonly output: Node;
}

/** Attributes that are sizes, and so may grow with the number of rows. */
const sizeAttributes: readonly string[] = ['shape', 'begin', 'size', 'before', 'after'];

class Unifier {
  private readonly nodes: TracedNode[] = [];
  private readonly known = new Map<Node, Map<Node, number>>();

  constructor(
    private readonly a: Trace,
    private readonly b: Trace,
  ) {}

  run(): TracedProgram {
    if (this.a.inputs.length !== this.b.inputs.length) this.differ(undefined);
    const inputs = this.a.inputs.map(({ name, node }, i) => ({ name, node: this.pair(node, this.b.inputs[i]!.node) }));
    const outputs = [this.pair(this.a.output, this.b.output)];
    return { nodes: this.nodes, inputs, outputs };
  }

  private differ(node: Node | undefined): never {
    throw new TraceError(
      'not-deterministic',
      'Two calls of the energy took different steps: it must not depend on the number of rows, on chance, or on what earlier calls did.',
      node?.source,
    );
  }

  /** A size in both traces, as a function of the number of rows. */
  private size(p: number, q: number, node: Node): SymbolicSize {
    if (p === q) return p;
    const n = (p - q) / (this.a.rows - this.b.rows);
    return Number.isInteger(n) ? { n, plus: p - n * this.a.rows } : this.differ(node);
  }

  private sizes(p: readonly number[], q: readonly number[], node: Node): SymbolicSize[] {
    if (p.length !== q.length) this.differ(node);
    return p.map((d, i) => this.size(d, q[i]!, node));
  }

  /** The index of a pair of corresponding nodes. Iterates, because a deep network would overflow the stack. */
  private pair(a: Node, b: Node): number {
    const stack: [Node, Node][] = [[a, b]];
    while (stack.length > 0) {
      const [p, q] = stack[stack.length - 1]!;
      if (this.find(p, q) !== undefined) {
        stack.pop();
        continue;
      }
      if (p.op !== q.op || p.inputs.length !== q.inputs.length) this.differ(p.source ? p : q);
      const missing = p.inputs.flatMap((x, i): [Node, Node][] => (this.find(x, q.inputs[i]!) === undefined ? [[x, q.inputs[i]!]] : []));
      if (missing.length > 0) stack.push(...missing.reverse());
      else {
        this.remember(p, q, this.merge(p, q));
        stack.pop();
      }
    }
    return this.find(a, b)!;
  }

  private find(a: Node, b: Node): number | undefined {
    return this.known.get(a)?.get(b);
  }

  private remember(a: Node, b: Node, index: number): void {
    const of = this.known.get(a) ?? new Map<Node, number>();
    this.known.set(a, of.set(b, index));
  }

  private append(node: TracedNode): number {
    return this.nodes.push(node) - 1;
  }

  private merge(a: Node, b: Node): number {
    if (is(a, 'constant') && is(b, 'constant')) return this.constant(a, b);
    const { op, dtype, source } = a;
    if (dtype !== b.dtype) this.differ(a);
    return this.append({
      op,
      inputs: a.inputs.map((x, i) => this.find(x, b.inputs[i]!)!),
      attrs: this.attrs(a, b),
      shape: this.sizes(a.shape, b.shape, a),
      dtype,
      ...(source && { source }),
    });
  }

  private attrs(a: Node, b: Node): Readonly<Record<string, unknown>> {
    const [p, q] = [a.attrs, b.attrs] as readonly Readonly<Record<string, unknown>>[];
    return Object.fromEntries(
      Object.entries(p!).map(([key, value]) => {
        const other = q![key];
        if (sizeAttributes.includes(key)) {
          if (typeof value === 'number') return [key, this.size(value, other as number, a)];
          return [key, this.sizes(value as readonly number[], other as readonly number[], a)];
        }
        if (JSON.stringify(value) !== JSON.stringify(other)) this.differ(a);
        return [key, value];
      }),
    );
  }

  private constant(a: Node<'constant'>, b: Node<'constant'>): number {
    const shape = this.sizes(a.shape, b.shape, a);
    if (a.dtype !== b.dtype) this.differ(a);
    const growing = shape.flatMap((d, i) => (typeof d === 'number' ? [] : [i]));
    const [p, q] = [a, b].map((x) => collapse(x, growing)) as [Float64Array | undefined, Float64Array | undefined];
    if (!p || !q) return this.perRow(a);
    const same = p.every((v, i) => Object.is(v, q[i]));
    if (!same) this.changing(a);
    const base = a.shape.map((d, i) => (growing.includes(i) ? 1 : d));
    const { dtype, source } = a;
    const index = this.append({ op: 'constant', inputs: [], attrs: { data: p }, shape: base, dtype, ...(source && { source }) });
    if (growing.length === 0) return index;
    return this.append({ op: 'broadcastTo', inputs: [index], attrs: { shape }, shape, dtype, ...(source && { source }) });
  }

  private changing(a: Node): never {
    throw new TraceError(
      'not-deterministic',
      'The energy is not deterministic: a constant in it differs between two calls (a random number, a counter, or the number of rows).',
      a.source,
    );
  }

  private perRow(a: Node): never {
    throw new TraceError(
      'not-deterministic',
      `The energy uses a tensor of shape [${a.shape.map((d) => (d === this.a.rows ? 'n' : d)).join(', ')}] with values of its own for each row; make it from x, without random numbers.`,
      a.source,
    );
  }
}

/** A constant without its repetition along the axes; undefined where its values differ along them. */
function collapse(node: Node<'constant'>, axes: readonly number[]): Float64Array | undefined {
  const { shape, attrs } = node;
  if (axes.length === 0) return attrs.data;
  const base = shape.map((d, i) => (axes.includes(i) ? 1 : d));
  const out = new Float64Array(sizeOf(base));
  for (let i = 0; i < attrs.data.length; i++) {
    let rest = i;
    let at = 0;
    let stride = 1;
    let first = true;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const position = rest % shape[axis]!;
      rest = Math.floor(rest / shape[axis]!);
      if (axes.includes(axis)) first &&= position === 0;
      else at += position * stride;
      stride *= base[axis]!;
    }
    if (first) out[at] = attrs.data[i]!;
    else if (!Object.is(out[at], attrs.data[i]!)) return undefined;
  }
  return out;
}

/**
 * The program of which both traces are instances.
 *
 * @throws TraceError where there is none
 */
export function unify(a: Trace, b: Trace): TracedProgram {
  return new Unifier(a, b).run();
}
