import { createRequire } from 'node:module';
import { env } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import type { RememberedChoice } from '../../../src/executors/choiceMemory';
import { chooseExecutor } from '../../../src/executors/choose';
import { costFingerprint } from '../../../src/executors/fingerprint';
import { openExecutor } from '../../../src/executors/open';
import { ExecutorError, type ExecutorId, executorIds } from '../../../src/executors/executor';
import { mul, square, sub, sum } from '../../../src/graph/ops';
import { createGraph } from '../../../src/graph/table';
import { requiredExecutors, softwareDevice } from '../support/executors';

function tensorflowInstalled(): boolean {
  const { resolve } = createRequire(import.meta.url);
  return ['@tensorflow/tfjs-node', '@tensorflow/tfjs-node-gpu'].some((name) => {
    try {
      return resolve(name) !== '';
    } catch {
      return false;
    }
  });
}

const known = new Map<ExecutorId, ReturnType<typeof openExecutor>>();

/** What `openExecutor` gives, asked for once: a software device takes seconds. */
function opened(id: ExecutorId): ReturnType<typeof openExecutor> {
  const opening = known.get(id) ?? openExecutor(id);
  known.set(id, opening);
  return opening;
}

describe('executors of this machine', () => {
  it.each(requiredExecutors)('%s opens and passes its self-test', async (id) => {
    const { executor, selfTestError } = await opened(id);
    expect(executor.id).toBe(id);
    expect(executor.detail).toMatch(/\d+\.\d+\.\d+/);
    // Not exactly zero: that would be the reference compared with itself.
    expect(selfTestError).toBeGreaterThan(0);
    expect(selfTestError).toBeLessThan(1e-5);
  });

  it.each(executorIds.filter((id) => !requiredExecutors.includes(id)))('%s opens, or is refused with a reason in one line', async (id) => {
    const outcome = await openExecutor(id).catch((error: unknown) => error);
    if (!(outcome instanceof Error)) return;
    expect(outcome).toBeInstanceOf(ExecutorError);
    expect(outcome).toMatchObject({ executor: id, reason: expect.stringMatching(/^(absent|no-device|wrong-results|failed)$/) });
    expect(outcome.message).not.toContain('\n');
    expect(outcome.message).toMatch(/choose /);
  });

  it('tfjs does not run in its test mode, in which it notes every kernel and never forgets', async () => {
    await opened('tfjs-wasm');
    expect(env().getBool('IS_TEST')).toBe(false);
    expect(env().getBool('PROD')).toBe(true);
  });

  it('tfjs-tensorflow is refused as absent where it is not installed', async () => {
    if (tensorflowInstalled()) return;
    await expect(openExecutor('tfjs-tensorflow')).rejects.toMatchObject({
      name: 'ExecutorError',
      executor: 'tfjs-tensorflow',
      reason: 'absent',
    });
  });

  it.runIf(softwareDevice).each(['tfjs-webgpu', 'onnx-webgpu'] as const)('%s says that its device is software', async (id) => {
    expect((await opened(id)).executor.detail).toMatch(/software/i);
  });

  it.runIf(softwareDevice)('tfjs-webgpu does not compute small tensors on the CPU', async () => {
    await opened('tfjs-webgpu');
    expect(env().getBool('WEBGPU_CPU_FORWARD')).toBe(false);
  });
});

describe('the choice of an executor', () => {
  const graph = createGraph();
  const x = graph.input('x', [4]);
  const y = graph.input('y', [4]);
  const loop = { state: [{ input: x, next: sub(x, y) }], perStep: [y], records: [sum(square(x))] };
  const inputs = { state: [Float32Array.of(1, 2, 3, 4)], perStep: (steps: number) => [new Float32Array(4 * steps).fill(0.1)] };

  it('auto measures hardware and says what it found; software WebGPU is no candidate', async () => {
    const { executor, candidates } = await chooseExecutor('auto', loop, inputs);
    const measured = candidates.filter(({ stepsPerSecond }) => stepsPerSecond !== undefined);
    expect(measured.map(({ name }) => name.split(' ')[0])).toEqual(expect.arrayContaining(['onnx']));
    const fastest = measured.reduce((a, b) => (a.stepsPerSecond! >= b.stepsPerSecond! ? a : b));
    expect(executor.id).toBe(fastest.name.split(' ')[0]);
    const threads = /\((\d+) thread/.exec(fastest.name)?.[1];
    if (threads !== undefined) expect(executor.detail).toContain(`${threads} thread`);
    if (softwareDevice && process.env['VK_ICD_FILENAMES']?.includes('swiftshader')) {
      expect(new Set(candidates.map(({ name }) => name.split(' ')[0]))).toEqual(new Set(['onnx']));
    }
    await executor.dispose();
  });

  it('a choice that is remembered is taken with its figures, and not measured again', async () => {
    const kept = new Map<string, RememberedChoice>();
    const memory = { recall: (key: string) => kept.get(key), keep: (key: string, choice: RememberedChoice) => void kept.set(key, choice) };
    const first = await chooseExecutor('auto', loop, inputs, { memory });
    expect([first.measuredAt, kept.size]).toEqual([undefined, 1]);
    const refusing = { state: inputs.state, perStep: () => expect.fail('nothing is to be measured') };
    const second = await chooseExecutor('auto', loop, refusing, { memory });
    expect(second.candidates).toEqual(first.candidates);
    expect([second.executor.detail, second.measuredAt]).toEqual([first.executor.detail, [...kept.values()][0]!.measuredAt]);
    expect((await second.loop.run(1, inputs.state, inputs.perStep(1))).records).toEqual([Float32Array.of(30)]);
    for (const chosen of [first, second]) await chosen.executor.dispose();
  });

  it('a remembered executor that is gone is chosen anew', async () => {
    const gone: RememberedChoice = { id: 'tfjs-tensorflow', threads: 1, candidates: [], measuredAt: '2026-01-01T00:00:00Z' };
    const known = await opened('tfjs-tensorflow').catch(() => undefined);
    const { executor, measuredAt } = await chooseExecutor('auto', loop, inputs, { memory: { recall: () => gone, keep: () => undefined } });
    expect(measuredAt).toBe(known ? gone.measuredAt : undefined);
    await executor.dispose();
  });

  it('programs share a choice where they cost the same: constants do not count, shapes and wiring do', () => {
    const program = (size: number, factor: number, square_: boolean): string => {
      const g = createGraph();
      const a = g.input('a', [size]);
      const scaled = mul(a, factor);
      return costFingerprint({ state: [{ input: a, next: scaled }], perStep: [], records: [sum(square_ ? square(scaled) : scaled)] });
    };
    expect(program(4, 0.25, true)).toBe(program(4, 0.75, true));
    expect(new Set([program(4, 0.25, true), program(5, 0.25, true), program(4, 0.25, false)]).size).toBe(3);
  });

  it('a named executor is taken without measuring', async () => {
    const { executor, candidates } = await chooseExecutor('tfjs-cpu', loop, inputs);
    expect([executor.id, candidates]).toEqual(['tfjs-cpu', []]);
  });
});
