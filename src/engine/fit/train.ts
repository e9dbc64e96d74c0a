/** The training loop: chunks of steps inside the executor, and between them everything that others see of a run. */

import type { CompiledLoop } from '../../executors/executor';
import { learningRateAt } from '../../objectives/optimizer';
import type { RunWriter } from '../../runs/runWriter';
import { CheckpointSchedule } from './checkpointSchedule';
import { FitControl } from './control';
import { DivergedError, firstBad, likelyCause } from './diverged';
import { FrameSchedule } from './frameSchedule';
import type { FitHooks } from './hooks';
import type { LossBlock, LossLog } from './lossLog';
import type { Minibatches } from './minibatches';
import { checkpointOf, type Position } from './position';
import type { FitProblem } from './problem';
import type { RunEvaluation } from './runEvaluation';
import { keepLastGood, keepSnapshot, snapshotSteps } from './snapshots';
import { evaluated, type State } from './state';

/** Wall time that one call of the loop aims at: 20 a second. */
const chunkMilliseconds = 50;
const largestChunk = 500;

/** What a run is made of. The caller owns and disposes all of it. */
export interface TrainingParts {
  readonly problem: FitProblem;
  readonly loop: CompiledLoop;
  /** Where training starts; training owns it from then on. */
  readonly position: Position;
  /** See `fitDigest`; its checkpoints are of that. */
  readonly program: string;
  /** Milliseconds between checkpoints; the usual ones where absent. */
  readonly checkpointMs?: number | undefined;
  readonly evaluation: RunEvaluation;
  readonly writer: RunWriter;
  readonly hooks: FitHooks;
}

export interface Trained {
  readonly state: State;
  /** Seconds spent in training steps, without evaluation. */
  readonly seconds: number;
  /** Mean over the last steps. */
  readonly loss: number;
  /** Of the last step alone; undefined where none was done. */
  readonly lastGradientNorm: number | undefined;
  readonly interrupted: boolean;
}

function mean(values: Float32Array): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}

/** One run of the loop; used once. */
class Training {
  private readonly control: FitControl;
  private readonly frames = new FrameSchedule();
  private readonly checkpoints: CheckpointSchedule;
  private readonly batches: Minibatches;
  private readonly log: LossLog;
  private state: State;
  private seconds: number;
  private loss = NaN;
  private gradientNorm = NaN;
  private lastGradientNorm: number | undefined;
  /** Steps of the next chunk. */
  private size = 1;
  /** Whether the caller was told of a pause, and single steps are all that has run since. */
  private paused = false;
  /** Step of the last snapshot; a run that has left its start has kept that. */
  private kept: number;
  /** Step of the last checkpoint. */
  private saved: number;

  constructor(private readonly parts: TrainingParts) {
    const { hooks, position, checkpointMs } = parts;
    this.control = hooks.control ?? new FitControl();
    this.checkpoints = new CheckpointSchedule(performance.now(), checkpointMs);
    ({ state: this.state, batches: this.batches, log: this.log, seconds: this.seconds } = position);
    this.saved = this.state.step;
    this.kept = this.state.step > 0 ? 0 : -1;
  }

  async run(): Promise<Trained> {
    const { step: start } = this.state;
    const { steps } = this.parts.problem.settings;
    for (const mark of snapshotSteps(steps).filter((step) => step >= start)) {
      while (this.state.step < mark) {
        await this.control.wayIsFree();
        if (this.control.allowed === 0 && !this.control.stopped) await this.wait();
        // A pause may come in the same turn as a resume: the loop looks again.
        if (this.control.allowed > 0 && !this.control.stopped) await this.chunk(mark);
        if (this.control.stopped) {
          this.checkpoint();
          await this.keep();
          return this.trained(true);
        }
      }
      if (mark === steps) this.checkpoint();
      // The start is kept after the first chunk.
      if (mark > 0) await this.keep();
    }
    return this.trained(false);
  }

  private trained(interrupted: boolean): Trained {
    this.write(this.log.flush());
    const { state, seconds } = this;
    return { state, seconds, loss: this.log.final, lastGradientNorm: this.lastGradientNorm, interrupted };
  }

  private async wait(): Promise<void> {
    const { hooks } = this.parts;
    this.checkpoint();
    if (!this.frames.shows(this.state.step) || this.control.viewWaits) await this.frame();
    // What happened while the frame was made may have ended the pause.
    if (this.control.allowed === 0 && !this.control.stopped) {
      this.paused = true;
      hooks.onPaused?.(this.state.step);
      await this.control.mayGoOn();
    }
  }

  private async chunk(mark: number): Promise<void> {
    const { loop, hooks } = this.parts;
    const before = this.state;
    const { step, vectors } = before;
    if (this.paused && this.control.running) {
      this.paused = false;
      hooks.onResumed?.();
    }
    const count = Math.min(this.size, mark - step, this.control.allowed);
    const started = performance.now();
    const { state, records } = await loop.run(count, vectors, this.batches.next(step, count));
    const elapsed = (performance.now() - started) / 1000;
    const bad = firstBad(records);
    if (bad < Infinity) await this.diverge(step + bad);
    this.seconds += elapsed;
    this.state = { vectors: state, step: step + count };
    this.control.spend(count);
    // The mean over the chunk is what the eye should follow; single minibatches are noise.
    this.loss = mean(records[0]!);
    this.gradientNorm = mean(records[1]!);
    this.lastGradientNorm = records[1]!.at(-1);
    this.report();
    if (this.kept < 0) await this.picture(before);
    this.write(this.log.add(records[0]!, records[1]!));
    if (this.checkpoints.due(performance.now())) this.checkpoint();
    this.size = Math.max(1, Math.min(2 * this.size, Math.round((chunkMilliseconds / 1000 / elapsed) * count), largestChunk));
    if (this.control.stopped || this.control.allowed === 0) return;
    if (this.frames.due(performance.now()) && hooks.wantsFrame?.() !== false) await this.frame();
  }

  /** Keeps all that the steps to come depend on; between chunks only, where the minibatches are not ahead of the steps. */
  private checkpoint(): void {
    const { state, batches, log, seconds } = this;
    if (this.saved === state.step) return;
    this.saved = state.step;
    const began = performance.now();
    this.parts.writer.checkpoint(checkpointOf({ state, batches, log, seconds }, this.parts.program));
    this.checkpoints.made(began, performance.now());
  }

  private async diverge(step: number): Promise<never> {
    const { problem, evaluation, writer } = this.parts;
    await keepLastGood(problem, evaluation, writer, this.state);
    throw new DivergedError(step, `the loss is not finite at step ${step}: ${likelyCause(problem.settings, step, this.gradientNorm)}`);
  }

  /** Keeps blocks of losses in the run directory. */
  private write(blocks: readonly LossBlock[]): void {
    const { problem, writer } = this.parts;
    const stepsPerSecond = this.state.step / this.seconds;
    for (const { step, loss, gradientNorm } of blocks) {
      writer.event({
        type: 'progress',
        step,
        loss,
        gradientNorm,
        learningRate: learningRateAt(problem.settings, step - 1),
        stepsPerSecond,
      });
    }
  }

  /** Tells the caller of the chunk. */
  private report(): void {
    const { problem, hooks } = this.parts;
    const { settings } = problem;
    const { step } = this.state;
    const { loss, gradientNorm } = this;
    const stepsPerSecond = step / this.seconds;
    const secondsLeft = (settings.steps - step) / stepsPerSecond;
    hooks.onProgress?.({ step, steps: settings.steps, loss, gradientNorm, stepsPerSecond, secondsLeft });
  }

  /** Frame and snapshot of where training starts: after the first loss, which says sooner that it runs, and first what is waited for. */
  private async picture(start: State): Promise<void> {
    if (!this.control.stopped && this.frames.due(performance.now())) await this.frame(start);
    await this.keep(start);
  }

  private async frame(state = this.state): Promise<void> {
    const { problem, evaluation, hooks } = this.parts;
    const view = this.control.takeView();
    if (!hooks.onFrame) return;
    const { step } = state;
    const began = performance.now();
    const content = await evaluation.frame(evaluated(problem, state), view);
    this.frames.made(step, began, performance.now());
    hooks.onFrame({ step, ...content });
  }

  private async keep(state = this.state): Promise<void> {
    const { problem, evaluation, writer } = this.parts;
    if (this.kept === state.step) return;
    this.kept = state.step;
    await keepSnapshot(problem, evaluation, writer, state);
  }
}

/** Trains to the last step or to a stop. Throws DivergedError where the loss stops being a number. */
export function train(parts: TrainingParts): Promise<Trained> {
  return new Training(parts).run();
}
