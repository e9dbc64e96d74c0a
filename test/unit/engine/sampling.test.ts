import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FitControl } from '../../../src/engine/fit/control';
import type { SampleHooks } from '../../../src/engine/sample/hooks';
import { SampleModes } from '../../../src/engine/sample/sampleModes';
import { sampling } from '../../../src/engine/sample/sampling';
import { readAnyRun } from '../../../src/runs/runReader';
import { RunWriter } from '../../../src/runs/runWriter';
import { mixtureTarget } from '../../../src/samplers/mixtureTarget';
import type { Progress, SamplerRun } from '../../../src/samplers/sampler';
import { SamplerError } from '../../../src/samplers/samplerError';
import { executorOf } from '../support/executors';

/** A sampler whose particles are all at the number of its steps. */
class CountingRun implements SamplerRun {
  step = 0;
  constructor(
    private readonly steps: number,
    /** Whether the number of steps is told before the end. */
    private readonly tells = true,
    private readonly failsAt = Infinity,
  ) {}

  get progress(): Progress {
    const done = this.step === this.steps;
    return { step: this.step, steps: this.tells || done ? this.steps : undefined, done, figures: { acceptance: 0.5 } };
  }

  advance(steps: number): Promise<Progress> {
    const next = Math.min(this.step + steps, this.steps);
    if (next > this.failsAt) return Promise.reject(new SamplerError('diverged', 'Particle 0 is not a number.', this.failsAt));
    this.step = next;
    return Promise.resolve(this.progress);
  }

  particles(): Float32Array {
    return Float32Array.of(this.step, this.step);
  }

  result(): Promise<never> {
    return Promise.reject(new Error('nobody asks'));
  }

  dispose(): Promise<void> {
    return Promise.resolve();
  }
}

async function sampled(run: SamplerRun, hooks: SampleHooks) {
  const directory = join(mkdtempSync(join(tmpdir(), 'unblind-sampling-')), 'run');
  const writer = RunWriter.create(directory, {
    ...{ format: 1, kind: 'sample', id: 'a', createdAt: '', unblind: '', node: '', platform: '', file: '', energy: 'one', dim: 1 },
    ...{ sampler: 'langevin', options: {}, particles: 2, start: { kind: 'normal', description: '' }, data: null },
    ...{ target: { kind: 'energy', description: '', run: null }, executor: 'onnx', executorDetail: '', seed: 0 },
  });
  const modes = await SampleModes.create({
    executor: await executorOf('onnx'),
    target: mixtureTarget({ means: [[-5], [5]], std: [1], weights: [0.5, 0.5] }),
    ...{ dense: true, source: null, start: Float64Array.of(-9, 9), measured: null, exact: false },
  });
  const ended = await sampling({ run, dim: 1, modes, writer, hooks }).catch((error: unknown) => error);
  writer.close();
  const stored = readAnyRun(directory);
  return { ended, steps: stored.snapshots().map(({ step }) => step), stored };
}

describe('the loop of a sampler run', () => {
  it('keeps particles at log-spaced steps and at the last, and shows the first and the last frame', async () => {
    const shown: number[] = [];
    const { ended, steps, stored } = await sampled(new CountingRun(1000), { onFrame: ({ step }) => shown.push(step) });
    expect(ended).toMatchObject({ interrupted: false });
    expect(steps[0]).toBe(0);
    expect(steps.at(-1)).toBe(1000);
    expect(steps.length).toBeGreaterThan(8);
    expect(Array.from((stored.readSnapshot(1000).samples ?? { data: [] }).data)).toEqual([1000, 1000]);
    expect([shown[0], shown.at(-1)]).toEqual([0, 1000]);
    const told = stored.events.flatMap((event) => (event.type === 'progress' ? [event.step] : []));
    expect(told.at(-1)).toBe(1000);
  });

  it('keeps particles at powers of two where the end is not known', async () => {
    const { steps } = await sampled(new CountingRun(11, false), {});
    expect(steps).toEqual([0, 1, 2, 4, 8, 11]);
  });

  it('pauses, steps by hand, goes on, and stops, complete each time', async () => {
    const control = new FitControl();
    control.pause();
    const [paused, resumed]: [number[], number[]] = [[], []];
    const run = new CountingRun(1_000_000);
    const { ended, steps } = await sampled(run, {
      control,
      onPaused: (step) => {
        paused.push(step);
        if (step === 0) queueMicrotask(() => control.step(3));
        else queueMicrotask(() => control.resume());
      },
      onResumed: () => resumed.push(run.step),
      onProgress: ({ step }) => {
        if (step > 3) control.stop();
      },
    });
    expect(ended).toMatchObject({ interrupted: true });
    expect(paused).toEqual([0, 3]);
    expect(resumed).toEqual([3]);
    expect(steps.at(-1)).toBe(run.step);
    expect(run.step).toBeLessThan(1_000_000);
  });

  it('keeps the last good particles where the sampler diverges', async () => {
    const run = new CountingRun(1000, true, 300);
    const { ended, steps } = await sampled(run, {});
    expect(ended).toBeInstanceOf(SamplerError);
    expect(steps.at(-1)).toBe(run.step);
    expect(run.step).toBeGreaterThan(0);
  });

  it('tells the share of each mode in a frame', async () => {
    const shares: (readonly number[])[] = [];
    await sampled(new CountingRun(1), { onFrame: ({ modeShares }) => shares.push(modeShares) });
    expect([...shares.at(-1)!].sort()).toEqual([0, 1]);
  });
});
