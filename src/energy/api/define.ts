/** `defineEnergy`: what an energy file exports. */

import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import type { FitSettings } from '../../shared/settings';
import { ApiError } from './apiError';
import { show } from './check';
import type { Data } from './data';
import { remember } from './defined';
import { checkFit } from './fit';
import { type ImageSides, imageShape } from './image';
import type { Mixing } from './mixing';
import type { Init, ParameterTree } from './parameters';
import { renaming, suggestion } from './suggest';

/** What `defineEnergy` takes. Write `params` before `energy`, so that the editor knows the type of the energy's second argument. */
export interface EnergyDefinition<P extends ParameterTree> {
  /** Number of coordinates of a row. */
  readonly dim: number;
  /** Initial parameters. Without it the energy is fixed: it can be sampled and tested, but not fitted. */
  readonly params?: (init: Init) => P;
  /** [n, dim] -> [n]: the energy E of each row. The density is proportional to exp(-E). */
  readonly energy: (x: Tensor2D, params: P) => Tensor;
  /** What to fit. */
  readonly data?: Data;
  /** The mixing density of the Mixture Fisher Divergence; by default a Gaussian fitted to the data. */
  readonly mixing?: Mixing;
  /** How to fit; every setting has a default. */
  readonly fit?: Partial<FitSettings>;
  /** Height and width (and 3 for colours), where rows are images: they are then shown as such. */
  readonly image?: ImageSides;
}

/** An energy, as `defineEnergy` returns it. Export it from the file. */
export type Energy<P extends ParameterTree = ParameterTree> = Readonly<EnergyDefinition<P>>;

const keys = ['dim', 'params', 'energy', 'data', 'mixing', 'fit', 'image'];

function requireFunction(name: string, value: unknown): void {
  if (typeof value !== 'function') throw new ApiError('argument', `defineEnergy: ${name} must be a function, not ${show(value)}.`);
}

function checkDefinition(given: unknown): void {
  if (typeof given !== 'object' || given === null) throw new ApiError('argument', `defineEnergy takes an object, not ${show(given)}.`);
  for (const key of Object.keys(given)) {
    if (!keys.includes(key))
      throw new ApiError('argument', `defineEnergy has no option "${key}"${suggestion(key, keys)}`, renaming(key, keys));
  }
  const { dim, params, energy, fit, image } = given as Readonly<Record<string, unknown>>;
  if (typeof dim !== 'number' || !Number.isInteger(dim) || dim < 1 || dim > 4096) {
    throw new ApiError('argument', `defineEnergy: dim must be a whole number from 1 to 4096, not ${show(dim)}.`);
  }
  requireFunction('energy', energy);
  if (params !== undefined) requireFunction('params', params);
  checkFit(fit);
  imageShape('defineEnergy', image, dim);
}

/**
 * Defines an energy-based model: a density proportional to exp(-energy).
 *
 * @example
 * export const quadratic = defineEnergy({ dim: 2, energy: (x) => x.square().sum(1).mul(0.5) });
 * @example
 * export const network = defineEnergy({
 *   dim: 2,
 *   params: (init) => ({ w1: init.glorot([2, 64]), b1: init.zeros([64]), w2: init.glorot([64, 1]) }),
 *   energy: (x, p) => tf.tanh(x.matMul(p.w1).add(p.b1)).matMul(p.w2).squeeze([1]),
 *   data: data.gaussianMixture(),
 *   fit: { objective: 'mfd', beta: 0.8 },
 * });
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- an energy without parameters gets an empty record
export function defineEnergy<P extends ParameterTree = {}>(definition: EnergyDefinition<P>): Energy<P> {
  checkDefinition(definition);
  const energy = Object.freeze({ ...definition });
  remember(energy, { network: 'energy', definition: energy as unknown as EnergyDefinition<ParameterTree> });
  return energy;
}
