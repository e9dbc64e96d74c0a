/** The graph: static single assignment, concrete shapes, one node per primitive application. */

export type DType = 'float32' | 'int32' | 'bool';
export type Shape = readonly number[];

/** Position of the user's code that made a node; line and column count from 1. */
export interface SourcePosition {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Element-wise functions of one argument that ONNX, tfjs and JavaScript all know. */
export type UnaryFunction =
  | 'neg'
  | 'abs'
  | 'sign'
  | 'exp'
  | 'expm1'
  | 'log'
  | 'log1p'
  | 'sqrt'
  | 'reciprocal'
  | 'sin'
  | 'cos'
  | 'tan'
  | 'asin'
  | 'acos'
  | 'atan'
  | 'sinh'
  | 'cosh'
  | 'asinh'
  | 'acosh'
  | 'atanh'
  | 'erf'
  | 'floor'
  | 'ceil'
  | 'round'
  | 'sigmoid'
  | 'tanh'
  | 'softplus'
  | 'relu'
  | 'logicalNot'
  | 'stopGradient';

/** Smooth activations whose derivatives of every order have a closed form (see activations.ts). */
export type ActivationFunction = 'sigmoid' | 'tanh' | 'softplus' | 'swish' | 'gelu' | 'mish' | 'relu' | 'leakyRelu' | 'elu' | 'selu';

export type BinaryFunction =
  'add' | 'sub' | 'mul' | 'div' | 'pow' | 'maximum' | 'minimum' | 'less' | 'lessEqual' | 'equal' | 'logicalAnd' | 'logicalOr';

type None = Record<never, never>;

/**
 * Attributes of every primitive. Axes count from the right (-1 is the last), so that a leading
 * batch axis can be added without changing them.
 */
export type PrimitiveAttrs = { readonly [F in UnaryFunction | BinaryFunction]: None } & {
  readonly input: { readonly name: string };
  readonly constant: { readonly data: Float64Array };
  /** The order-th derivative of an activation; alpha is leakyRelu's slope. Lowered before execution. */
  readonly activation: { readonly fn: ActivationFunction; readonly order: number; readonly alpha: number };
  readonly select: None;
  readonly cast: { readonly dtype: DType };
  readonly matMul: None;
  readonly sum: { readonly axes: readonly number[] };
  readonly reduceMax: { readonly axes: readonly number[] };
  readonly reduceMin: { readonly axes: readonly number[] };
  readonly argMax: { readonly axis: number };
  readonly reshape: { readonly shape: Shape };
  readonly transpose: { readonly perm: readonly number[] };
  readonly broadcastTo: { readonly shape: Shape };
  readonly slice: { readonly begin: readonly number[]; readonly size: readonly number[] };
  readonly pad: { readonly before: readonly number[]; readonly after: readonly number[]; readonly value: number };
  readonly concat: { readonly axis: number };
  readonly gather: { readonly axis: number };
  readonly scatterAdd: { readonly axis: number; readonly size: number };
  readonly cumsum: { readonly axis: number; readonly exclusive: boolean; readonly reverse: boolean };
};

export type PrimitiveName = keyof PrimitiveAttrs;

export interface Node<P extends PrimitiveName = PrimitiveName> {
  readonly graph: Graph;
  readonly id: number;
  readonly op: P;
  readonly inputs: readonly Node[];
  readonly attrs: PrimitiveAttrs[P];
  readonly shape: Shape;
  readonly dtype: DType;
  readonly source: SourcePosition | undefined;
}

/** What the graph asks of the primitive table when a node is made; see table.ts. */
export interface GraphRules {
  /** Result shape and dtype. Throws a GraphError where the inputs do not fit. */
  infer(op: PrimitiveName, inputs: readonly Node[], attrs: object): { readonly shape: Shape; readonly dtype: DType };
  /** An equal node that is cheaper, or undefined. */
  simplify(
    graph: Graph,
    op: PrimitiveName,
    inputs: readonly Node[],
    attrs: object,
    result: { shape: Shape; dtype: DType },
  ): Node | undefined;
  /** The value where all inputs are constants, or undefined where folding does not pay. */
  fold(op: PrimitiveName, inputs: readonly Node[], attrs: object, shape: Shape, dtype: DType): Float64Array | undefined;
}

/** Ops on shapes or dtypes that do not fit. The message names the primitive and the shapes. */
export class GraphError extends Error {
  override readonly name = 'GraphError';
  constructor(
    message: string,
    readonly source?: SourcePosition,
  ) {
    super(message);
  }
}

/** JSON writes null for every number that is not finite. */
function distinctNumbers(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}

/** Constants up to this many elements are shared by content. */
const sharedConstantSize = 256;

/**
 * Builds nodes. Equal nodes are made once (common subexpressions are shared by construction), constants are folded,
 * and node ids grow along every edge, so sorting by id is a topological order.
 */
export class Graph {
  private readonly nodes = new Map<string, Node>();
  private count = 0;
  /** Position given to the nodes that are made next. */
  source: SourcePosition | undefined;

  constructor(private readonly rules: GraphRules) {}

  /** A new input. Every call makes a distinct node. */
  input(name: string, shape: Shape, dtype: DType = 'float32'): Node<'input'> {
    return this.make('input', [], { name }, shape, dtype) as Node<'input'>;
  }

  /** A constant. `data` is row-major, length the product of `shape`; kept, not copied. Booleans are 0 and 1. */
  constant(data: Float64Array | readonly number[] | number, shape: Shape = [], dtype: DType = 'float32'): Node<'constant'> {
    const values = data instanceof Float64Array ? data : Float64Array.from(typeof data === 'number' ? [data] : data);
    if (values.length !== sizeOf(shape)) {
      throw new GraphError(`constant has ${values.length} values but shape [${shape.join(', ')}]`, this.source);
    }
    if (values.length > sharedConstantSize) return this.make('constant', [], { data: values }, shape, dtype) as Node<'constant'>;
    const bits = Array.from(values, (v) => (Object.is(v, -0) ? '-0' : String(v))).join(',');
    const key = `constant|${dtype}|${shape.join(',')}|${bits}`;
    const known = this.nodes.get(key);
    if (known) return known as Node<'constant'>;
    const node = this.make('constant', [], { data: values }, shape, dtype);
    this.nodes.set(key, node);
    return node as Node<'constant'>;
  }

  /** Applies a primitive. Returns an existing or simpler node where one is equal. */
  emit<P extends PrimitiveName>(op: P, inputs: readonly Node[], attrs: PrimitiveAttrs[P]): Node {
    for (const input of inputs) {
      if (input.graph !== this) throw new GraphError(`${op}: an input belongs to another graph`, this.source);
    }
    const key = `${op}|${inputs.map((i) => i.id).join(',')}|${JSON.stringify(attrs, distinctNumbers)}`;
    const known = this.nodes.get(key);
    if (known) return known;
    let result: { readonly shape: Shape; readonly dtype: DType };
    try {
      result = this.rules.infer(op, inputs, attrs);
    } catch (error) {
      if (error instanceof GraphError && !error.source && this.source) throw new GraphError(error.message, this.source);
      throw error;
    }
    const node = this.shortcut(op, inputs, attrs, result) ?? this.make(op, inputs, attrs, result.shape, result.dtype);
    this.nodes.set(key, node);
    return node;
  }

  private shortcut(op: PrimitiveName, inputs: readonly Node[], attrs: object, result: { shape: Shape; dtype: DType }): Node | undefined {
    if (inputs.length > 0 && inputs.every((i) => i.op === 'constant')) {
      const data = this.rules.fold(op, inputs, attrs, result.shape, result.dtype);
      if (data) return this.constant(data, result.shape, result.dtype);
    }
    return this.rules.simplify(this, op, inputs, attrs, result);
  }

  private make<P extends PrimitiveName>(op: P, inputs: readonly Node[], attrs: PrimitiveAttrs[P], shape: Shape, dtype: DType): Node {
    return { graph: this, id: this.count++, op, inputs, attrs, shape, dtype, source: this.source };
  }
}

export function is<P extends PrimitiveName>(node: Node, op: P): node is Node<P> {
  return node.op === op;
}

/** Number of elements. */
export function sizeOf(shape: Shape): number {
  let size = 1;
  for (const d of shape) size *= d;
  return size;
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((d, i) => d === b[i]);
}

/** Shape of an element-wise result by the rules of NumPy. Throws a GraphError where the shapes do not fit. */
export function broadcastShapes(a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length);
  const out: number[] = [];
  for (let i = 0; i < rank; i++) {
    const x = a[a.length - rank + i] ?? 1;
    const y = b[b.length - rank + i] ?? 1;
    if (x !== y && x !== 1 && y !== 1) throw new GraphError(`shapes [${a.join(', ')}] and [${b.join(', ')}] do not broadcast`);
    out.push(x === 1 ? y : x);
  }
  return out;
}

/** All nodes that the outputs need, inputs first. */
export function reachable(outputs: readonly Node[]): Node[] {
  const seen = new Set<Node>();
  const stack = [...outputs];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    stack.push(...node.inputs);
  }
  return [...seen].sort((a, b) => a.id - b.id);
}
