/** Einstein summation as transpositions, products and sums. */

import { type Node, sizeOf } from '../../graph/graph';
import { gather, matMul, mul, reshape, sum, transpose } from '../../graph/ops';
import { reshaped } from './shapes';

/** A tensor with a letter for each axis. */
interface Labelled {
  readonly node: Node;
  readonly labels: readonly string[];
}

interface Equation {
  readonly inputs: readonly (readonly string[])[];
  readonly output: readonly string[];
}

type Refuse = (message: string) => never;

function parse(equation: string, refuse: Refuse): Equation {
  const text = equation.replace(/\s/g, '');
  if (text.includes('.')) return refuse('tf.einsum: "..." cannot be traced; name every axis.');
  const [left = '', right, ...more] = text.split('->');
  if (more.length > 0 || !/^[A-Za-z,]*$/.test(left) || (right !== undefined && !/^[A-Za-z]*$/.test(right))) {
    return refuse(`tf.einsum: "${equation}" is not an equation such as "ij,jk->ik".`);
  }
  const inputs = left.split(',').map((labels) => [...labels]);
  const all = inputs.flat();
  const implicit = [...new Set(all)].filter((label) => all.indexOf(label) === all.lastIndexOf(label)).sort();
  const output = right === undefined ? implicit : [...right];
  const wrong = output.find((label, i) => !all.includes(label) || output.indexOf(label) !== i);
  if (wrong !== undefined) return refuse(`tf.einsum: "${wrong}" of the output in "${equation}" must be an axis of an input, once.`);
  return { inputs, output };
}

/** The diagonal along axes of the same label. */
function diagonal({ node, labels }: Labelled): Labelled {
  const second = labels.findIndex((label, i) => labels.indexOf(label) < i);
  if (second < 0) return { node, labels };
  const first = labels.indexOf(labels[second]!);
  const size = node.shape[first]!;
  const order = [first, second, ...labels.map((_, i) => i).filter((i) => i !== first && i !== second)];
  const rest = order.slice(2).map((i) => node.shape[i]!);
  const rows = reshape(transpose(node, order), [size * size, ...rest]);
  const indices = node.graph.constant(
    Float64Array.from({ length: size }, (_, i) => i * (size + 1)),
    [size],
    'int32',
  );
  return diagonal({ node: gather(rows, indices, 0), labels: [labels[first]!, ...order.slice(2).map((i) => labels[i]!)] });
}

/** Sums out the axes that nothing needs any more. */
function keepOnly({ node, labels }: Labelled, needed: ReadonlySet<string>): Labelled {
  const gone = labels.flatMap((label, i) => (needed.has(label) ? [] : [i]));
  return gone.length === 0 ? { node, labels } : { node: sum(node, gone), labels: labels.filter((label) => needed.has(label)) };
}

function ordered({ node, labels }: Labelled, wanted: readonly string[]): Node {
  const perm = wanted.map((label) => labels.indexOf(label));
  return perm.every((axis, i) => axis === i) ? node : transpose(node, perm);
}

function contract(a: Labelled, b: Labelled, needed: ReadonlySet<string>): Labelled {
  const sizes = new Map([
    ...a.labels.map((l, i) => [l, a.node.shape[i]!] as const),
    ...b.labels.map((l, i) => [l, b.node.shape[i]!] as const),
  ]);
  const shape = (labels: readonly string[]): number[] => labels.map((label) => sizes.get(label)!);
  const shared = a.labels.filter((label) => b.labels.includes(label));
  const batch = shared.filter((label) => needed.has(label));
  const summed = shared.filter((label) => !needed.has(label));
  const left = a.labels.filter((label) => !shared.includes(label));
  const right = b.labels.filter((label) => !shared.includes(label));
  if (summed.length === 0 || left.length === 0 || right.length === 0) {
    const labels = [...batch, ...left, ...right, ...summed];
    const spread = (x: Labelled, own: readonly string[]): Node =>
      reshaped(
        ordered(x, own),
        labels.map((label) => (own.includes(label) ? sizes.get(label)! : 1)),
      );
    const product = mul(spread(a, [...batch, ...left, ...summed]), spread(b, [...batch, ...right, ...summed]));
    return keepOnly({ node: product, labels }, needed);
  }
  const inner = sizeOf(shape(summed));
  // Without common axes the left ones need not be merged: matMul carries leading axes.
  const rows = batch.length === 0 ? shape(left) : [...shape(batch), sizeOf(shape(left))];
  const x = reshaped(ordered(a, [...batch, ...left, ...summed]), [...rows, inner]);
  const y = reshaped(ordered(b, [...batch, ...summed, ...right]), [...shape(batch), inner, sizeOf(shape(right))]);
  const labels = [...batch, ...left, ...right];
  return { node: reshaped(matMul(x, y), shape(labels)), labels };
}

function checkSizes({ inputs }: Equation, nodes: readonly Node[], refuse: Refuse): void {
  const sizes = new Map<string, number>();
  inputs.forEach((labels, k) => {
    const { shape } = nodes[k]!;
    if (labels.length !== shape.length)
      refuse(`tf.einsum: "${labels.join('')}" names ${labels.length} axes, but the tensor has ${shape.length}.`);
    labels.forEach((label, i) => {
      const size = sizes.get(label) ?? shape[i]!;
      if (size !== shape[i]) refuse(`tf.einsum: axis "${label}" is ${size} in one tensor and ${shape[i]!} in another.`);
      sizes.set(label, size);
    });
  });
}

/**
 * Any number of operands, with repeated labels; the output is implicit where the equation has no arrow.
 *
 * @param refuse gets a sentence where the equation is wrong or does not fit the operands
 */
export function einsum(equation: string, operands: readonly Node[], refuse: Refuse): Node {
  const parsed = parse(equation, refuse);
  if (parsed.inputs.length !== operands.length) {
    refuse(`tf.einsum: "${equation}" has ${parsed.inputs.length} operands, but ${operands.length} were given.`);
  }
  checkSizes(parsed, operands, refuse);
  const terms = operands.map((node, k) => diagonal({ node, labels: parsed.inputs[k]! }));
  const neededAfter = (k: number): Set<string> => new Set([...parsed.output, ...terms.slice(k + 1).flatMap((t) => t.labels)]);
  const [first, ...rest] = terms;
  let total = keepOnly(first!, neededAfter(0));
  rest.forEach((term, i) => {
    const needed = neededAfter(i + 1);
    const own = keepOnly(term, new Set([...needed, ...total.labels]));
    total = contract(total, own, needed);
    total = keepOnly(total, needed);
  });
  return ordered(total, parsed.output);
}
