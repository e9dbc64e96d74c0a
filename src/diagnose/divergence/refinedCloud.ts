import type { Cloud } from '../cloud';
import type { Estimate } from '../density';
import type { ScoreField } from '../fields/scoreField';
import { type Box, gridCloud } from '../gridCloud';

/** Cells of a coordinate to begin with and at most, by dimension: 1, 2. */
const cellRange: readonly (readonly [number, number])[] = [
  [2048, 65_536],
  [96, 768],
];

/**
 * The density on a grid that is doubled until the two interleaved grids agree on every estimate to the tolerance.
 * @param tolerance of the errors, relative to the values
 * @param estimates what must be accurate, from a cloud
 */
export async function refinedCloud(
  field: ScoreField,
  box: Box,
  estimates: (cloud: Cloud) => readonly Estimate[],
  tolerance = 1e-5,
): Promise<{ cloud: Cloud; cells: number; converged: boolean }> {
  const [fewest, most] = cellRange[field.dim - 1]!;
  for (let cells = fewest; ; cells *= 2) {
    const cloud = await gridCloud(field, box, cells);
    const converged = estimates(cloud).every(({ value, stdErr }) => stdErr <= tolerance * Math.abs(value));
    if (converged || 2 * cells > most) return { cloud, cells, converged };
  }
}
