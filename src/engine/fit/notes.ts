/** What a reader of the figures should know about how far they can be trusted. */

import type { ModelDensity } from '../../diagnose/density';
import type { WeightedPoints } from '../../diagnose/points';
import type { Box } from './boxes';

const edgeShare = 0.03;
const edgeMassAllowed = 0.01;
const effectiveShareNeeded = 0.01;

/** A density that leans on the edge of the grid is not confined: its normaliser is a property of the box. */
function edgeNotes(points: WeightedPoints, { logDensity }: ModelDensity, { low, high }: Box): string[] {
  let edge = 0;
  for (let i = 0; i < points.count; i++) {
    const near = low.some((l, j) => {
      const position = (points.points[i * points.dim + j]! - l) / (high[j]! - l);
      return position < edgeShare || position > 1 - edgeShare;
    });
    if (near) edge += points.weights[i]! * Math.exp(logDensity[i]!);
  }
  if (edge < edgeMassAllowed) return [];
  return [
    `${(100 * edge).toFixed(1)} % of the model's mass lies at the edge of the grid: the energy does not confine it, and KL and weights depend on the box`,
  ];
}

function sampleSizeNotes(points: WeightedPoints, { effectiveShare }: ModelDensity): string[] {
  if (effectiveShare > effectiveShareNeeded) return [];
  const size = Math.round(effectiveShare * points.count);
  return [
    `log Z rests on an effective sample of only ${size} of ${points.count} draws: treat KL and weights with care, or choose a mixing density closer to the data`,
  ];
}

export function evaluationNotes(points: WeightedPoints, density: ModelDensity, box: Box): string[] {
  return points.kind === 'grid' ? edgeNotes(points, density, box) : sampleSizeNotes(points, density);
}
