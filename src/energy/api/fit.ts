/** Checks the fit settings of an energy file. */

import { defaultFitSettings, type FitSettings, mixingChoices, objectiveNames, scoreObjective } from '../../shared/settings';
import type { Fix } from '../../shared/fix';
import { ApiError } from './apiError';
import { show } from './check';
import { nearestName, renaming, suggestion } from './suggest';

/** Undefined where the value is right, else what it must be. */
type Rule = (value: unknown) => string | undefined;

function number(wanted: string, holds: (v: number) => boolean): Rule {
  return (value) => (typeof value === 'number' && Number.isFinite(value) && holds(value) ? undefined : wanted);
}

function whole(least: number, most: number): Rule {
  return number(`a whole number from ${least} to ${most}`, (v) => Number.isInteger(v) && v >= least && v <= most);
}

function oneOf(names: readonly string[]): Rule {
  const list = `one of ${names.map((name) => `"${name}"`).join(', ')}`;
  return (value) => (typeof value === 'string' && names.includes(value) ? undefined : list);
}

const nonNegative = number('a number of at least 0', (v) => v >= 0);

const choices = {
  objective: objectiveNames,
  mixing: mixingChoices,
  schedule: ['cosine', 'constant'],
  directions: ['rademacher', 'gaussian'],
} as const;

const rules: { readonly [K in keyof FitSettings]: Rule } = {
  objective: oneOf(choices.objective),
  beta: number('strictly between 0 and 1', (v) => v > 0 && v < 1),
  mixing: oneOf(choices.mixing),
  mixingWidth: nonNegative,
  steps: whole(1, 100_000_000),
  batch: whole(2, 1_000_000),
  learningRate: number('a positive number', (v) => v > 0),
  schedule: oneOf(choices.schedule),
  weightDecay: nonNegative,
  clip: nonNegative,
  ema: number('at least 0 and below 1', (v) => v >= 0 && v < 1),
  sigma: nonNegative,
  directions: oneOf(choices.directions),
  standardize: (value) => (typeof value === 'boolean' ? undefined : 'true or false'),
  samples: whole(1, 10_000_000),
};

/** `; did you mean "fisher"?` for a mistyped choice, else a full stop. */
function ending(key: string, setting: unknown): string {
  const names: readonly string[] | undefined = (choices as Readonly<Partial<Record<string, readonly string[]>>>)[key];
  const near = names && typeof setting === 'string' ? nearestName(setting, names) : undefined;
  return near === undefined ? '.' : `; did you mean "${near}"?`;
}

/** The cure of a wrong value: the choice that was meant, or a beta that works. */
function fixOf(key: string, setting: unknown): Fix | undefined {
  if (key === 'beta') return { kind: 'set', property: key, value: String(defaultFitSettings.beta) };
  const names: readonly string[] | undefined = (choices as Readonly<Partial<Record<string, readonly string[]>>>)[key];
  return names && typeof setting === 'string' ? renaming(setting, names) : undefined;
}

/**
 * @param value what the file gives as `fit`
 * @param network what is fitted: score networks have an objective of their own
 * @returns a copy with known keys only
 * @throws ApiError for an unknown key or a wrong value
 */
export function checkFit(value: unknown, network: 'energy' | 'score' = 'energy'): Partial<FitSettings> {
  if (value === undefined) return {};
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ApiError('fit', `fit must be an object of settings, not ${show(value)}.`);
  const known = Object.keys(defaultFitSettings);
  const out: Record<string, unknown> = {};
  for (const [key, setting] of Object.entries(value as Record<string, unknown>)) {
    if (!known.includes(key)) throw new ApiError('fit', `fit has no setting "${key}"${suggestion(key, known)}`, renaming(key, known));
    const rule = key === 'objective' && network === 'score' ? oneOf([scoreObjective]) : rules[key as keyof FitSettings];
    const wanted = rule(setting);
    if (wanted !== undefined)
      throw new ApiError('fit', `fit.${key} must be ${wanted}, not ${show(setting)}${ending(key, setting)}`, fixOf(key, setting));
    out[key] = setting;
  }
  return out;
}
