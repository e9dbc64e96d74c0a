/** Runs an energy file's bundle and traces its energies. Runs inside the bare context. */

import { type Defined, definitions } from '../api/defined';
import { type Answer, encodeAnswer } from '../answer';
import { suggestion } from '../api/suggest';
import { traceEnergy, type TraceResult } from '../trace/traceEnergy';
import { asTraceError, type TraceEnvironment } from '../trace/traceFunction';
import { TraceError } from '../trace/traceError';
import { printed } from './platform';
import type { RunOptions } from './protocol';

interface Named {
  readonly name: string;
  readonly defined: Defined;
}

function exportedEnergies(exports: unknown): Named[] {
  if (typeof exports !== 'object' || exports === null) return [];
  const known = definitions();
  return Object.entries(exports).flatMap(([name, value]) => {
    const defined = typeof value === 'object' && value !== null ? known.get(value as object) : undefined;
    return defined ? [{ name, defined }] : [];
  });
}

function chosen(environment: TraceEnvironment, exports: unknown, wanted: string | undefined): Named[] {
  const energies = exportedEnergies(exports);
  if (energies.length === 0) {
    const [unexported] = definitions().values();
    if (!unexported) throw new TraceError('no-energy', 'The file has no energy; export one: export const name = defineEnergy({ ... }).');
    throw new TraceError(
      'no-energy',
      `The ${unexported.network === 'energy' ? 'energy' : 'score network'} is defined but not exported; write "export const" before its name.`,
      environment.locator.within(unexported.stack),
      { kind: 'export' },
    );
  }
  if (wanted === undefined) return energies;
  const found = energies.filter(({ name }) => name === wanted);
  if (found.length > 0) return found;
  const names = energies.map(({ name }) => name);
  const near = suggestion(wanted, names);
  const list = `the file has ${names.join(', ')}`;
  throw new TraceError('unknown-energy', `There is no energy "${wanted}"; ${list}${near.startsWith('; did') ? near : '.'}`);
}

function trace(environment: TraceEnvironment, load: () => unknown, options: RunOptions): Answer {
  try {
    const energies = chosen(environment, load(), options.energy);
    const traced: TraceResult[] = energies.map(({ name, defined }) =>
      traceEnergy(environment, name, defined, { seed: options.seed, ...(options.samples !== undefined && { samples: options.samples }) }),
    );
    return {
      kind: 'traced',
      energies: traced.map(({ energy }) => energy),
      warnings: traced.flatMap(({ warnings }) => warnings),
      log: printed,
    };
  } catch (error) {
    const { reason, message, position, fix } = asTraceError(error, environment.locator, undefined);
    return {
      kind: 'failed',
      reason,
      message,
      log: printed,
      ...(position && { line: position.line, column: position.column }),
      ...(fix && { fix }),
    };
  }
}

/**
 * Runs a file.
 *
 * @param load runs the bundle and returns its exports
 * @returns the answer as JSON
 */
export function runFile(environment: TraceEnvironment, load: () => unknown, options: RunOptions): string {
  return encodeAnswer(trace(environment, load, options));
}
