import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { directional } from '../../../src/graph/directional';
import { gradient } from '../../../src/graph/differentiate';
import { type Graph, type Node, reachable, type Shape } from '../../../src/graph/graph';
import { broadcastTo, mul, sum } from '../../../src/graph/ops';
import { evaluate } from '../../../src/graph/reference';
import { createGraph } from '../../../src/graph/table';
import { difference, largest, spread } from '../support/numbers';
import { createPlainGraph } from '../support/plainGraph';
import { buildExpression, type Instruction, instruction } from '../support/randomExpressions';

const inputShapes: readonly Shape[] = [[2, 3], [3, 2], [2, 1], [3], [], [2, 2, 3]];

function build(graph: Graph, program: readonly Instruction[]): { inputs: Node[]; results: Node[] } {
  const inputs = inputShapes.map((shape, i) => graph.input(`x${i}`, shape));
  const output = buildExpression(graph, inputs, program);
  const scalar = sum(mul(output, 0.5));
  const tangents = new Map(
    inputs.map((x, i) => [
      x,
      graph.constant(
        spread(
          x.shape.reduce((a, b) => a * b, 1),
          -1,
          1,
          i,
        ),
        x.shape,
      ),
    ]),
  );
  const stacked = new Map(inputs.map((x) => [x, broadcastTo(tangents.get(x)!, [2, ...x.shape])]));
  const { first, second } = directional(scalar, stacked, 2);
  const slopes = gradient(scalar, inputs);
  return { inputs, results: [output, ...slopes, ...(first ? [first] : []), ...(second ? [second] : [])] };
}

/** Values of the results, and the largest magnitude among all nodes on the way. */
function run({ inputs, results }: ReturnType<typeof build>): { values: Float64Array[]; scale: number } {
  const feeds = new Map(
    inputs.map((x, i) => [
      x,
      spread(
        x.shape.reduce((a, b) => a * b, 1),
        -1.5,
        1.5,
        100 + i,
      ),
    ]),
  );
  const nodes = reachable(results).filter((node) => node.op !== 'activation');
  return { values: evaluate(results, feeds), scale: Math.max(1, ...evaluate(nodes, feeds).map(largest)) };
}

describe('the simplifier', () => {
  it('keeps the values and derivatives of random expressions', () => {
    fc.assert(
      fc.property(fc.array(instruction, { minLength: 1, maxLength: 12 }), (program) => {
        const plain = build(createPlainGraph(), program);
        const simplified = build(createGraph(), program);
        expect(simplified.results.map((r) => r.shape).slice(0, 7)).toEqual(plain.results.map((r) => r.shape).slice(0, 7));
        const [expected, actual] = [run(plain), run(simplified)];
        // Both sides round differently; every operation's error is at most eps times the largest number on the way, and the
        // instructions have slopes of at most about ten, of which a dozen may follow each other on few paths only.
        const allowed = 1e-11 * expected.scale;
        for (let i = 0; i < 1 + inputShapes.length; i++)
          expect(difference(actual.values[i]!, expected.values[i]!), `result ${i}`).toBeLessThanOrEqual(allowed);
        // Directional derivatives may vanish on one side and be a tensor of zeros on the other.
        for (let i = 1 + inputShapes.length; i < 3 + inputShapes.length; i++) {
          const [a, b] = [actual.values[i] ?? [], expected.values[i] ?? []];
          const length = Math.max(a.length, b.length);
          const padded = (v: ArrayLike<number>): ArrayLike<number> => (v.length > 0 ? v : new Float64Array(length));
          expect(difference(padded(a), padded(b)), `directional ${i}`).toBeLessThanOrEqual(allowed);
        }
      }),
      { seed: 20240229, numRuns: 400 },
    );
  });
});
