import { describe, expect, it } from 'vitest';
import { jvp } from '../../../src/graph/differentiate';
import { directional } from '../../../src/graph/directional';
import type { Graph, Node } from '../../../src/graph/graph';
import { add, concat, exp, expandDims, matMul, mul, square, sum, unary } from '../../../src/graph/ops';
import { evaluate } from '../../../src/graph/reference';
import { createGraph } from '../../../src/graph/table';
import { orZero, tangentsOf } from '../support/caseDerivatives';
import { centralDifference, derivativeError } from '../support/finiteDifferences';
import { difference, moved } from '../support/numbers';
import { createPlainGraph } from '../support/plainGraph';
import { activeInputs, inputNodes, type PrimitiveCase } from '../support/primitiveCase';
import { allCases } from '../support/primitiveCases';

const size = 2;

/** The case behind a mild non-linearity u = x + x^2/16, so that it meets second derivatives as well as first ones. */
function bent(graph: Graph, op: Node['op'], test: PrimitiveCase) {
  const inputs = inputNodes(graph, test);
  const chosen = new Set(activeInputs(test));
  const nodes = inputs.map((x, i) => (chosen.has(i) ? add(x, mul(square(x), 1 / 16)) : x));
  return { inputs, active: inputs.filter((_, i) => chosen.has(i)), output: graph.emit(op, nodes, test.attrs) };
}

describe('directional', () => {
  it.each(allCases.filter(([, { test }]) => activeInputs(test).length > 0))(
    '%s: first derivatives and the sum of the second ones are central differences',
    (_, { op, test }) => {
      for (const createGraphFor of [createPlainGraph, createGraph]) {
        const graph = createGraphFor();
        const { inputs, active, output } = bent(graph, op, test);
        const tangents = [tangentsOf(active, 1), tangentsOf(active, 2)];
        const stacked = new Map(
          active.map((x) => [
            x,
            concat(
              tangents.map((t) => expandDims(t.get(x)!, 0)),
              0,
            ),
          ]),
        );
        const { first, second } = directional(output, stacked, size);
        if (first) expect(first.shape).toEqual([size, ...output.shape]);
        if (second) expect(second.shape).toEqual(output.shape);

        const base = new Map<Node, ArrayLike<number>>(inputs.map((x, i) => [x, test.inputs[i]!.values]));
        const at = (k: number, e: number): Map<Node, ArrayLike<number>> => {
          const feeds = new Map(base);
          for (const x of active) feeds.set(x, moved(base.get(x)!, e, (tangents[k]!.get(x) as Node<'constant'>).attrs.data));
          return feeds;
        };
        const count = output.shape.reduce((a, b) => a * b, 1);
        const firstValue = first ? evaluate([first], base)[0]! : new Float64Array(size * count);
        const secondValue = second ? evaluate([second], base)[0]! : new Float64Array(count);
        const total = new Float64Array(count);
        for (let k = 0; k < size; k++) {
          const slope = orZero(jvp([output], tangents[k]!)[0], output);
          const part = firstValue.subarray(k * count, (k + 1) * count);
          expect(
            derivativeError(part, (e) => evaluate([output], at(k, e))[0]!),
            `direction ${k}`,
          ).toBeLessThanOrEqual(1);
          centralDifference((e) => evaluate([slope], at(k, e))[0]!).forEach((v, i) => {
            total[i]! += v;
          });
        }
        // The sum of two differences, each good to 1e-9 of its size (see finiteDifferences.ts).
        expect(difference(secondValue, total)).toBeLessThanOrEqual(2e-8 * Math.max(1, ...total.map(Math.abs)));
      }
    },
  );

  it('gives gradient and Laplacian of a function whose derivatives are known', () => {
    // f = sum_j exp(a_j . x): gradient sum_j a_j exp, Laplacian sum_j |a_j|^2 exp.
    const graph = createGraph();
    const x = graph.input('x', [2, 3]);
    const rows = [
      [1, -0.5],
      [0.3, 0.8],
      [-0.2, 0.4],
    ];
    const output = sum(exp(matMul(x, graph.constant(rows.flat(), [3, 2]))), 1);
    const identity = graph.constant([1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1], [3, 2, 3]);
    const { first, second } = directional(output, new Map([[x, identity]]), 3);
    const point = [0.5, -1, 0.25, 1.5, 0.75, -2];
    const [slope, laplacian] = evaluate([first!, second!], new Map([[x, point]]));
    for (let n = 0; n < 2; n++) {
      const e = [0, 1].map((j) => Math.exp(rows.reduce((t, a, i) => t + a[j]! * point[3 * n + i]!, 0)));
      const expected = rows.map((a) => a[0]! * e[0]! + a[1]! * e[1]!);
      expected.forEach((v, i) => {
        expect(slope![2 * i + n]).toBeCloseTo(v, 12);
      });
      const squares = [0, 1].map((j) => rows.reduce((t, a) => t + a[j]! ** 2, 0));
      expect(laplacian![n]).toBeCloseTo(squares[0]! * e[0]! + squares[1]! * e[1]!, 12);
    }
  });

  it('keeps a tangent apart that is the same node as a value', () => {
    // y = exp(x), and the direction is exp(x) too: d/de exp(x + e v) = v exp(x), d2 = v^2 exp(x), v held fixed.
    const graph = createGraph();
    const x = graph.input('x', [1]);
    const v = exp(x);
    const { first, second } = directional(mul(v, v), new Map([[x, expandDims(v, 0)]]), 1);
    const [slope, curvature] = evaluate([first!, second!], new Map([[x, [0.3]]]));
    const e = Math.exp(0.3);
    expect(slope![0]).toBeCloseTo(2 * e ** 3, 12);
    expect(curvature![0]).toBeCloseTo(4 * e ** 4, 12);
  });

  it('is undefined where the output does not depend on the inputs', () => {
    const graph = createGraph();
    const x = graph.input('x', [2]);
    const y = graph.input('y', [2]);
    const direction = new Map([[x, graph.constant([1, 0], [1, 2])]]);
    expect(directional(exp(y), direction, 1)).toEqual({ first: undefined, second: undefined });
    expect(directional(unary('floor', x), direction, 1)).toEqual({ first: undefined, second: undefined });
  });
});
