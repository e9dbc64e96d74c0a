/** Slices of models that lie on disk: computed from a snapshot's parameters, with the energy file and the data as they are now. */

import { statSync } from 'node:fs';
import { DataError } from '../data/dataError';
import { EnergyFileError } from '../energy/errors';
import { loadEnergyFile } from '../energy/load';
import { openExecutor } from '../executors/open';
import { type Executor, ExecutorError, executorIds } from '../executors/executor';
import type { RunRecord } from '../runs/record';
import { RunError } from '../runs/runError';
import { readRun } from '../runs/runReader';
import type { FromEngine, SliceRequest } from '../shared/protocol';
import { changedSince } from './changedSince';
import { ModelEvaluation } from './fit/evaluation';
import { prepareFit } from './fit/prepare';
import type { FitProblem } from './fit/problem';

type Sliced = Extract<FromEngine, { type: 'sliced' }>;

interface Opened {
  readonly key: string;
  readonly executor: Executor;
  readonly evaluation: ModelEvaluation;
}

/** Why a stored model cannot be computed any more, in one sentence. */
class SliceError extends Error {
  override readonly name = 'SliceError';
}

async function anyExecutor(wanted: string): Promise<Executor> {
  const id = executorIds.find((known) => known === wanted) ?? 'onnx';
  try {
    return (await openExecutor(id)).executor;
  } catch (error) {
    if (!(error instanceof ExecutorError) || id === 'tfjs-cpu') throw error;
    return (await openExecutor('tfjs-cpu')).executor;
  }
}

function checkUnchanged(problem: FitProblem, record: RunRecord): void {
  const changed = changedSince(problem, record);
  if (changed?.what === 'parameters')
    throw new SliceError(
      `The energy file has other parameters than this run, so its slices cannot be computed: ${changed.lists.now}; the run has ${changed.lists.then}.`,
    );
  if (changed?.what === 'data') throw new SliceError('The data have changed since this run, so its slices cannot be computed.');
  if (changed) throw new SliceError('The mixing density has changed since this run, so its slices cannot be computed.');
}

/** Keeps the model of the last run that was asked for, which is asked for again and again while a slider moves. */
export class StoredSlices {
  private opened: Opened | undefined;

  /** Never throws for what the user can have caused: the answer says it. */
  async slice(id: number, request: SliceRequest): Promise<Sliced> {
    try {
      const { runDir, step, view } = request;
      const run = readRun(runDir);
      const { record } = run;
      const { mtimeMs } = statSync(record.file, { throwIfNoEntry: false }) ?? { mtimeMs: undefined };
      if (mtimeMs === undefined) throw new SliceError(`The energy file ${record.file} is gone, so slices of this run cannot be computed.`);
      const key = `${runDir} ${mtimeMs}`;
      if (this.opened?.key !== key) await this.open(key, record);
      const flat = Float32Array.from(run.readSnapshot(step).params.data);
      const slice = await this.opened?.evaluation.slice(flat, view);
      const note =
        mtimeMs > Date.parse(record.createdAt)
          ? 'The energy file was saved after this run began; this is what it computes now.'
          : undefined;
      return { type: 'sliced', id, slice, problem: undefined, note };
    } catch (error) {
      if (!isTheUsers(error)) throw error;
      return { type: 'sliced', id, slice: undefined, problem: error.message, note: undefined };
    }
  }

  async dispose(): Promise<void> {
    const { opened } = this;
    this.opened = undefined;
    await opened?.evaluation.dispose();
    await opened?.executor.dispose();
  }

  private async open(key: string, record: RunRecord): Promise<void> {
    await this.dispose();
    const { file, energy, seed, settings } = record;
    const { energies } = await loadEnergyFile(file, { energy, seed });
    const problem = await prepareFit(energies[0]!, { file, seed, overrides: settings });
    checkUnchanged(problem, record);
    if (!('energy' in problem.model)) throw new SliceError('A score network has no density to show a slice of.');
    const executor = await anyExecutor(record.executor);
    this.opened = { key, executor, evaluation: new ModelEvaluation(executor, problem, problem.model) };
  }
}

function isTheUsers(error: unknown): error is Error {
  return [SliceError, RunError, EnergyFileError, DataError, ExecutorError].some((kind) => error instanceof kind);
}
