/** Divergences of two mixtures of the same components by quadrature, for pictures of diagnoses that were never made. */

import { densityAt, type Mixture } from './mixture';

/** Density and score, [cells] and [cells, dim], at the centres of a grid. */
interface Field {
  readonly density: Float64Array;
  readonly score: Float64Array;
}

export interface Lattice {
  readonly dim: number;
  readonly cells: number;
  readonly low: number;
  readonly high: number;
}

const volume = ({ dim, cells, low, high }: Lattice): number => ((high - low) / cells) ** dim;

function place({ dim, cells, low, high }: Lattice, index: number): number[] {
  return Array.from({ length: dim }, (_, axis) => low + (((Math.floor(index / cells ** axis) % cells) + 0.5) / cells) * (high - low));
}

export function fieldOn(lattice: Lattice, mixture: Mixture): Field {
  const count = lattice.cells ** lattice.dim;
  const [density, score] = [new Float64Array(count), new Float64Array(count * lattice.dim)];
  for (let i = 0; i < count; i++) {
    const at = densityAt(mixture, place(lattice, i));
    density[i] = at.density;
    score.set(at.score, i * lattice.dim);
  }
  return { density, score };
}

/** Sum of weighted densities, with its score. */
export function blend(dim: number, parts: readonly { readonly weight: number; readonly field: Field }[]): Field {
  const count = parts[0]!.field.density.length;
  const [density, score] = [new Float64Array(count), new Float64Array(count * dim)];
  for (let i = 0; i < count; i++) {
    let total = 1e-300;
    for (const { weight, field } of parts) total += weight * field.density[i]!;
    density[i] = total;
    for (let axis = 0; axis < dim; axis++) {
      let sum = 0;
      for (const { weight, field } of parts) sum += weight * field.density[i]! * field.score[i * dim + axis]!;
      score[i * dim + axis] = sum / total;
    }
  }
  return { density, score };
}

/** 1/2 E_p |s_p - s_q|^2. */
export function fisher(lattice: Lattice, p: Field, q: Field): number {
  let total = 0;
  for (let i = 0; i < p.density.length; i++) {
    let square = 0;
    for (let axis = 0; axis < lattice.dim; axis++) square += (p.score[i * lattice.dim + axis]! - q.score[i * lattice.dim + axis]!) ** 2;
    total += p.density[i]! * square;
  }
  return 0.5 * total * volume(lattice);
}

/** E_p log(p / q). */
export function kullbackLeibler(lattice: Lattice, p: Field, q: Field): number {
  let total = 0;
  for (let i = 0; i < p.density.length; i++) if (p.density[i]! > 1e-290) total += p.density[i]! * Math.log(p.density[i]! / q.density[i]!);
  return Math.max(0, total * volume(lattice));
}
