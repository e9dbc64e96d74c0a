import { blend } from './blend';
import { type GaussianComponents, partsAt } from './gaussianComponents';
import type { ScoreField } from './scoreField';

/** The mixture of all components as a density, in float64. Normalised if the weights sum to one. */
export function gaussianField(components: GaussianComponents): ScoreField {
  const zeros = new Float64Array(components.parts);
  return { dim: components.dim, at: (rows) => Promise.resolve(blend(partsAt(components, rows), zeros)) };
}
