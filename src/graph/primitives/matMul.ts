import { broadcastShapes, GraphError, type Node, sizeOf } from '../graph';
import { add, matMul, reshape, sumTo, transpose } from '../ops';
import { alignMapped, type PrimitiveRecord } from '../primitive';
import { broadcastStrides, forEachIndex } from '../strides';

/** Cotangent of b where b is one matrix shared by all leading axes of a: one large product instead of a batch and a sum. */
function sharedRight(a: Node, ct: Node): Node {
  const rows = (x: Node): Node => reshape(x, [sizeOf(x.shape.slice(0, -1)), x.shape[x.shape.length - 1]!]);
  return matMul(transpose(rows(a)), rows(ct));
}

function batchShape(shape: readonly number[]): readonly number[] {
  return shape.slice(0, -2);
}

export const matMulPrimitive: PrimitiveRecord<'matMul'> = {
  name: 'matMul',
  infer([a, b]) {
    const [s, t] = [a!.shape, b!.shape];
    if (s.length < 2 || t.length < 2) throw new GraphError(`matMul needs two matrices, not shapes [${s.join(', ')}] and [${t.join(', ')}]`);
    if (s[s.length - 1] !== t[t.length - 2]) throw new GraphError(`matMul: inner sizes of [${s.join(', ')}] and [${t.join(', ')}] differ`);
    const lead = broadcastShapes(batchShape(s), batchShape(t));
    return { shape: [...lead, s[s.length - 2]!, t[t.length - 1]!], dtype: 'float32' };
  },
  jvp(node, [ta, tb]) {
    const [a, b] = node.inputs as readonly [Node, Node];
    const left = ta && matMul(ta, b);
    const right = tb && matMul(a, tb);
    return left && right ? add(left, right) : (left ?? right);
  },
  vjp(node, ct) {
    const [a, b] = node.inputs as readonly [Node, Node];
    const right = b.shape.length === 2 && sameBatch(a, ct) ? sharedRight(a, ct) : sumTo(matMul(transpose(a), ct), b.shape);
    return [sumTo(matMul(ct, transpose(b)), a.shape), right];
  },
  batch(_, inputs, mapped) {
    const rank = Math.max(...inputs.map((x, i) => x.shape.length - (mapped[i] ? 1 : 0)));
    const [a, b] = inputs.map((x, i) => (mapped[i] ? alignMapped(x, rank, reshape) : x)) as [Node, Node];
    return matMul(a, b);
  },
  reference([a, b], _attrs, shape) {
    const [n, m] = [shape[shape.length - 2]!, shape[shape.length - 1]!];
    const k = a!.shape[a!.shape.length - 1]!;
    const lead = batchShape(shape);
    const out = new Float64Array(sizeOf(shape));
    const offsetsA: number[] = [];
    forEachIndex(lead, broadcastStrides(batchShape(a!.shape), lead), (_i, offset) => offsetsA.push(offset * n * k));
    forEachIndex(lead, broadcastStrides(batchShape(b!.shape), lead), (index, offset) => {
      const [p, q, r] = [offsetsA[index]!, offset * k * m, index * n * m];
      for (let i = 0; i < n; i++) {
        for (let l = 0; l < k; l++) {
          const value = a!.data[p + i * k + l]!;
          for (let j = 0; j < m; j++) out[r + i * m + j]! += value * b!.data[q + l * m + j]!;
        }
      }
    });
    return out;
  },
  onnx: (_, inputs, emitter) => emitter.node('MatMul', inputs),
  tfjs(tf, node, [a, b]) {
    const [x, y] = [node.inputs[0]!, node.inputs[1]!];
    // A stack of matrices against one shared matrix is one flat product: tfjs would loop over the stack.
    if (y.shape.length === 2 && x.shape.length > 2) {
      return tf.reshape(tf.matMul(tf.reshape(a!, [-1, x.shape[x.shape.length - 1]!]), b!), [...node.shape]);
    }
    const lead = [...batchShape(node.shape)];
    const full = (t: typeof a, n: Node): NonNullable<typeof a> =>
      tf.broadcastTo(t!, [...lead, n.shape[n.shape.length - 2]!, n.shape[n.shape.length - 1]!]);
    return tf.matMul(full(a, x), full(b, y));
  },
};

function sameBatch(a: Node, ct: Node): boolean {
  return a.shape.length === ct.shape.length && a.shape.slice(0, -1).every((d, i) => d === ct.shape[i]);
}
