/** `defineScore`: a score network that is conditioned on a noise level (NCSN). */

import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import type { FitSettings } from '../../shared/settings';
import type { NoiseSpec } from '../traced';
import * as check from './check';
import type { Data } from './data';
import { remember } from './defined';
import { checkFit } from './fit';
import { type ImageSides, imageShape } from './image';
import type { Init, ParameterTree } from './parameters';

/** Noise levels: a geometric sequence of standard deviations in the data's units. What is left out is chosen from the data. */
export interface NoiseOptions {
  /** The largest; by default the largest distance between two rows of the data (Song and Ermon 2020, technique 1). */
  readonly largest?: number;
  /** The smallest; by default a hundredth of the data's standard deviation. */
  readonly smallest?: number;
  /** How many; by default so many that neighbours overlap well (technique 2). */
  readonly levels?: number;
}

/** What `defineScore` takes. Write `params` before `score`, so that the editor knows the type of the score's last argument. */
export interface ScoreDefinition<P extends ParameterTree> {
  /** Number of coordinates of a row. */
  readonly dim: number;
  /** Initial parameters. */
  readonly params: (init: Init) => P;
  /**
   * ([n, dim], [n, 1]) -> [n, dim]: the score of the data with noise sigma, grad log (p * N(0, sigma^2 I)), at each row.
   * x and sigma come standardised: as if the data had mean 0 and standard deviation 1.
   */
  readonly score: (x: Tensor2D, sigma: Tensor2D, params: P) => Tensor;
  /** Noise levels of training and of annealed Langevin dynamics. */
  readonly noise?: NoiseOptions;
  /** What to fit. */
  readonly data?: Data;
  /** How to fit; the objective is always `multi-noise`. */
  readonly fit?: Partial<FitSettings>;
  /** Height and width (and 3 for colours), where rows are images: they are then shown as such. */
  readonly image?: ImageSides;
}

/** A score network, as `defineScore` returns it. Export it from the file. */
export type Score<P extends ParameterTree = ParameterTree> = Readonly<ScoreDefinition<P>>;

const keys = ['dim', 'params', 'score', 'noise', 'data', 'fit', 'image'];

/** The noise levels as plain data, checked. */
export function noiseSpec(noise: NoiseOptions | undefined): NoiseSpec {
  const { largest, smallest, levels } = check.options('defineScore: noise', noise, ['largest', 'smallest', 'levels']);
  const spec: NoiseSpec = {
    largest: largest === undefined ? null : check.positive('defineScore: noise.largest', largest),
    smallest: smallest === undefined ? null : check.positive('defineScore: noise.smallest', smallest),
    levels: levels === undefined ? null : check.count('defineScore: noise.levels', levels, 1, 1000),
  };
  if (spec.largest !== null && spec.smallest !== null)
    check.require(spec.smallest <= spec.largest, 'defineScore: noise.smallest must not be above noise.largest.');
  return spec;
}

function checkDefinition(given: unknown): void {
  check.require(typeof given === 'object' && given !== null, `defineScore takes an object, not ${check.show(given)}.`);
  const { dim, params, score, noise, fit, image } = check.options('defineScore', given, keys);
  const columns = check.count('defineScore: dim', dim, 1, 4096);
  check.require(typeof score === 'function', `defineScore: score must be a function, not ${check.show(score)}.`);
  check.require(
    typeof params === 'function',
    `defineScore: params must be a function that makes initial parameters, not ${check.show(params)}.`,
  );
  noiseSpec(noise as NoiseOptions | undefined);
  checkFit(fit, 'score');
  imageShape('defineScore', image, columns);
}

/**
 * Defines a score network s(x, sigma): trained by denoising at many noise levels, sampled by annealed Langevin dynamics
 * (Song and Ermon 2019). It has no energy, and so no density.
 *
 * @example
 * export const corners = defineScore({
 *   dim: 2,
 *   ...scoreMlp([2, 128, 128, 2]),
 *   noise: { largest: 20, smallest: 1, levels: 10 },
 *   data: data.gaussianMixture({ means: [[5, 5], [-5, -5]], std: 1, weights: [0.8, 0.2] }),
 * });
 */
export function defineScore<P extends ParameterTree>(definition: ScoreDefinition<P>): Score<P> {
  checkDefinition(definition);
  const score = Object.freeze({ ...definition });
  remember(score, { network: 'score', definition: score as unknown as ScoreDefinition<ParameterTree> });
  return score;
}
