/** From the sandbox's answer to energies, or to the mistake that it reports. */

import { DataError } from '../data/dataError';
import type { SourcePosition } from '../graph/graph';
import { ApiError } from './api/apiError';
import { ProgramError } from './bindAttrs';
import { AnswerError, decodeAnswer } from './decode';
import { decodeEnergy, type MapPosition } from './decodeEnergy';
import { EnergyFileError } from './errors';
import type { TracedEnergy } from './traced';

/** What a file gave. */
export interface ReadAnswer {
  /** The energies in the order of the exports. */
  readonly energies: readonly TracedEnergy[];
  /** What its author should know, one line each. */
  readonly warnings: readonly string[];
  /** What the file printed with console.log. */
  readonly log: readonly string[];
}

function isMalformed(error: unknown): error is Error {
  return error instanceof AnswerError || error instanceof ProgramError || error instanceof DataError || error instanceof ApiError;
}

/**
 * Reads an answer, which user code may have forged.
 *
 * @param text the answer, JSON
 * @param map maps positions of the bundle
 * @param start of the file: the position where there is none
 * @throws EnergyFileError and nothing else
 */
export function readAnswer(text: string, map: MapPosition, start: SourcePosition): ReadAnswer {
  try {
    const answer = decodeAnswer(text);
    if (answer.kind === 'failed') {
      const { reason, message, line, column, fix } = answer;
      const position = line !== undefined && column !== undefined ? map(line, column) : undefined;
      throw new EnergyFileError(reason, message, position ?? start, fix);
    }
    const { energies, warnings, log } = answer;
    return { energies: energies.map((energy) => decodeEnergy(energy, map, start)), warnings, log };
  } catch (error) {
    if (!isMalformed(error)) throw error;
    throw new EnergyFileError('crash', `The sandbox gave an answer that is not well formed: ${error.message}.`, start);
  }
}
