/**
 * What energy files import as 'unblind'.
 *
 * @example
 * import * as tf from '@tensorflow/tfjs';
 * import { data, defineEnergy, mixing, mlp } from 'unblind';
 *
 * export const fourModes = defineEnergy({
 *   dim: 2,
 *   ...mlp([2, 128, 128, 1], 'swish'),
 *   data: data.gaussianMixture(),
 *   mixing: mixing.gaussian(),
 *   fit: { objective: 'mfd', beta: 0.8 },
 * });
 */

export { type ActivationName, type Activations, activations } from './api/activations';
export { type Data, data, type DataFunctions, type Sampler } from './api/data';
export { defineEnergy, type Energy, type EnergyDefinition } from './api/define';
export { defineScore, type NoiseOptions, type Score, type ScoreDefinition } from './api/defineScore';
export { type CustomMixing, type Mixing, mixing, type MixingFunctions } from './api/mixing';
export { type Layer, mlp, type Mlp, type MlpParameters } from './api/mlp';
export type { Init, ParameterTree, TensorOfShape } from './api/parameters';
export type { Rng, Rows } from './api/rows';
export { scoreMlp, type ScoreMlp } from './api/scoreMlp';
