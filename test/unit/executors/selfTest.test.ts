import { describe, expect, it } from 'vitest';
import type { CompiledLoop, CompiledProgram, Executor } from '../../../src/executors/executor';
import { relativeError, selfTest, selfTestError } from '../../../src/executors/selfTest';
import { add } from '../../../src/graph/ops';
import { createGraph } from '../../../src/graph/table';
import { executorOf } from '../support/executors';

/** An executor that spoils what a right one computes. */
function spoilt(
  right: Executor,
  spoil: { program?: (p: CompiledProgram) => CompiledProgram; loop?: (l: CompiledLoop) => CompiledLoop },
): Executor {
  return {
    id: right.id,
    detail: 'spoilt',
    compile: async (program) => (spoil.program ?? ((p) => p))(await right.compile(program)),
    compileLoop: async (loop) => (spoil.loop ?? ((l) => l))(await right.compileLoop(loop)),
    dispose: () => right.dispose(),
  };
}

const scaled = (values: Float32Array[], factor: number): Float32Array[] => values.map((v) => v.map((x) => x * factor));

type Loop = (loop: CompiledLoop) => CompiledLoop;

/** Every step starts from the first state. */
const forgetful: Loop = (loop) => ({
  ...loop,
  async run(steps, state, perStep) {
    const size = perStep[0]!.length / steps;
    const parts = [];
    for (let k = 0; k < steps; k++) parts.push(await loop.run(1, state, [perStep[0]!.slice(k * size, (k + 1) * size)]));
    return { state: parts[steps - 1]!.state, records: [Float32Array.from(parts.map(({ records }) => records[0]![0]!))] };
  },
});

const wrong: readonly [string, Parameters<typeof spoilt>[1]][] = [
  ['scales the outputs of programs by 1.01', { program: (p) => ({ ...p, run: async (inputs) => scaled(await p.run(inputs), 1.01) }) }],
  [
    'scales the states of loops by 1.01',
    { loop: (l) => ({ ...l, run: async (...args) => ({ ...(await l.run(...args)), state: scaled((await l.run(...args)).state, 1.01) }) }) },
  ],
  [
    'scales the records of loops by 1.01',
    {
      loop: (l) => ({
        ...l,
        run: async (...args) => ({ ...(await l.run(...args)), records: scaled((await l.run(...args)).records, 1.01) }),
      }),
    },
  ],
  ['drops the update of the state between steps', { loop: forgetful }],
  [
    'does not update the state at all',
    { loop: (l) => ({ ...l, run: async (n, state, fed) => ({ ...(await l.run(n, state, fed)), state: [...state] }) }) },
  ],
  [
    'feeds the first row in every step',
    { loop: (l) => ({ ...l, run: (n, state, [x]) => l.run(n, state, [Float32Array.from(x!, (_, i) => x![i % (x!.length / n)]!)]) }) },
  ],
  ['gives NaN', { program: (p) => ({ ...p, run: async (inputs) => scaled(await p.run(inputs), NaN) }) }],
  [
    'gives too few records',
    { loop: (l) => ({ ...l, run: async (...args) => ({ ...(await l.run(...args)), records: [Float32Array.of()] }) }) },
  ],
];

describe('the self-test', () => {
  it('passes a right executor with an error of float32', async () => {
    const error = await selfTest(await executorOf('onnx'));
    expect(error).toBeGreaterThan(0);
    expect(error).toBeLessThan(1e-5);
  });

  it.each(wrong)('refuses an executor that %s', async (_, spoil) => {
    const executor = spoilt(await executorOf('onnx'), spoil);
    expect(await selfTestError(executor)).toBeGreaterThan(1e-3);
    await expect(selfTest(executor)).rejects.toMatchObject({
      name: 'ExecutorError',
      reason: 'wrong-results',
      executor: 'onnx',
      message: expect.stringMatching(/^onnx \(spoilt\) failed its self-test: .*choose another executor$/),
    });
  });

  it('measures errors relative to the largest value', () => {
    expect(relativeError([1, 2.5], [1, 2])).toBe(0.25);
    expect(relativeError([NaN, 2], [1, 2])).toBe(Infinity);
    expect(relativeError([1], [1, 2])).toBe(Infinity);
  });
});

describe('an error of a device that does not throw', () => {
  it('makes the results void: the executor refuses to hand them out', async () => {
    const tf = await import('@tensorflow/tfjs-core');
    await import('@tensorflow/tfjs-backend-cpu');
    const { TfjsExecutor } = await import('../../../src/executors/tfjs/tfjsExecutor');
    const fault: { message: string | undefined } = { message: undefined };
    const executor = new TfjsExecutor('tfjs-cpu', 'a device', tf, 'cpu', {
      begin: () => undefined,
      end: () => Promise.resolve(fault.message),
    });
    const graph = createGraph();
    const x = graph.input('x', [2]);
    const program = await executor.compile({ inputs: [x], outputs: [add(x, 1)] });
    const loop = await executor.compileLoop({ state: [{ input: x, next: add(x, 1) }], perStep: [], records: [] });
    expect([...(await program.run([Float32Array.of(1, 2)]))[0]!]).toEqual([2, 3]);
    fault.message = 'shader does not compile\nmore';
    const refusal = {
      name: 'ExecutorError',
      reason: 'failed',
      message: expect.stringContaining('reported an error: shader does not compile;') as string,
    };
    await expect(program.run([Float32Array.of(1, 2)])).rejects.toMatchObject(refusal);
    await expect(loop.run(1, [Float32Array.of(1, 2)], [])).rejects.toMatchObject(refusal);
  });
});
