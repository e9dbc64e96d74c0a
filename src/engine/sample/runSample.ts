import type { Candidate } from '../../executors/choiceMemory';
import { chooseExecutor, type ExecutorChoice } from '../../executors/choose';
import type { Executor } from '../../executors/executor';
import type { RunPlace } from '../../runs/runPlace';
import type { SampleResult } from '../../runs/sampleRecord';
import type { RunWriter } from '../../runs/runWriter';
import { noisyMixture } from '../../samplers/mixtureTarget';
import type { SamplerProblem, SamplerRun } from '../../samplers/sampler';
import { SamplerError } from '../../samplers/samplerError';
import { Random } from '../../shared/random';
import { chainsRecord } from './chains';
import { exactMixture } from './exactMixture';
import type { SampleHooks } from './hooks';
import { infoOf, summaryOf } from './sampleInfo';
import { pictureOf } from './pictureOf';
import { SampleModes } from './sampleModes';
import type { SampleProblem } from './sampleProblem';
import { type Sampled, sampling } from './sampling';
import { startSampleRun } from './startSampleRun';
import { trialLoop } from './trialLoop';
import { natureOf, warningsOf } from './warnings';

export interface RunSampleOptions {
  /** The run directory, to be made. */
  readonly directory: RunPlace;
  readonly executor: ExecutorChoice;
  readonly threads?: number;
  readonly hooks?: SampleHooks;
}

export interface FinishedSample {
  readonly result: SampleResult;
  /** What `auto` measured; empty where the executor was named. */
  readonly candidates: readonly Candidate[];
  /** The executor in words. */
  readonly detail: string;
  /** Whether it was stopped before its last step. */
  readonly interrupted: boolean;
}

/** Chooses the executor, makes the run directory, samples, and leaves the directory complete whatever happens. */
export async function runSample(problem: SampleProblem, options: RunSampleOptions): Promise<FinishedSample> {
  const { hooks = {} } = options;
  const { target, start } = problem;
  hooks.onStage?.(options.executor === 'auto' ? 'Choosing the fastest executor' : `Opening the executor ${options.executor}`);
  const { loop, inputs } = trialLoop(target.target, target.record.kind === 'score' ? target.noisyTarget : undefined, start.rows);
  const {
    executor,
    candidates,
    loop: tried,
  } = await chooseExecutor(options.executor, loop, inputs, options.threads === undefined ? {} : { threads: options.threads });
  await tried.dispose();
  try {
    hooks.onStage?.('Preparing the sampler');
    const known = await knownParts(problem, executor);
    const modes = await SampleModes.create({
      executor,
      target: target.target,
      dense: target.record.kind !== 'score',
      source: target.source,
      start: start.rows,
      measured: target.weights,
      exact: known.exact,
    });
    const run = await problem.sampler.start({ ...known.problem, executor }, problem.options);
    try {
      const notes = [...target.notes, ...known.notes, ...burnInNotes(problem)];
      const picture = await pictureOf(problem, executor, modes.partition);
      const writer = startSampleRun(options.directory, problem, { executor, candidates, notes, picture });
      try {
        hooks.onDirectory?.(writer.directory);
        if (hooks.onStart) {
          const { steps } = run.progress;
          hooks.onStart(infoOf(problem, { executor, runDir: writer.directory, steps, modes: await modes.announced(), picture }));
        }
        const sampled = await sampling({ run, dim: problem.traced.dim, modes, writer, hooks });
        await hooks.control?.wayIsFree();
        hooks.onStage?.('Measuring the particles');
        const result = await measure(problem, { executor, run, modes, writer, sampled, notes });
        hooks.onSummary?.(summaryOf(result));
        writer.close();
        return { result, candidates, detail: executor.detail, interrupted: sampled.interrupted };
      } catch (error) {
        writer.abandon(error instanceof Error ? error.message : String(error));
        throw error instanceof SamplerError && error.reason === 'diverged'
          ? new SamplerError('diverged', `${error.message} The last good particles are kept in ${writer.directory}`, error.step)
          : error;
      }
    } finally {
      await run.dispose();
    }
  } finally {
    await executor.dispose();
  }
}

/** Steps that all belong to burn-in leave no draws, and step sizes that are not found yet. */
function burnInNotes({ options: { steps, burnIn } }: SampleProblem): string[] {
  if (typeof steps !== 'number' || typeof burnIn !== 'number' || burnIn === 0 || steps > burnIn) return [];
  return [`all ${steps} steps are burn-in (burnIn = ${burnIn}), so there are no draws: raise steps, or lower burnIn with --set`];
}

interface KnownParts {
  readonly problem: Omit<SamplerProblem, 'executor'>;
  /** Whether the density is the mixture that the data are drawn from. */
  readonly exact: boolean;
  readonly notes: readonly string[];
}

/** What is known exactly of the target: its scores at any noise, and samples. */
async function knownParts({ traced, target, start, seed, sampler }: SampleProblem, executor: Executor): Promise<KnownParts> {
  const plain = { target: target.target, start: start.rows, seed };
  if (target.record.kind === 'score' && target.noisyTarget)
    return { problem: { ...plain, noisyTarget: target.noisyTarget }, exact: false, notes: [] };
  const mixture = target.record.kind === 'energy' ? await exactMixture(executor, target.target, traced.data) : undefined;
  if (!mixture) {
    const noised = sampler.name === 'annealed-langevin' ? ['scores under noise are Monte Carlo estimates (noisePoints)'] : [];
    return { problem: plain, exact: false, notes: noised };
  }
  const exactSamples = target.source?.distribution?.sample(new Random(seed).split('exact'), start.rows.length / traced.dim);
  return {
    problem: { ...plain, noisyTarget: noisyMixture(mixture), ...(exactSamples && { exactSamples }) },
    exact: true,
    notes: ['the energy is that of the Gaussian mixture of its data: weights, scores under noise and samples are known exactly'],
  };
}

interface Ended {
  readonly executor: Executor;
  readonly run: SamplerRun;
  readonly modes: SampleModes;
  readonly writer: RunWriter<'sample'>;
  readonly sampled: Sampled;
  readonly notes: readonly string[];
}

async function measure(problem: SampleProblem, { executor, run, modes, writer, sampled, notes }: Ended): Promise<SampleResult> {
  const { traced, sampler, seed } = problem;
  const { particles, draws, progress, temperature, logZ } = await run.result();
  const n = particles.length / traced.dim;
  const judged = {
    kind: 'sample',
    runDir: writer.directory,
    energy: traced.name,
    sampler: sampler.name,
    executor: executor.id,
    seed,
    particles: n,
    steps: progress.step,
    seconds: sampled.seconds,
    stepsPerSecond: progress.step / sampled.seconds,
    figures: progress.figures,
    temperature: { ...temperature },
    chains: natureOf(sampler.name).chains ? chainsRecord(draws) : null,
    logZ: logZ ? { ...logZ } : null,
    modes: await modes.records(particles, n * (progress.figures.effectiveShare ?? 1)),
  } as const;
  const result: SampleResult = { ...judged, warnings: warningsOf(judged), notes };
  writer.result(result);
  writer.event(
    sampled.interrupted
      ? { type: 'end', status: 'interrupted', reason: `stopped after step ${progress.step}` }
      : { type: 'end', status: 'done' },
  );
  return result;
}
