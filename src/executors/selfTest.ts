/** Every executor must get a small exact score-matching problem right before it is used: value, derivatives and loop. */

import { gradient } from '../graph/differentiate';
import { directional } from '../graph/directional';
import type { Node } from '../graph/graph';
import {
  activation,
  add,
  broadcastTo,
  concat,
  gather,
  matMul,
  mean,
  mul,
  reduceMax,
  reshape,
  select,
  less,
  square,
  sub,
  sum,
} from '../graph/ops';
import { evaluate } from '../graph/reference';
import { createGraph } from '../graph/table';
import type { Executor, LoopProgram } from './executor';
import { ExecutorError } from './executor';

const rows = 5;
const width = 4;
const steps = 3;
/** Relative to the largest value: a few hundred roundings of float32. */
const tolerance = 1e-4;

/** Numbers that are spread over (-1, 1) without a pattern; no generator needed. */
function spread(count: number, offset: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => Math.sin(12.9898 * (i + 1) + offset));
}

interface TestProblem {
  readonly loop: LoopProgram;
  readonly inputs: readonly Node<'input'>[];
  readonly state: readonly Float32Array[];
  readonly perStep: readonly Float32Array[];
}

/** Gradient descent on exact score matching of a network that passes through every family of primitives. */
function testProblem(): TestProblem {
  const graph = createGraph();
  const x = graph.input('x', [rows, 2]);
  const w1 = graph.input('w1', [2, width]);
  const w2 = graph.input('w2', [width, width]);
  const h = activation('swish', matMul(x, w1));
  const g = activation('softplus', matMul(activation('tanh', matMul(h, w2)), w2));
  const mixed = concat([g, activation('elu', h)], 1);
  const chosen = gather(mixed, graph.constant([5, 0, 3, 0], [4], 'int32'), 1);
  const largest = reshape(reduceMax(h, 1, true), [rows]);
  const energy = add(sum(square(chosen), 1), select(less(largest, 0), mul(largest, 0.5), square(largest)));
  const identity = broadcastTo(graph.constant([1, 0, 0, 1], [2, 1, 2]), [2, rows, 2]);
  const { first, second } = directional(energy, new Map([[x, identity]]), 2);
  const loss = mean(sub(mul(sum(square(first!), 0), 0.5), second!));
  const [g1, g2] = gradient(loss, [w1, w2]) as [Node, Node];
  const descend = (w: Node, slope: Node): Node => sub(w, mul(slope, 0.01));
  return {
    loop: {
      state: [
        { input: w1, next: descend(w1, g1) },
        { input: w2, next: descend(w2, g2) },
      ],
      perStep: [x],
      records: [loss],
    },
    inputs: [w1, w2, x],
    state: [spread(2 * width, 0.3), spread(width * width, 1.7)],
    perStep: [spread(steps * rows * 2, 2.9)],
  };
}

interface Expected {
  readonly state: Float64Array[];
  readonly losses: number[];
}

function expectedOf({ loop, inputs, state, perStep }: TestProblem): Expected {
  let current: Float64Array[] = state.map((s) => Float64Array.from(s));
  const losses: number[] = [];
  for (let k = 0; k < steps; k++) {
    const x = perStep[0]!.subarray(k * rows * 2, (k + 1) * rows * 2);
    const feeds = new Map<Node, ArrayLike<number>>([...current, x].map((values, i) => [inputs[i]!, values]));
    const results = evaluate([...loop.state.map(({ next }) => next), ...loop.records], feeds);
    current = results.slice(0, 2);
    losses.push(results[2]![0]!);
  }
  return { state: current, losses };
}

/** Largest difference relative to the largest expected value; infinite where anything is not a number. */
export function relativeError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let [difference, scale] = [0, 0];
  for (let i = 0; i < expected.length; i++) {
    const d = Math.abs(actual[i]! - expected[i]!);
    if (Number.isNaN(d)) return Infinity;
    difference = Math.max(difference, d);
    scale = Math.max(scale, Math.abs(expected[i]!));
  }
  if (actual.length !== expected.length) return Infinity;
  return difference === 0 ? 0 : difference / scale;
}

let cached: { readonly problem: TestProblem; readonly expected: Expected } | undefined;

/** Largest relative error of the executor on the test problem. */
export async function selfTestError(executor: Executor): Promise<number> {
  const problem = cached?.problem ?? testProblem();
  const expected = cached?.expected ?? expectedOf(problem);
  cached = { problem, expected };
  const loop = await executor.compileLoop(problem.loop);
  const looped = await loop.run(steps, problem.state, problem.perStep);
  await loop.dispose();
  const single = await executor.compile({ inputs: problem.inputs, outputs: problem.loop.records });
  const [loss] = await single.run([...problem.state, problem.perStep[0]!.subarray(0, rows * 2)]);
  await single.dispose();
  return Math.max(
    relativeError(looped.records[0]!, expected.losses),
    relativeError(loss!, expected.losses.slice(0, 1)),
    ...looped.state.map((values, i) => relativeError(values, expected.state[i]!)),
  );
}

/** @throws ExecutorError('wrong-results') where the executor misses the float64 reference. */
export async function selfTest(executor: Executor): Promise<number> {
  const error = await selfTestError(executor);
  if (!(error <= tolerance)) {
    throw new ExecutorError(
      executor.id,
      'wrong-results',
      `${executor.id} (${executor.detail}) failed its self-test: off by ${error.toExponential(1)} relative to float64, ${tolerance} allowed; choose another executor`,
    );
  }
  return error;
}
