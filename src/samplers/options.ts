/** Options of samplers: their values, checked against the records of what may be chosen. */

import type { ChoiceOption, NumberOption, Option, OptionTable, OptionValue, SwitchOption } from '../shared/samplerForm';
import { SamplerError } from './samplerError';

/** The values that belong to a table of options. */
export type OptionValues<T extends OptionTable> = {
  readonly [K in keyof T]: T[K] extends NumberOption
    ? number
    : T[K] extends SwitchOption
      ? boolean
      : T[K] extends ChoiceOption<infer C>
        ? C
        : never;
};

function problemOf(option: Option, value: OptionValue): string | undefined {
  if (option.kind === 'switch') return typeof value === 'boolean' ? undefined : 'true or false';
  if (option.kind === 'choice')
    return option.choices.some((choice) => choice === value) ? undefined : `one of ${option.choices.join(', ')}`;
  const { kind, least = -Infinity, above = -Infinity, most = Infinity } = option;
  const holds =
    typeof value === 'number' &&
    Number.isFinite(value) &&
    (kind === 'number' || Number.isInteger(value)) &&
    value >= least &&
    value > above &&
    value <= most;
  if (holds) return undefined;
  const bounds = [
    above > -Infinity ? `above ${String(above)}` : least > -Infinity ? `at least ${String(least)}` : '',
    most < Infinity ? `at most ${String(most)}` : '',
  ].filter((bound) => bound !== '');
  return `${kind === 'integer' ? 'a whole number' : 'a number'}${bounds.length > 0 ? ` of ${bounds.join(' and ')}`.replace('of above', 'above') : ''}`;
}

/**
 * The given values, and the defaults of those that are not given.
 * @param sampler whose options these are, for messages
 * @throws SamplerError ('options') with one sentence for an unknown name or a value out of bounds
 */
export function resolveOptions<T extends OptionTable>(
  sampler: string,
  table: T,
  given: Readonly<Record<string, OptionValue | undefined>>,
): OptionValues<T> {
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(table, name))
      throw new SamplerError('options', `${sampler} has no option ${name}; it has ${Object.keys(table).join(', ')}.`);
  }
  const values = Object.entries(table).map(([name, option]) => {
    const value = given[name] ?? option.default;
    const wanted = problemOf(option, value);
    if (wanted !== undefined) throw new SamplerError('options', `${sampler}: ${name} must be ${wanted}, not ${String(value)}.`);
    return [name, value] as const;
  });
  // Every entry was checked against its option.
  return Object.fromEntries(values) as OptionValues<T>;
}
