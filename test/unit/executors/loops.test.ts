import { memory } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import type { LoopProgram } from '../../../src/executors/executor';
import { relativeError } from '../../../src/executors/selfTest';
import type { Node } from '../../../src/graph/graph';
import { add, exp, matMul, mul, neg, reduceMax, sub, sum, transpose, unary } from '../../../src/graph/ops';
import { evaluate } from '../../../src/graph/reference';
import { createGraph } from '../../../src/graph/table';
import { executorOf, requiredExecutors } from '../support/executors';
import { spread } from '../support/numbers';

const steps = 5;

/** A loop with every awkward part: a state that stays, one that is replaced by an input, records that are states and constants. */
function testLoop() {
  const graph = createGraph();
  const w = graph.input('w', [3, 2]);
  const scale = graph.input('scale', []);
  const last = graph.input('last', [4, 3]);
  const x = graph.input('x', [4, 3]);
  const rate = graph.input('rate', [1]);
  const h = unary('tanh', matMul(mul(x, scale), w));
  const next = sub(w, mul(matMul(transpose(x), h), rate));
  const loop: LoopProgram = {
    state: [
      { input: w, next },
      { input: scale, next: scale },
      { input: last, next: x },
    ],
    perStep: [x, rate],
    records: [sum(exp(neg(h))), reduceMax(add(last, x), 1), w, graph.constant([1, 2], [2]), next, next],
  };
  const state = [spread(6, -1, 1, 1), [0.75], spread(12, -1, 1, 2)].map((v) => Float32Array.from(v));
  const perStep = [spread(12 * steps, -1, 1, 3), spread(steps, 0.05, 0.2, 4)].map((v) => Float32Array.from(v));
  return { loop, state, perStep };
}

/** The inputs of steps from, from + 1, ... */
function rows(loop: LoopProgram, perStep: readonly Float32Array[], from: number, count: number): Float32Array[] {
  return loop.perStep.map((node, i) => {
    const size = node.shape.reduce((a, b) => a * b, 1);
    return perStep[i]!.slice(from * size, (from + count) * size);
  });
}

function reference({ loop, state, perStep }: ReturnType<typeof testLoop>): { state: Float64Array[]; records: number[][] } {
  let current: Float64Array[] = state.map((s) => Float64Array.from(s));
  const records: number[][] = loop.records.map(() => []);
  for (let k = 0; k < steps; k++) {
    const fed = rows(loop, perStep, k, 1);
    const feeds = new Map<Node, ArrayLike<number>>([
      ...loop.state.map(({ input }, i): [Node, ArrayLike<number>] => [input, current[i]!]),
      ...loop.perStep.map((node, i): [Node, ArrayLike<number>] => [node, fed[i]!]),
    ]);
    const results = evaluate([...loop.state.map(({ next }) => next), ...loop.records], feeds);
    current = results.slice(0, loop.state.length);
    records.forEach((record, i) => record.push(...results[loop.state.length + i]!));
  }
  return { state: current, records };
}

describe.each(requiredExecutors)('loops on %s', (id) => {
  it('give what float64 gives step by step', async () => {
    const test = testLoop();
    const expected = reference(test);
    const compiled = await (await executorOf(id)).compileLoop(test.loop);
    const result = await compiled.run(steps, test.state, test.perStep);
    await compiled.dispose();
    expect(result.records).toHaveLength(test.loop.records.length);
    // Five steps of some ten roundings each, relative to the largest entry.
    expected.state.forEach((values, i) => expect(relativeError(result.state[i]!, values), `state ${i}`).toBeLessThanOrEqual(1e-5));
    expected.records.forEach((values, i) => expect(relativeError(result.records[i]!, values), `record ${i}`).toBeLessThanOrEqual(1e-5));
  });

  it('are single steps, repeated: bit for bit, however they are cut', async () => {
    const { loop, state, perStep } = testLoop();
    const compiled = await (await executorOf(id)).compileLoop(loop);
    const whole = await compiled.run(steps, state, perStep);
    for (const cut of [
      [1, 1, 1, 1, 1],
      [2, 3],
    ]) {
      let current: Float32Array[] = state;
      let from = 0;
      const records: number[][] = loop.records.map(() => []);
      for (const count of cut) {
        const part = await compiled.run(count, current, rows(loop, perStep, from, count));
        current = part.state;
        part.records.forEach((values, i) => records[i]!.push(...values));
        from += count;
      }
      expect(current).toEqual(whole.state);
      expect(records).toEqual(whole.records.map((r) => [...r]));
    }
    await compiled.dispose();
  });

  it('leave what they are given as it was', async () => {
    const { loop, state, perStep } = testLoop();
    const [stateBefore, perStepBefore] = [state.map((s) => s.slice()), perStep.map((s) => s.slice())];
    const compiled = await (await executorOf(id)).compileLoop(loop);
    const { state: first } = await compiled.run(2, state, perStep);
    const kept = first.map((s) => s.slice());
    await compiled.run(2, first, perStep);
    await compiled.dispose();
    expect([state, perStep, first]).toEqual([stateBefore, perStepBefore, kept]);
  });
});

describe.each(requiredExecutors.filter((id) => id.startsWith('tfjs')))('memory of %s', (id) => {
  it('does not grow over runs, and is given back with the program', async () => {
    const { loop, state, perStep } = testLoop();
    const executor = await executorOf(id);
    const before = memory().numTensors;
    const compiled = await executor.compileLoop(loop);
    const program = await executor.compile({ inputs: loop.perStep, outputs: [loop.perStep[0]!, exp(loop.perStep[0]!), loop.records[3]!] });
    const held = memory().numTensors;
    for (let i = 0; i < 3; i++) {
      await compiled.run(steps, state, perStep);
      await program.run(rows(loop, perStep, 0, 1));
      expect(memory().numTensors).toBe(held);
    }
    await compiled.dispose();
    await program.dispose();
    expect(memory().numTensors).toBe(before);
  });
});

describe('ONNX Runtime', () => {
  it('gives the same bits twice, also from a new session', async () => {
    const { loop, state, perStep } = testLoop();
    const executor = await executorOf('onnx');
    const results = [];
    for (let session = 0; session < 2; session++) {
      const compiled = await executor.compileLoop(loop);
      results.push(await compiled.run(steps, state, perStep), await compiled.run(steps, state, perStep));
      await compiled.dispose();
    }
    for (const result of results) expect(result).toEqual(results[0]);
  });

  it('takes integers and booleans as inputs of programs and loops', async () => {
    const graph = createGraph();
    const [i, b] = [graph.input('i', [3], 'int32'), graph.input('b', [3], 'bool')];
    const y = graph.emit('select', [b, graph.emit('cast', [i], { dtype: 'float32' }), graph.constant(0.5)], {});
    const executor = await executorOf('onnx');
    const program = await executor.compile({ inputs: [i, b], outputs: [y, i, b] });
    expect(await program.run([Float32Array.of(1, -2, 3), Float32Array.of(1, 1, 0)])).toEqual([
      Float32Array.of(1, -2, 0.5),
      Float32Array.of(1, -2, 3),
      Float32Array.of(1, 1, 0),
    ]);
    const loop = await executor.compileLoop({ state: [{ input: i, next: add(i, i) }], perStep: [b], records: [y] });
    const { state, records } = await loop.run(2, [Float32Array.of(1, 2, 3)], [Float32Array.of(1, 0, 1, 0, 1, 0)]);
    expect(state).toEqual([Float32Array.of(4, 8, 12)]);
    expect(records).toEqual([Float32Array.of(1, 0.5, 3, 0.5, 4, 0.5)]);
    await program.dispose();
    await loop.dispose();
  });

  it('names itself where it refuses a model', async () => {
    const graph = createGraph();
    const executor = await executorOf('onnx');
    const bad = graph.emit('sum', [graph.input('b', [3], 'bool')], { axes: [-1] });
    await expect(executor.compile({ inputs: [bad.inputs[0] as Node<'input'>], outputs: [bad] })).rejects.toMatchObject({
      name: 'ExecutorError',
      reason: 'failed',
      message: expect.not.stringContaining('\n'),
    });
  });
});
