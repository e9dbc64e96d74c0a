/** Options of samplers on the command line. */

import type { Option, OptionTable, OptionValue } from '../shared/samplerForm';
import type { Sampler } from '../samplers/sampler';
import { didYouMean, UsageError } from './usage';

function parseValue(option: Option, text: string): OptionValue {
  if (option.kind === 'choice') return text;
  if (option.kind === 'switch') return text === 'true' ? true : text === 'false' ? false : text;
  return text.trim() === '' ? NaN : Number(text);
}

/** Values from `--set key=value` and `--steps`; bounds are the sampler's to check. Throws UsageError for unknown keys. */
export function samplerOptions(
  { name, options }: { readonly name: string; readonly options: OptionTable },
  assignments: readonly string[],
  steps: number | undefined,
): Readonly<Record<string, OptionValue>> {
  const given: Record<string, OptionValue> = {};
  const known = Object.keys(options);
  for (const assignment of assignments) {
    const at = assignment.indexOf('=');
    const key = assignment.slice(0, Math.max(at, 0));
    if (at < 1) throw new UsageError(`--set takes key=value, not "${assignment}".`);
    const option = Object.hasOwn(options, key) ? options[key] : undefined;
    if (!option) throw new UsageError(`${name} has no option "${key}".${didYouMean(key, known)} It has ${known.join(', ')}.`);
    given[key] = parseValue(option, assignment.slice(at + 1));
  }
  if (steps === undefined) return given;
  if (!Object.hasOwn(options, 'steps'))
    throw new UsageError(`${name} finds its number of steps from its other options: ${known.join(', ')}; set those with --set.`);
  return { ...given, steps };
}

function bounds(option: Option): string {
  return option.kind === 'choice' ? `, ${option.choices.join(' or ')}` : '';
}

/** All samplers with their options and defaults, for help. */
export function samplerHelp(samplers: readonly Sampler[]): string {
  return samplers
    .map(({ name, summary, options }) => {
      const lines = Object.entries(options).map(
        ([key, option]) => `      ${key.padEnd(15)}  ${option.help}${bounds(option)} (${String(option.default)})`,
      );
      return [`  ${name}: ${summary}`, ...lines].join('\n');
    })
    .join('\n');
}
