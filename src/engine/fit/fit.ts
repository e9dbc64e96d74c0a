import { type CompiledLoop, type Executor, ExecutorError } from '../../executors/executor';
import { objectives } from '../../objectives/objectives';
import { learningRateAt } from '../../objectives/optimizer';
import { flatSize, type TrainingStep } from '../../objectives/trainingStep';
import type { RunResult } from '../../runs/record';
import type { RunWriter } from '../../runs/runWriter';
import { Random } from '../../shared/random';
import type { FitSettings } from '../../shared/settings';
import { type LossBlock, LossLog } from './lossLog';
import { Minibatches } from './minibatches';
import { ModelEvaluation } from './evaluation';
import type { FitProblem } from './problem';

/** What a fit tells its caller while it runs. */
export interface FitProgress {
  readonly step: number;
  readonly steps: number;
  readonly loss: number;
  readonly gradientNorm: number;
  readonly stepsPerSecond: number;
  /** Estimated seconds until the last step. */
  readonly secondsLeft: number;
}

export interface FitHooks {
  readonly onProgress?: (progress: FitProgress) => void;
  /** When aborted, the run ends after the chunk of steps at hand, with its directory complete. */
  readonly signal?: AbortSignal;
}

/** The loss or its gradient is no longer a number. The run directory keeps the last good parameters. */
export class DivergedError extends Error {
  override readonly name = 'DivergedError';
  constructor(
    readonly step: number,
    message: string,
  ) {
    super(message);
  }

  /** The same, with the place where the last good parameters are. */
  withDirectory(directory: string): DivergedError {
    return new DivergedError(this.step, `${this.message}; the last good parameters are kept in ${directory}`);
  }
}

/** Wall time that one call of the loop aims at: 20 frames a second. */
const chunkMilliseconds = 50;
const snapshotCount = 14;

/** Steps after which a snapshot is kept: 0, log-spaced numbers, and the last. */
export function snapshotSteps(steps: number): number[] {
  const spaced = Array.from({ length: snapshotCount - 1 }, (_, i) => Math.round(steps ** ((i + 1) / (snapshotCount - 1))));
  return [...new Set([0, ...spaced, steps])].filter((s) => s <= steps).sort((a, b) => a - b);
}

/** What training carries from step to step. */
export interface State {
  /** params, firstMoment, secondMoment, average */
  readonly vectors: readonly Float32Array[];
  readonly step: number;
}

/** Where training starts: initial parameters, no moments. */
export function initialState(problem: FitProblem): State {
  const size = flatSize(problem.model, objectives[problem.settings.objective].selfNormalised);
  const params = new Float32Array(size);
  params.set(problem.initial);
  return { vectors: [params, new Float32Array(size), new Float32Array(size), params.slice()], step: 0 };
}

/** Parameters that are evaluated: the average where one is kept. */
function evaluated(problem: FitProblem, state: State): Float32Array {
  return state.vectors[problem.settings.ema > 0 ? 3 : 0]!;
}

function firstBad(records: readonly Float32Array[]): number {
  return records.reduce((least, record) => {
    const at = record.findIndex((v) => !Number.isFinite(v));
    return at < 0 ? least : Math.min(least, at);
  }, Infinity);
}

function likelyCause(problem: FitProblem, step: number, previousNorm: number): string {
  const { settings } = problem;
  if (step === 0)
    return 'the loss is not finite at the initial parameters: the energy or one of its derivatives is undefined or overflows float32 at some data rows (a logarithm or square root of a negative number, a division by zero, an exponential of something large)';
  if (previousNorm > 1e3)
    return `the gradient exploded (norm ${previousNorm.toExponential(1)} before): lower learningRate (${settings.learningRate}) or clip (${settings.clip || 'off'})`;
  return `lower learningRate (${settings.learningRate}), or look for a logarithm, root or division that meets zero`;
}

/** Runs one fit to its end. Throws DivergedError where it stops being a number, RunError where the directory cannot be written. */
export async function fit(
  problem: FitProblem,
  step: TrainingStep,
  executor: Executor,
  writer: RunWriter,
  hooks: FitHooks = {},
): Promise<RunResult> {
  const { settings } = problem;
  const objective = objectives[settings.objective];
  const loop = await executor.compileLoop(step);
  const evaluation = await ModelEvaluation.create(executor, problem);
  try {
    writer.data(evaluation.dataArrays());
    const batches = new Minibatches(objective, settings, problem.source, problem.mixing, problem.standardization, new Random(problem.seed));
    const trained = await train(problem, loop, batches, evaluation, writer, hooks);
    return await finish(problem, executor, evaluation, writer, trained);
  } finally {
    await loop.dispose();
    await evaluation.dispose();
  }
}

interface Trained {
  readonly state: State;
  /** Seconds spent in training steps, without evaluation. */
  readonly seconds: number;
  readonly loss: number;
  readonly interrupted: boolean;
}

async function keepSnapshot(problem: FitProblem, evaluation: ModelEvaluation, writer: RunWriter, state: State): Promise<void> {
  const flat = evaluated(problem, state);
  const kl = await evaluation.quickKl(flat);
  writer.snapshot(state.step, await evaluation.snapshot(flat));
  if (kl !== undefined) writer.event({ type: 'kl', step: state.step, kl });
}

function logProgress(writer: RunWriter, settings: FitSettings, blocks: readonly LossBlock[], stepsPerSecond: number): void {
  for (const { step, loss, gradientNorm } of blocks) {
    writer.event({ type: 'progress', step, loss, gradientNorm, learningRate: learningRateAt(settings, step - 1), stepsPerSecond });
  }
}

async function train(
  problem: FitProblem,
  loop: CompiledLoop,
  batches: Minibatches,
  evaluation: ModelEvaluation,
  writer: RunWriter,
  hooks: FitHooks,
): Promise<Trained> {
  const { settings } = problem;
  const marks = snapshotSteps(settings.steps);
  const log = new LossLog(settings.steps);
  let state = initialState(problem);
  let [seconds, norm, size] = [0, NaN, 1];
  for (const mark of marks) {
    while (state.step < mark) {
      const count = Math.min(size, mark - state.step);
      const started = performance.now();
      const result = await loop.run(count, state.vectors, batches.next(state.step, count));
      const elapsed = (performance.now() - started) / 1000;
      const bad = firstBad(result.records);
      if (bad < Infinity) {
        await keepLastGood(problem, evaluation, writer, state);
        throw new DivergedError(
          state.step + bad,
          `the loss is not finite at step ${state.step + bad}: ${likelyCause(problem, state.step + bad, norm)}`,
        );
      }
      seconds += elapsed;
      state = { vectors: result.state, step: state.step + count };
      // The mean over the chunk is what the eye should follow; single minibatches are noise.
      const loss = mean(result.records[0]!);
      norm = mean(result.records[1]!);
      const stepsPerSecond = state.step / seconds;
      logProgress(writer, settings, log.add(result.records[0]!, result.records[1]!), stepsPerSecond);
      hooks.onProgress?.({
        step: state.step,
        steps: settings.steps,
        loss,
        gradientNorm: norm,
        stepsPerSecond,
        secondsLeft: (settings.steps - state.step) / stepsPerSecond,
      });
      size = Math.max(1, Math.min(2 * size, Math.round((chunkMilliseconds / 1000 / elapsed) * count), 500));
      if (hooks.signal?.aborted) {
        logProgress(writer, settings, log.flush(), stepsPerSecond);
        await keepSnapshot(problem, evaluation, writer, state);
        return { state, seconds, loss: log.final, interrupted: true };
      }
    }
    await keepSnapshot(problem, evaluation, writer, state);
  }
  logProgress(writer, settings, log.flush(), state.step / seconds);
  return { state, seconds, loss: log.final, interrupted: false };
}

/** A snapshot of the last finite parameters; the pictures may fail on them, the parameters are kept all the same. */
async function keepLastGood(problem: FitProblem, evaluation: ModelEvaluation, writer: RunWriter, state: State): Promise<void> {
  try {
    writer.snapshot(state.step, await evaluation.snapshot(evaluated(problem, state)));
  } catch (error) {
    if (error instanceof ExecutorError) throw error;
    const flat = evaluated(problem, state);
    writer.snapshot(state.step, { params: { shape: [flat.length], data: flat } });
  }
}

function mean(values: Float32Array): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}

async function finish(
  problem: FitProblem,
  executor: Executor,
  evaluation: ModelEvaluation,
  writer: RunWriter,
  trained: Trained,
): Promise<RunResult> {
  const { state, seconds, loss, interrupted } = trained;
  const measured = await evaluation.evaluate(evaluated(problem, state));
  const result: RunResult = {
    runDir: writer.directory,
    energy: problem.energy,
    objective: problem.settings.objective,
    executor: executor.id,
    seed: problem.seed,
    steps: state.step,
    seconds,
    stepsPerSecond: state.step / seconds,
    finalLoss: loss,
    logZ: measured.logZ.value,
    logZStdErr: measured.logZ.stdErr,
    negativeMass: measured.negativeMass,
    kl: measured.kl?.value ?? null,
    klStdErr: measured.kl?.stdErr ?? null,
    gridMass: measured.gridMass,
    modes: measured.modes,
    notes: measured.notes,
  };
  writer.result(result);
  writer.event(
    interrupted ? { type: 'end', status: 'interrupted', reason: `stopped after step ${state.step}` } : { type: 'end', status: 'done' },
  );
  return result;
}
