import { describe, expect, it } from 'vitest';
import { jvp } from '../../../src/graph/differentiate';
import type { Graph, Node } from '../../../src/graph/graph';
import { evaluate } from '../../../src/graph/reference';
import { createGraph } from '../../../src/graph/table';
import { forwardDerivatives, mixedDerivatives, orZero, seed, tangentsOf } from '../support/caseDerivatives';
import { derivativeError } from '../support/finiteDifferences';
import { difference, dot, largest, moved } from '../support/numbers';
import { createPlainGraph } from '../support/plainGraph';
import { activeInputs, inputNodes, type PrimitiveCase } from '../support/primitiveCase';
import { allCases } from '../support/primitiveCases';

type Made = ReturnType<typeof make>;

function make(graph: Graph, op: Node['op'], test: PrimitiveCase) {
  const inputs = inputNodes(graph, test);
  const node = graph.emit(op, inputs, test.attrs);
  const active = activeInputs(test).map((i) => inputs[i]!);
  const tangents = [tangentsOf(active, 1), tangentsOf(active, 2), tangentsOf(active, 3)] as const;
  const base = new Map<Node, ArrayLike<number>>(inputs.map((x, i) => [x, test.inputs[i]!.values]));
  return { node, active, tangents, base };
}

/** The feeds with the active inputs moved by e along the tangents of one order. */
function feedsAt({ base, active, tangents }: Made, order: number, e: number): Map<Node, ArrayLike<number>> {
  const feeds = new Map(base);
  for (const x of active) {
    const tangent = tangents[order]!.get(x)! as Node<'constant'>;
    feeds.set(x, moved(base.get(x)!, e, tangent.attrs.data));
  }
  return feeds;
}

/** Pairings add up to some hundred products of float64 numbers below a thousand: 1e3 * 100 * 2e-16, with room for ten more. */
const agreement = 2e-10;

const differentiable = allCases.filter(([, { test }]) => activeInputs(test).length > 0);

describe.each([
  { name: 'without the simplifier', createGraphFor: createPlainGraph },
  { name: 'with the simplifier', createGraphFor: createGraph },
])('derivatives $name', ({ createGraphFor }) => {
  it.each(differentiable)('%s: forward derivatives of orders 1 to 3 are central differences of the order below', (_, { op, test }) => {
    const made = make(createGraphFor(), op, test);
    const { orders } = forwardDerivatives(made.node, made.tangents);
    const values = evaluate(orders, made.base);
    for (let k = 0; k < 3; k++) {
      const below = (e: number): Float64Array => evaluate([orders[k]!], feedsAt(made, k, e))[0]!;
      expect(derivativeError(values[k + 1]!, below), `order ${k + 1}`).toBeLessThanOrEqual(1);
    }
  });

  it.each(differentiable)('%s: every mixture of forward and reverse mode agrees to third order', (_, { op, test }) => {
    const made = make(createGraphFor(), op, test);
    const w = seed(made.node, 0);
    const { orders } = forwardDerivatives(made.node, made.tangents);
    const forward = evaluate([...orders, w], made.base);
    mixedDerivatives(made.node, w, made.active, made.tangents).forEach((mixtures, k) => {
      const expected = dot(forward[4]!, forward[k + 1]!);
      const names = Object.keys(mixtures);
      evaluate(Object.values(mixtures), made.base).forEach((value, i) => {
        expect(value).toHaveLength(1);
        expect(Math.abs(value[0]! - expected), `${names[i]!} of order ${k + 1}`).toBeLessThanOrEqual(
          agreement * Math.max(1, Math.abs(expected)),
        );
      });
    });
  });

  it.each(differentiable.filter(([, { test }]) => activeInputs(test).length > 1))(
    '%s: tangents of single inputs add up to the whole',
    (_, { op, test }) => {
      const { node, active, tangents, base } = make(createGraphFor(), op, test);
      const parts = active.map((x) => orZero(jvp([node], new Map([[x, tangents[0].get(x)!]]))[0], node));
      const whole = orZero(jvp([node], tangents[0])[0], node);
      for (const part of parts) expect(part.shape).toEqual(node.shape);
      const [total, ...values] = evaluate([whole, ...parts], base);
      const added = values.reduce((a, b) => moved(a, 1, b));
      expect(difference(added, total!)).toBeLessThanOrEqual(1e-13 * Math.max(1, largest(total!)));
    },
  );
});
