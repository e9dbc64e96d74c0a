import type { RunRecord } from '../runs/record';
import type { FitProblem } from './fit/problem';

/** Means and scales of the same data differ by the rounding of their sums alone: relative to a scale. */
const sameMoments = 1e-9;

/** Parameters with their shapes, in words. */
export interface ParameterLists {
  readonly now: string;
  readonly then: string;
}

type What = 'data' | 'mixing density';

/**
 * What of an energy has changed since a fit of it, so that its parameters mean something else now.
 * @param problem the run's, prepared anew from its energy file with the run's seed and settings
 * @returns undefined where nothing has
 */
export function changedSince(
  { paramNames, model, standardization, mixing, source }: FitProblem,
  record: RunRecord,
): { readonly what: 'parameters'; readonly lists: ParameterLists } | { readonly what: What } | undefined {
  const now = paramNames.map((name, i) => `${name} [${model.paramShapes[i]!.join(', ')}]`).join('; ');
  const then = record.params.map(({ name, shape }) => `${name} [${shape.join(', ')}]`).join('; ');
  if (now !== then || record.dim !== source.dim) return { what: 'parameters', lists: { now, then } };
  const { mean, scale } = record.standardization;
  const moved = standardization.scale.some((now, j) => {
    const largest = sameMoments * now;
    return !(Math.abs(standardization.mean[j]! - (mean[j] ?? NaN)) <= largest && Math.abs(now - (scale[j] ?? NaN)) <= largest);
  });
  if (moved) return { what: 'data' };
  return record.mixing && record.mixing.description !== mixing.description ? { what: 'mixing density' } : undefined;
}
