import { DataError } from '../data/dataError';
import { ApiError } from '../energy/api/apiError';
import { EnergyFileError } from '../energy/errors';
import { ExecutorError } from '../executors/executor';
import type { SourcePosition } from '../graph/graph';
import { RunError } from '../runs/runError';
import type { RunEnd } from '../shared/protocol';
import { SamplerError } from '../samplers/samplerError';
import { DiagnoseError } from '../diagnose/diagnoseError';
import { DivergedError } from './fit/diverged';
import { endOfMemory } from './memory';
import { SampleError } from './sample/sampleError';

/** Mistakes in what was asked for, which have no place in a file. */
const ofRequests = [ApiError, ExecutorError, RunError, SampleError, SamplerError, DiagnoseError] as const;

/**
 * How a run ends that threw; undefined where the error is none of the user's but a fault of the program.
 * @param definition where the energy is defined, for mistakes in its data, which have no position of their own
 */
export function endOfError(error: unknown, definition: SourcePosition | undefined): RunEnd | undefined {
  if (error instanceof DivergedError) return { kind: 'diverged', message: error.message, step: error.step };
  if (error instanceof SamplerError && error.reason === 'diverged')
    return { kind: 'diverged', message: error.message, step: error.step ?? 0 };
  if (error instanceof EnergyFileError) return { kind: 'bad-input', message: error.message, position: error.position };
  const memory = error instanceof Error ? endOfMemory(error.message) : undefined;
  if (memory) return memory;
  if (error instanceof DataError) return { kind: 'bad-input', message: error.message, position: definition };
  const ofRequest = ofRequests.find((kind) => error instanceof kind) && error instanceof Error;
  return ofRequest ? { kind: 'bad-input', message: error.message, position: undefined } : undefined;
}
