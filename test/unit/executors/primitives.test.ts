import { beforeAll, describe, expect, it } from 'vitest';
import type { ActivationFunction, Node, PrimitiveName } from '../../../src/graph/graph';
import type { ExecutorId } from '../../../src/executors/executor';
import { activation } from '../../../src/graph/ops';
import { evaluate } from '../../../src/graph/reference';
import { nestedGradients, seed, tangentsOf } from '../support/caseDerivatives';
import { executorOf, requiredExecutors } from '../support/executors';
import { activationFormulas } from '../support/elementwiseCases';
import { difference, largest } from '../support/numbers';
import { createPlainGraph } from '../support/plainGraph';
import { activeInputs, inputNodes } from '../support/primitiveCase';
import { allCases } from '../support/primitiveCases';

/** One output with what it is. */
interface Output {
  readonly op: PrimitiveName;
  readonly title: string;
  readonly node: Node;
}

const saturating = [-40, -20, -6, -1, -0.25, 0, 0.25, 1, 6, 20, 40];

/**
 * All cases of all primitives, with derivatives to third order by nested reverse passes, as one program: a device compiles and
 * starts once. Without the simplifier, so that every primitive is executed as what it is.
 */
function program() {
  const graph = createPlainGraph();
  const inputs: Node<'input'>[] = [];
  const values: number[][] = [];
  const outputs: Output[] = [];
  for (const [title, { op, test }] of allCases) {
    const nodes = inputNodes(graph, test);
    inputs.push(...nodes);
    values.push(...test.inputs.map((x) => [...x.values]));
    const node = graph.emit(op, nodes, test.attrs);
    outputs.push({ op, title, node });
    const active = activeInputs(test).map((i) => nodes[i]!);
    if (active.length === 0) continue;
    nestedGradients(node, seed(node, 0), active, [tangentsOf(active, 1), tangentsOf(active, 2)]).forEach((gradients, k) => {
      gradients.forEach((slope, i) => outputs.push({ op, title: `${title}, derivative ${k + 1} in input ${i}`, node: slope }));
    });
  }
  const x = graph.input('saturating', [saturating.length]);
  inputs.push(x);
  values.push(saturating);
  for (const fn of Object.keys(activationFormulas) as ActivationFunction[]) {
    for (let order = 0; order <= 4; order++)
      outputs.push({ op: 'activation', title: `${fn}, order ${order}, saturated`, node: activation(fn, x, order, 0.2) });
  }
  return { inputs, values, outputs };
}

const { inputs, values, outputs } = program();
const expected = evaluate(
  outputs.map(({ node }) => node),
  new Map(inputs.map((x, i) => [x, values[i]!])),
);

/**
 * Relative to the largest entry of an output. float32 rounds to 6e-8; a third derivative multiplies and adds some tens of
 * rounded factors that cancel by up to a factor of ten or so: 6e-8 * 50 * 10 = 3e-5, and room for three times that.
 */
const float32Tolerance = 1e-4;

/** WGSL lets sin and cos be off by 2^-11 on [-pi, pi] (W3C, "WebGPU Shading Language", section on accuracy); devices make use of it. */
const shaderTrigonometry = 2 ** -11;

function toleranceOf(id: ExecutorId, op: PrimitiveName): number {
  return id.endsWith('webgpu') && (op === 'sin' || op === 'cos' || op === 'tan') ? shaderTrigonometry : float32Tolerance;
}

describe.each(requiredExecutors)('%s', (id) => {
  let results: Float32Array[] = [];

  beforeAll(async () => {
    const executor = await executorOf(id);
    const compiled = await executor.compile({ inputs, outputs: outputs.map(({ node }) => node) });
    results = await compiled.run(values.map((v) => Float32Array.from(v)));
    await compiled.dispose();
  }, 120_000);

  it.each(outputs.map(({ title }, i) => [title, i] as const))('%s', (_, i) => {
    const scale = Math.max(largest(expected[i]!), 1e-3);
    expect(Number.isFinite(scale)).toBe(true);
    expect(difference(results[i]!, expected[i]!) / scale).toBeLessThanOrEqual(toleranceOf(id, outputs[i]!.op));
  });
});
