/** Loads an energy file: bundle, sandbox, trace. */

import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { SourcePosition } from '../graph/graph';
import { bundleEnergyFile } from './bundle';
import { EnergyFileError } from './errors';
import { type ReadAnswer, readAnswer } from './readAnswer';
import { defaultSandboxPaths, type SandboxPaths } from './sandbox/paths';
import { defaultLimits, type SandboxLimits, type SandboxOutcome } from './sandbox/sandboxProcess';
import { takeSandbox } from './sandbox/spare';
import { positionMapper } from './sourceMap';

/** Options of a load; each has a default. */
export interface LoadOptions {
  /** Name of the only energy to trace; all of the file's where absent. */
  readonly energy?: string;
  /** Initial parameters, samplers and Math.random come from it; 0 where absent. */
  readonly seed?: number;
  /** Time that the file may take, by default 5 seconds. */
  readonly timeoutMs?: number;
  /** Rows drawn from samplers and custom mixing densities; by default what the energy's fit says. */
  readonly samples?: number;
  /** Limit of the JavaScript heap, by default 512. */
  readonly heapMb?: number;
  /** Text to use instead of what is on disk: an editor's, not saved yet. */
  readonly text?: string;
  /** Gives the load up; it throws the signal's reason then. */
  readonly signal?: AbortSignal;
  /** Where the sandbox is; by default beside the running bundle. */
  readonly paths?: SandboxPaths;
}

/** A loaded file. */
export interface LoadedFile extends ReadAnswer {
  /** Absolute paths of the files it consists of, for watching. */
  readonly files: readonly string[];
}

async function checkFile(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (!found) throw new EnergyFileError('file', `There is no file ${path}.`);
  if (!found.isFile()) throw new EnergyFileError('file', `${path} is not a file.`);
}

function seconds(ms: number): string {
  const value = ms / 1000;
  return `${value} second${value === 1 ? '' : 's'}`;
}

function answerText(outcome: SandboxOutcome, { timeoutMs, heapMb }: SandboxLimits, start: SourcePosition): string {
  switch (outcome.kind) {
    case 'answer':
      return outcome.text;
    case 'timeout':
      throw new EnergyFileError(
        'timeout',
        `The file did not finish in ${seconds(timeoutMs)} and was stopped; is there an endless loop?`,
        start,
      );
    case 'memory':
      throw new EnergyFileError('memory', `The file needs more memory than it may use (${heapMb} MB) and was stopped.`, start);
    case 'crash':
      throw new EnergyFileError('crash', `The sandbox of the energy file broke: ${outcome.message}.`, start);
  }
}

/**
 * Bundles a file, runs it in the sandbox, and reads the energies that it exports.
 *
 * @param path of the file
 * @throws EnergyFileError for every mistake in the file, with the position where there is one
 */
export async function loadEnergyFile(path: string, options: LoadOptions = {}): Promise<LoadedFile> {
  const absolute = resolve(path);
  const { seed = 0, energy, samples, text, signal, paths = defaultSandboxPaths() } = options;
  const limits: SandboxLimits = { timeoutMs: options.timeoutMs ?? defaultLimits.timeoutMs, heapMb: options.heapMb ?? defaultLimits.heapMb };
  const start: SourcePosition = { file: absolute, line: 1, column: 1 };
  await checkFile(absolute);
  // Where none was started ahead, the process starts while the file is bundled.
  const starting = takeSandbox(paths, limits);
  const bundle = await bundleEnergyFile(absolute, text).catch(async (error: unknown) => {
    (await starting).dispose();
    throw error;
  });
  const sandbox = await starting;
  const giveUp = (): void => sandbox.dispose();
  signal?.addEventListener('abort', giveUp, { once: true });
  if (signal?.aborted === true) giveUp();
  const outcome = await sandbox.run(bundle.code, {
    seed,
    ...(energy !== undefined && { energy }),
    ...(samples !== undefined && { samples }),
  });
  signal?.removeEventListener('abort', giveUp);
  signal?.throwIfAborted();
  return { ...readAnswer(answerText(outcome, limits, start), positionMapper(bundle), start), files: bundle.files };
}
