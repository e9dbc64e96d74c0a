/** Factories for element-wise primitives of one and two arguments. */

import { type BinaryFunction, broadcastShapes, type DType, type Node, type Shape, type UnaryFunction } from '../graph';
import { mul, reshape, sumTo } from '../ops';
import { alignMapped, type OnnxEmitter, type PrimitiveRecord, type ReferenceValue, type Tensor, type Tfjs } from '../primitive';
import { broadcastStrides, forEachIndex } from '../strides';

/** Inputs of an element-wise primitive with the leading mapped axis lined up for broadcasting. */
export function alignElementwise(inputs: readonly Node[], mapped: readonly boolean[]): Node[] {
  const rank = Math.max(...inputs.map((x, i) => x.shape.length - (mapped[i] ? 1 : 0)));
  return inputs.map((x, i) => (mapped[i] ? alignMapped(x, rank, reshape) : x));
}

/** Copy of a value, broadcast to `shape`. */
export function broadcastValue(value: ReferenceValue, shape: Shape): Float64Array {
  let size = 1;
  for (const d of shape) size *= d;
  const out = new Float64Array(size);
  forEachIndex(shape, broadcastStrides(value.shape, shape), (i, offset) => {
    out[i] = value.data[offset]!;
  });
  return out;
}

export interface UnaryRule {
  readonly dtype?: DType;
  readonly f64: (x: number) => number;
  /** dy/dx at x, with y the primitive's own node; absent where the derivative is zero almost everywhere. */
  readonly derivative?: (x: Node, y: Node) => Node;
  readonly onnx: string | ((x: string, emitter: OnnxEmitter) => string);
  readonly tfjs: (tf: Tfjs, x: Tensor) => Tensor;
}

export function unaryPrimitive<P extends UnaryFunction>(name: P, rule: UnaryRule): PrimitiveRecord<P> {
  const { derivative } = rule;
  return {
    name,
    infer: ([x]) => ({ shape: x!.shape, dtype: rule.dtype ?? x!.dtype }),
    jvp: (node, [t]) => (derivative && t ? mul(t, derivative(node.inputs[0]!, node)) : undefined),
    vjp: (node, ct) => [derivative ? mul(ct, derivative(node.inputs[0]!, node)) : undefined],
    batch: (node, [x]) => x!.graph.emit<UnaryFunction>(node.op, [x!], {}),
    reference: ([x]) => x!.data.map(rule.f64),
    onnx: (_, [x], emitter) => (typeof rule.onnx === 'string' ? emitter.node(rule.onnx, [x!]) : rule.onnx(x!, emitter)),
    tfjs: (tf, _, [x]) => rule.tfjs(tf, x!),
  };
}

export interface BinaryRule {
  readonly dtype?: DType;
  readonly f64: (a: number, b: number) => number;
  /** Partial derivatives with respect to a and b; absent where zero almost everywhere. A number is a constant. */
  readonly partials?: (a: Node, b: Node, y: Node) => readonly [() => Node | number, () => Node | number];
  readonly onnx: string;
  readonly tfjs: (tf: Tfjs, a: Tensor, b: Tensor) => Tensor;
}

function scaled(t: Node, factor: Node | number): Node {
  return factor === 1 ? t : mul(t, factor);
}

export function binaryPrimitive<P extends BinaryFunction>(name: P, rule: BinaryRule): PrimitiveRecord<P> {
  return {
    name,
    infer: ([a, b]) => ({
      shape: broadcastShapes(a!.shape, b!.shape),
      dtype: rule.dtype ?? (a!.dtype === 'float32' || b!.dtype === 'float32' ? 'float32' : a!.dtype),
    }),
    jvp(node, [ta, tb]) {
      const [a, b] = node.inputs as readonly [Node, Node];
      const partials = rule.partials?.(a, b, node);
      if (!partials) return undefined;
      const terms = [ta && scaled(ta, partials[0]()), tb && scaled(tb, partials[1]())].filter((t) => t !== undefined);
      const total = terms.length === 2 ? node.graph.emit('add', terms, {}) : terms[0];
      return total && node.graph.emit('broadcastTo', [total], { shape: node.shape });
    },
    vjp(node, ct) {
      const [a, b] = node.inputs as readonly [Node, Node];
      const partials = rule.partials?.(a, b, node);
      if (!partials) return [undefined, undefined];
      return [a, b].map((x, i) => (x.dtype === 'float32' ? sumTo(scaled(ct, partials[i]!()), x.shape) : undefined));
    },
    batch: (node, inputs, mapped) => node.graph.emit<BinaryFunction>(node.op, alignElementwise(inputs, mapped), {}),
    reference([a, b], _attrs, shape) {
      const x = broadcastValue(a!, shape);
      const y = broadcastValue(b!, shape);
      return x.map((v, i) => rule.f64(v, y[i]!));
    },
    // ONNX does not mix dtypes: an integer beside a float becomes one.
    onnx(node, inputs, emitter) {
      const mixed = node.inputs.some((x) => x.dtype === 'float32') && node.inputs.some((x) => x.dtype !== 'float32');
      return emitter.node(
        rule.onnx,
        mixed ? inputs.map((x, i) => (node.inputs[i]!.dtype === 'float32' ? x : emitter.node('Cast', [x], { to: 1 }))) : inputs,
      );
    },
    tfjs: (tf, _, [a, b]) => rule.tfjs(tf, a!, b!),
  };
}
