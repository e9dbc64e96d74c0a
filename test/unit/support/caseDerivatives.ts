import { gradient, jvp, vjp } from '../../../src/graph/differentiate';
import type { Graph, Node } from '../../../src/graph/graph';
import { add, broadcastTo, mul, sum } from '../../../src/graph/ops';
import { spread } from './numbers';
import { sizeOf } from '../../../src/graph/graph';

/** A constant of a node's shape that stands for a tangent or cotangent. */
export function seed(node: Node, number: number): Node {
  return node.graph.constant(spread(sizeOf(node.shape), -1, 1, 1000 + number), node.shape);
}

/** Undefined tangents stand for zero. */
export function orZero(tangent: Node | undefined, like: Node): Node {
  return tangent ?? broadcastTo(like.graph.constant(0), like.shape);
}

/** One tangent for each of several inputs. */
export type Tangents = ReadonlyMap<Node, Node>;

export function tangentsOf(inputs: readonly Node[], number: number): Tangents {
  return new Map(inputs.map((x, i) => [x, seed(x, 10 * number + i)]));
}

/** Sum of all products of cotangents and tangents: a scalar. */
export function pairing(cotangents: readonly Node[], inputs: readonly Node[], tangents: Tangents): Node {
  return cotangents.map((c, i) => sum(mul(c, tangents.get(inputs[i]!)!))).reduce((a, b) => add(a, b));
}

export interface ForwardDerivatives {
  /** f, df[t1], d2f[t1, t2], d3f[t1, t2, t3]: each of f's shape. */
  readonly orders: readonly Node[];
}

/** Nested forward derivatives of orders zero to three. */
export function forwardDerivatives(f: Node, tangents: readonly Tangents[]): ForwardDerivatives {
  const orders = [f];
  for (const t of tangents) orders.push(orZero(jvp([orders[orders.length - 1]!], t)[0], f));
  return { orders };
}

/**
 * The scalars <w, d^k f[t1 ... tk]> with derivatives taken in every mixture of modes; each list must be equal to the pairing of
 * w with the forward derivative of that order. R is reverse, F forward, innermost first.
 */
export function mixedDerivatives(
  f: Node,
  w: Node,
  inputs: readonly Node[],
  tangents: readonly [Tangents, Tangents, Tangents],
): Record<string, Node>[] {
  const [t1, t2, t3] = tangents;
  const scalar = (g: Node): Node => sum(mul(w, g));
  const along = (s: Node, t: Tangents): Node => pairing(gradient(s, inputs), inputs, t);
  const forward = (s: Node, t: Tangents): Node => orZero(jvp([s], t)[0], s);
  const j1 = forward(f, t1);
  const j2 = forward(j1, t2);
  const cotangents = vjp([f], [w], inputs);
  const r1 = pairing(cotangents, inputs, t1);
  const r2 = along(r1, t2);
  const jvpOfVjp = pairing(
    jvp(cotangents, t2).map((t, i) => orZero(t, cotangents[i]!)),
    inputs,
    t1,
  );
  return [
    { R: r1 },
    { FR: along(scalar(j1), t2), RF: jvpOfVjp, RR: r2 },
    {
      FFR: along(scalar(j2), t3),
      RRR: along(r2, t3),
      RRF: forward(r2, t3),
      RFR: along(jvpOfVjp, t3),
      FRF: forward(along(scalar(j1), t2), t3),
    },
  ];
}

/** Gradient vectors of nested reverse passes: of <w, f>, of its slope along t1, of that one's slope along t2. One list an order. */
export function nestedGradients(f: Node, w: Node, inputs: readonly Node[], tangents: readonly [Tangents, Tangents]): Node[][] {
  const first = vjp([f], [w], inputs);
  const second = gradient(pairing(first, inputs, tangents[0]), inputs);
  return [first, second, gradient(pairing(second, inputs, tangents[1]), inputs)];
}

export type GraphMaker = () => Graph;
