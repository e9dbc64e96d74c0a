/** Traces functions in the test's own process, and compares them with tfjs on values. */

import * as tf from '@tensorflow/tfjs';
import { expect } from 'vitest';
import { bindProgram } from '../../../src/energy/bind';
import { registerTraceBackend, traceBackendName } from '../../../src/energy/trace/backend';
import { Chance } from '../../../src/energy/trace/chance';
import { Locator } from '../../../src/energy/trace/position';
import { TraceSession } from '../../../src/energy/trace/session';
import type { TraceEnvironment } from '../../../src/energy/trace/traceFunction';
import { unify } from '../../../src/energy/trace/unify';
import type { Node } from '../../../src/graph/graph';
import { evaluate } from '../../../src/graph/reference';
import { createGraph } from '../../../src/graph/table';
import { Random } from '../../../src/shared/random';

const backend = registerTraceBackend();
await tf.setBackend(traceBackendName);

/** For mistakes in functions of the file with this name. */
export function environmentFor(file: string): TraceEnvironment {
  return { backend, locator: new Locator(file), chance: new Chance(new Random(1)) };
}

/** A function of x [n, dim] to compare. */
export interface Comparison {
  readonly dim: number;
  readonly run: (x: tf.Tensor2D) => tf.Tensor;
}

interface Traced {
  readonly rows: number;
  readonly session: TraceSession;
  readonly graph: TraceSession['graph'];
  readonly x: Node;
  readonly inputs: { name: string; node: Node }[];
  readonly output: Node;
}

/** Traces with one number of rows. */
export function traceAt({ dim, run }: Comparison, rows: number): Traced {
  const session = new TraceSession({
    locator: new Locator('traceHarness'),
    rows,
    trainable: false,
    readValue: (tensor) => backend.readSync(tensor.dataId) as ArrayLike<number>,
  });
  backend.session = session;
  try {
    const x = backend.input(session, 'x', [rows, dim]);
    const output = session.nodeOf(run(x.tensor as tf.Tensor2D));
    return { rows, session, graph: session.graph, x: x.node, inputs: [{ name: 'x', node: x.node }], output };
  } finally {
    backend.session = undefined;
  }
}

function points(rows: number, dim: number): Float32Array {
  const out = new Float32Array(rows * dim);
  new Random(rows).fillNormal(out);
  return out;
}

function expectClose(node: Node, x: Node, values: Float32Array, rows: number, comparison: Comparison): void {
  const expected = comparison.run(tf.tensor2d(values, [rows, comparison.dim]));
  expect(node.shape).toEqual(expected.shape);
  expect(node.dtype).toBe(expected.dtype);
  const [actual] = evaluate([node], new Map([[x, values]]));
  const wanted = expected.dataSync();
  for (let i = 0; i < wanted.length; i++) {
    const [a, b] = [actual![i]!, wanted[i]!];
    if (Math.abs(a - b) <= 2e-5 * Math.max(1, Math.abs(b)) || Object.is(a, b)) continue;
    expect.fail(`element ${i} is ${a}, but tfjs says ${b}`);
  }
}

/**
 * Expects the traced function to be what tfjs computes: at both numbers of rows of a trace, and built for another number.
 *
 * @returns the kernels that were recorded
 */
export function expectSameAsTfjs(comparison: Comparison): ReadonlySet<string> {
  const [a, b] = [traceAt(comparison, 19), traceAt(comparison, 23)];
  for (const traced of [a, b]) expectClose(traced.output, traced.x, points(traced.rows, comparison.dim), traced.rows, comparison);
  const program = unify(a, b);
  for (const rows of [1, 4]) {
    const graph = createGraph();
    const x = graph.input('x', [rows, comparison.dim]);
    const [output] = bindProgram(graph, program, rows, [x]);
    expectClose(output!, x, points(rows, comparison.dim), rows, comparison);
  }
  return a.session.kernels;
}
