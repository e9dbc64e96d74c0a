/** The loop of a sampler run: chunks of steps inside the executor, and between them everything that others see. */

import type { RunWriter } from '../../runs/runWriter';
import { evenlySpaced } from '../../samplers/temperature';
import type { SamplerRun } from '../../samplers/sampler';
import { FitControl } from '../fit/control';
import { FrameSchedule } from '../fit/frameSchedule';
import { snapshotSteps } from '../fit/snapshots';
import type { SampleHooks } from './hooks';
import type { SampleModes } from './sampleModes';

/** Wall time that one call of the sampler aims at: 20 a second. */
const chunkMilliseconds = 50;
const largestChunk = 2000;
const frameMilliseconds = 50;
/** Snapshots before the last hold at most so many particles. */
const snapshotParticles = 20_000;
/** Progress is written so many times in a run whose length is known, else every so many steps. */
const progressEvents = 200;
const progressSteps = 50;

export interface SamplingParts {
  readonly run: SamplerRun;
  readonly dim: number;
  readonly modes: SampleModes;
  readonly writer: RunWriter<'sample'>;
  readonly hooks: SampleHooks;
}

export interface Sampled {
  /** Seconds spent in steps. */
  readonly seconds: number;
  readonly interrupted: boolean;
}

/** Used once. */
class Sampling {
  private readonly control: FitControl;
  private readonly frames = new FrameSchedule(frameMilliseconds);
  private seconds = 0;
  private size = 1;
  private paused = false;
  /** Step of the last snapshot, and whether it holds all particles. */
  private kept = { step: -1, all: true };
  /** Step of the last event of progress. */
  private told = 0;

  constructor(private readonly parts: SamplingParts) {
    this.control = parts.hooks.control ?? new FitControl();
  }

  /** Steps after which particles are kept: 0, log-spaced numbers, and the last; powers of two where that is not known. */
  private *marks(): Generator<number> {
    const { steps } = this.parts.run.progress;
    if (steps !== undefined) yield* snapshotSteps(steps);
    else {
      yield 0;
      for (let step = 1; ; step *= 2) yield step;
    }
  }

  async run(): Promise<Sampled> {
    const { run } = this.parts;
    this.frame();
    for (const mark of this.marks()) {
      while (run.progress.step < mark && !run.progress.done) {
        if (this.control.allowed === 0 && !this.control.stopped) await this.wait();
        // A pause may come in the same turn as a resume: the loop looks again.
        if (this.control.allowed > 0 && !this.control.stopped) await this.chunk(mark);
        if (this.control.stopped) break;
      }
      const ends = this.control.stopped || run.progress.done;
      this.keep(ends);
      if (ends) break;
    }
    this.write();
    const interrupted = !run.progress.done;
    if (!this.frames.shows(run.progress.step)) this.frame();
    return { seconds: this.seconds, interrupted };
  }

  private async wait(): Promise<void> {
    const { hooks, run } = this.parts;
    if (!this.frames.shows(run.progress.step)) this.frame();
    this.paused = true;
    hooks.onPaused?.(run.progress.step);
    await this.control.mayGoOn();
  }

  private async chunk(mark: number): Promise<void> {
    const { run, hooks } = this.parts;
    const before = run.progress.step;
    if (this.paused && this.control.running) {
      this.paused = false;
      hooks.onResumed?.();
    }
    const count = Math.min(this.size, mark - before, this.control.allowed);
    const started = performance.now();
    try {
      await run.advance(count);
    } catch (error) {
      // The run has the particles of before.
      this.keep(true);
      throw error;
    }
    const elapsed = (performance.now() - started) / 1000;
    this.seconds += elapsed;
    this.control.spend(count);
    this.size = Math.max(1, Math.min(2 * this.size, Math.round((chunkMilliseconds / 1000 / elapsed) * count), largestChunk));
    this.report();
    if (this.control.stopped || this.control.allowed === 0) return;
    if (this.frames.due(performance.now()) && hooks.wantsFrame?.() !== false) this.frame();
  }

  private report(): void {
    const { run, hooks } = this.parts;
    const { step, steps, figures } = run.progress;
    const stepsPerSecond = step / this.seconds;
    if (step - this.told >= (steps === undefined ? progressSteps : steps / progressEvents)) this.write();
    const secondsLeft = steps === undefined ? Number.NaN : (steps - step) / stepsPerSecond;
    hooks.onProgress?.({ step, steps, figures: { ...figures }, stepsPerSecond, secondsLeft });
  }

  private write(): void {
    const { run, writer } = this.parts;
    const { step, figures } = run.progress;
    if (step === this.told) return;
    this.told = step;
    writer.event({ type: 'progress', step, stepsPerSecond: step / this.seconds, figures });
  }

  private frame(): void {
    const { run, modes, hooks } = this.parts;
    if (!hooks.onFrame) return;
    const { step, figures } = run.progress;
    const began = performance.now();
    const particles = run.particles();
    const modeShares = modes.shares(particles);
    this.frames.made(step, began, performance.now());
    hooks.onFrame({ step, particles, figures: { ...figures }, modeShares });
  }

  private keep(all: boolean): void {
    const { run, dim, writer } = this.parts;
    const { step } = run.progress;
    if (this.kept.step === step && (this.kept.all || !all)) return;
    const particles = run.particles();
    const few = particles.length <= snapshotParticles * dim;
    this.kept = { step, all: all || few };
    const data = this.kept.all ? particles : evenlySpaced(particles, dim, snapshotParticles);
    writer.snapshot(step, { samples: { shape: [data.length / dim, dim], data: Float32Array.from(data) } });
  }
}

/** Samples to the last step or to a stop. Throws SamplerError ('diverged') where a particle is no longer a number. */
export function sampling(parts: SamplingParts): Promise<Sampled> {
  return new Sampling(parts).run();
}
