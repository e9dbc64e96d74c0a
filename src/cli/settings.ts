import { checkFit } from '../energy/api/fit';
import { defaultFitSettings, type FitSettings } from '../shared/settings';
import { didYouMean, UsageError } from './usage';

function parseValue(key: keyof FitSettings, text: string): unknown {
  const standard = defaultFitSettings[key];
  if (typeof standard === 'number') return text.trim() === '' ? NaN : Number(text);
  if (typeof standard === 'boolean') return text === 'true' ? true : text === 'false' ? false : text;
  return text;
}

/** Settings from `--set key=value` and the options that stand for one. Throws UsageError for unknown keys and impossible values. */
export function settingOverrides(assignments: readonly string[], direct: Readonly<Record<string, unknown>>): Partial<FitSettings> {
  const given: Record<string, unknown> = {};
  for (const assignment of assignments) {
    const at = assignment.indexOf('=');
    const key = assignment.slice(0, Math.max(at, 0));
    if (at < 1) throw new UsageError(`--set takes key=value, not "${assignment}".`);
    if (!Object.hasOwn(defaultFitSettings, key)) {
      const known = Object.keys(defaultFitSettings);
      throw new UsageError(`there is no setting "${key}".${didYouMean(key, known)} Known are ${known.join(', ')}.`);
    }
    given[key] = parseValue(key as keyof FitSettings, assignment.slice(at + 1));
  }
  for (const [key, value] of Object.entries(direct)) if (value !== undefined) given[key] = value;
  try {
    return checkFit(given);
  } catch (error) {
    throw new UsageError((error instanceof Error ? error.message : String(error)).replace(/^fit\./, ''));
  }
}
