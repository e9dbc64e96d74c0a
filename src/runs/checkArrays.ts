import type { NamedArray, NamedArrays } from './arrays';
import { RunError } from './runError';

/** A checked snapshot: the model after some step. Grids run over cell centres, row 0 at the smallest y. */
export interface Snapshot {
  readonly step: number;
  /** Flat parameters, float32 [P]. */
  readonly params: NamedArray;
  /** The model's density, [nx] or [ny, nx]; null where dim > 2. */
  readonly density: NamedArray | null;
  /** xmin, xmax (, ymin, ymax) of the grids, in the user's units; null where dim > 2. */
  readonly extent: readonly number[] | null;
  /** The model's score on a coarser grid of the same extent, [mx, 1] or [my, mx, 2]; null where dim > 2. */
  readonly score: NamedArray | null;
  /** Norm of the difference between the model's score and the data's on a grid of its own over the same extent, [nx] or [ny, nx]; null where unknown. */
  readonly scoreError: NamedArray | null;
  /** Samples of the model, [m, dim]; null where dim <= 2. */
  readonly samples: NamedArray | null;
  /** A few particles on their way from noise to data, [levels, particles, dim], with the noise of each level; null where none were kept. */
  readonly path: { readonly rows: NamedArray; readonly noise: readonly number[] } | null;
  /** All of them, and whatever else the file holds. */
  readonly arrays: NamedArrays;
}

/** A checked snapshot of a sampler run: the particles after some step. */
export interface ParticleSnapshot {
  readonly step: number;
  /** [n, dim], in the user's units; before the last step an even selection where they are many. */
  readonly samples: NamedArray;
  readonly arrays: NamedArrays;
}

/** A checked `data.npz`. */
export interface RunData {
  /** Rows of the data in the user's units, [m, dim]. */
  readonly sample: NamedArray | null;
  /** The data's density on the grid of the snapshots; null where unknown or dim > 2. */
  readonly truth: NamedArray | null;
  /** Of a sampler: the density that is sampled, and its score, named as in a `Snapshot`; null where dim > 2 or there is no density. */
  readonly density: NamedArray | null;
  readonly extent: readonly number[] | null;
  readonly score: NamedArray | null;
  readonly arrays: NamedArrays;
}

/** Checks ranks and shapes. `where` names the file in messages. Throws RunError. */
export function checkSnapshot(step: number, arrays: NamedArrays, dim: number, where: string): Snapshot {
  const params = arrays['params'];
  if (params?.shape.length !== 1) throw new RunError('malformed', `'params' in ${where} is missing or not a vector.`);
  const scoreError = checkShape(arrays, 'scoreError', where, gridShape(dim));
  const picture = checkPicture(arrays, dim, where);
  if (picture.extent === null && scoreError !== null) throw new RunError('malformed', `${where} has a grid and no extent.`);
  const samples = checkShape(arrays, 'samples', where, [null, dim]);
  return { step, params, ...picture, scoreError, samples, path: checkPath(arrays, dim, where), arrays };
}

function checkPath(arrays: NamedArrays, dim: number, where: string): Snapshot['path'] {
  const rows = checkShape(arrays, 'path', where, [null, null, dim]);
  if (rows === null) return null;
  const noise = checkShape(arrays, 'pathNoise', where, [rows.shape[0] ?? 0]);
  if (noise === null) throw new RunError('malformed', `${where} has a path and no noise levels.`);
  return { rows, noise: Array.from(noise.data) };
}

/** Checks ranks and shapes. `where` names the file in messages. Throws RunError. */
export function checkParticles(step: number, arrays: NamedArrays, dim: number, where: string): ParticleSnapshot {
  const samples = checkShape(arrays, 'samples', where, [null, dim]);
  if (samples === null) throw new RunError('malformed', `${where} has no 'samples'.`);
  return { step, samples, arrays };
}

/** Checks ranks and shapes. `where` names the file in messages. Throws RunError. */
export function checkData(arrays: NamedArrays, dim: number, where: string): RunData {
  const sample = checkShape(arrays, 'sample', where, [null, dim]);
  return { sample, truth: checkShape(arrays, 'truth', where, gridShape(dim)), ...checkPicture(arrays, dim, where), arrays };
}

function checkPicture(arrays: NamedArrays, dim: number, where: string): Pick<Snapshot, 'density' | 'extent' | 'score'> {
  const density = checkShape(arrays, 'density', where, gridShape(dim));
  const score = checkShape(arrays, 'score', where, [...gridShape(dim), dim]);
  const extent = checkExtent(arrays, dim, where);
  if (extent === null && (density !== null || score !== null)) throw new RunError('malformed', `${where} has a grid and no extent.`);
  return { density, extent, score };
}

/** Lengths that are free are null; above two dimensions there are no grids. */
function gridShape(dim: number): readonly null[] {
  return dim === 1 ? [null] : [null, null];
}

function checkShape(arrays: NamedArrays, name: string, where: string, wanted: readonly (number | null)[]): NamedArray | null {
  if (!Object.hasOwn(arrays, name)) return null;
  const array = arrays[name];
  const fits =
    array?.shape.length === wanted.length &&
    wanted.every((length, axis) => (length === null ? (array.shape[axis] ?? 0) > 0 : array.shape[axis] === length));
  if (array === undefined || !fits) {
    const shape = wanted.map((length) => length ?? 'any').join(', ');
    throw new RunError('malformed', `'${name}' in ${where} has the shape [${array?.shape.join(', ') ?? ''}], not [${shape}].`);
  }
  return array;
}

function checkExtent(arrays: NamedArrays, dim: number, where: string): readonly number[] | null {
  const array = checkShape(arrays, 'extent', where, [2 * dim]);
  if (array === null) return null;
  const values = Array.from(array.data);
  const ordered = values.every((value, index) => Number.isFinite(value) && (index % 2 === 0 || value > (values[index - 1] ?? Number.NaN)));
  if (!ordered) throw new RunError('malformed', `'extent' in ${where} is not a list of lower and upper bounds.`);
  return values;
}
