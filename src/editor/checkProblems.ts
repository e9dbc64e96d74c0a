/** Turns what a check found into problems with places in the text; no VS Code in here. */

import type { Fix } from '../shared/fix';
import type { FromEngine } from '../shared/protocol';
import { findEnergies } from './findEnergies';

export type Checked = Extract<FromEngine, { readonly type: 'checked' }>;

export interface Problem {
  /** The file that it is in, absolute. */
  readonly file: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  /** The energy that it belongs to; undefined where the file as a whole is wrong. */
  readonly energy: string | undefined;
  /** Short name of what was checked. */
  readonly code: string;
  /** Line and column from 0; `length` is undefined where the word there is meant. */
  readonly line: number;
  readonly column: number;
  readonly length: number | undefined;
  /** How the text can be mended there, where that is plain. */
  readonly fix?: Fix;
}

/**
 * @param file the checked file, absolute
 * @param source its text, in which the names of energies are found
 */
export function problemsOf(checked: Checked, file: string, source: string): Problem[] {
  const problems: Problem[] = [];
  const { error } = checked;
  if (error !== undefined) {
    problems.push({
      file: error.file === '' ? file : error.file,
      severity: 'error',
      message: sentence(error.message),
      energy: undefined,
      code: 'load',
      line: Math.max(0, error.line - 1),
      column: Math.max(0, error.column - 1),
      length: undefined,
      ...(error.fix && { fix: error.fix }),
    });
  }
  const places = new Map(findEnergies(source).map((energy) => [energy.name, { ...place(source, energy.offset), length: energy.length }]));
  for (const energy of checked.energies) {
    const at = places.get(energy.name) ?? { line: Math.max(0, energy.line - 1), column: 0, length: undefined };
    for (const line of energy.lines) {
      if (line.status === 'pass') continue;
      const severity = line.status === 'fail' ? 'error' : 'warning';
      problems.push({ file, severity, message: sentence(line.text), energy: energy.name, code: line.name, ...at });
    }
  }
  for (const warning of checked.warnings) {
    problems.push({
      file,
      severity: 'warning',
      message: sentence(warning),
      energy: undefined,
      code: 'load',
      line: 0,
      column: 0,
      length: undefined,
    });
  }
  return problems;
}

/** Line and column of an offset, from 0. */
export function place(source: string, offset: number): { readonly line: number; readonly column: number } {
  const before = source.slice(0, offset);
  const start = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length - 1, column: offset - start };
}

function sentence(text: string): string {
  return text === '' ? text : text[0]!.toUpperCase() + text.slice(1);
}
