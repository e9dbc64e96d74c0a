/** From a traced energy and the user's wishes to a fit problem with nothing left open. */

import { dirname } from 'node:path';
import { distributionOf } from '../../data/distributions';
import { type FittedMoments, resolveMixing } from '../../data/mixing';
import { readData, rowsInWords } from '../../data/readers/readTable';
import { componentsOf } from '../../diagnose/fields/gaussianComponents';
import type { DataSpec } from '../../data/spec';
import { bindProgram } from '../../energy/bind';
import { EnergyFileError } from '../../energy/errors';
import type { TracedEnergy } from '../../energy/traced';
import type { Node } from '../../graph/graph';
import { concat } from '../../graph/ops';
import { objectives } from '../../objectives/objectives';
import type { Model, ScoreModel, Trainable } from '../../objectives/trainingStep';
import { Random } from '../../shared/random';
import { defaultFitSettings, type FitSettings, scoreObjective } from '../../shared/settings';
import { chosenMixing } from './chosenMixing';
import { levelRows, noiseLevels } from './levels';
import { builtinMixing, customMixing, type Mixing } from './mixing';
import type { FitProblem } from './problem';
import { type DataSource, samplerSource, tableSource } from './source';
import { identity, momentsOf, type Standardization, standardizationOf, standardize } from './standardization';

const momentRows = 20_000;
/** Share of the data's standard deviation that denoising takes where the user names no noise. Own choice. */
const defaultNoiseShare = 0.1;
/** The same for noise that is annealed: as wide as the data, which joins their modes. Own choice. */
const annealedNoiseShare = 1;

export interface PrepareOptions {
  /** Absolute path of the energy file; data files are found relative to it. */
  readonly file: string;
  readonly seed: number;
  /** Settings that win over the file's. */
  readonly overrides: Partial<FitSettings>;
}

/** The settings of an energy with its defaults and the caller's wishes. */
export function settingsOf(traced: TracedEnergy, overrides: Partial<FitSettings>): FitSettings {
  const own = traced.network === 'score' ? { objective: scoreObjective } : {};
  const settings: FitSettings = { ...defaultFitSettings, ...own, ...traced.fit, ...overrides };
  const { trains, title } = objectives[settings.objective];
  if (trains === traced.network) return settings;
  throw new EnergyFileError(
    'fit',
    trains === 'energy'
      ? `"${traced.name}" is a score network, which has no energy: it is fitted by ${scoreObjective}, not by ${settings.objective}.`
      : `"${traced.name}" is an energy; ${settings.objective} (${title}) is for score networks, made by defineScore.`,
    traced.source,
  );
}

/** The data of an energy, of which at least `minRows` rows are needed. Throws EnergyFileError or DataError. */
export async function sourceOf(
  spec: DataSpec,
  traced: TracedEnergy,
  minRows: number,
  { file, seed }: Pick<PrepareOptions, 'file' | 'seed'>,
): Promise<DataSource> {
  const { dim } = traced;
  switch (spec.kind) {
    case 'file': {
      const table = await readData(spec, { directory: dirname(file), dim, minRows });
      return tableSource(table.values, dim, `${spec.path}, ${table.rows} rows of ${rowsInWords(table)}`);
    }
    case 'samples':
      if (spec.values.length / dim < minRows) {
        throw new EnergyFileError(
          'dimension',
          `data.sampler gave ${spec.values.length / dim} rows, but a minibatch takes ${minRows}; raise fit.samples or lower fit.batch.`,
          traced.source,
        );
      }
      return tableSource(spec.values, dim, `data.sampler, ${spec.values.length / dim} rows`);
    default: {
      const distribution = distributionOf(spec);
      if (distribution.dim !== dim) {
        throw new EnergyFileError(
          'dimension',
          `The data have ${distribution.dim} coordinates, but the energy has dim ${dim}.`,
          traced.source,
        );
      }
      const mixture = spec.kind === 'gaussianMixture' ? componentsOf(spec.means, spec.std, spec.weights) : undefined;
      const description = spec.kind === 'affine' ? `${spec.base.kind}, scaled` : spec.kind;
      return samplerSource(distribution, description, new Random(seed), mixture);
    }
  }
}

function mixingOfFit(traced: TracedEnergy, settings: FitSettings, moments: FittedMoments, standardization: Standardization): Mixing {
  const spec = chosenMixing(traced, settings, moments);
  if (spec.kind !== 'custom') return builtinMixing(resolveMixing(spec, moments), standardization);
  const logDensity = (x: Node): Node => bindProgram(x.graph, spec.logDensity, x.shape[0]!, [x])[0]!;
  return customMixing(spec.samples, traced.dim, logDensity, standardization);
}

/** The traced energy as a model that can be put into any graph. */
function energyModelOf(traced: TracedEnergy): Model {
  return {
    dim: traced.dim,
    paramShapes: traced.params.map(({ shape }) => shape),
    energy: (x, params) => bindProgram(x.graph, traced.energy, x.shape[0]!, [x, ...params])[0]!,
  };
}

/** The traced score network as a model that can be put into any graph. */
function scoreModelOf(traced: TracedEnergy): ScoreModel {
  return {
    dim: traced.dim,
    paramShapes: traced.params.map(({ shape }) => shape),
    score: (x, sigma, params) => bindProgram(x.graph, traced.energy, x.shape[0]!, [concat([x, sigma], 1), ...params])[0]!,
  };
}

/** The traced network as a model that can be put into any graph. */
export function modelOf(traced: TracedEnergy): Trainable {
  return traced.network === 'energy' ? energyModelOf(traced) : scoreModelOf(traced);
}

/** Score networks are standardised by one scale for all coordinates, so that their noise stays isotropic in the user's units. */
function standardizationFor(traced: TracedEnergy, settings: FitSettings, moments: FittedMoments): Standardization {
  if (!settings.standardize) return identity(traced.dim);
  const own = standardizationOf(moments);
  if (traced.network === 'energy') return own;
  const variance = moments.std.reduce((total, s) => total + s * s, 0) / traced.dim;
  return { mean: own.mean, scale: new Float64Array(traced.dim).fill(Math.sqrt(variance) || 1) };
}

function flatten(traced: TracedEnergy): Float32Array {
  const flat = new Float32Array(traced.params.reduce((n, { init }) => n + init.length, 0));
  let begin = 0;
  for (const { init } of traced.params) {
    flat.set(init, begin);
    begin += init.length;
  }
  return flat;
}

/** Throws EnergyFileError or DataError for what does not fit together. */
export async function prepareFit(traced: TracedEnergy, options: PrepareOptions): Promise<FitProblem> {
  const settings = settingsOf(traced, options.overrides);
  if (traced.params.length === 0) {
    throw new EnergyFileError(
      'params',
      `The energy "${traced.name}" has no parameters, so there is nothing to fit; give it params, for example with mlp(...).`,
      traced.source,
    );
  }
  if (!traced.data) {
    throw new EnergyFileError(
      'argument',
      `The energy "${traced.name}" has no data to fit; give it data, for example data.csv('points.csv').`,
      traced.source,
    );
  }
  const objective = objectives[settings.objective];
  const source = await sourceOf(
    traced.data,
    traced,
    objective.bridged ? Math.ceil(settings.beta * settings.batch) : settings.batch,
    options,
  );
  const moments = momentsOf(source.overview(momentRows), source.dim);
  const standardization = standardizationFor(traced, settings, moments);
  const { scale } = standardization;
  const noiseShare = objective.levels === 'annealed' ? annealedNoiseShare : defaultNoiseShare;
  return {
    file: options.file,
    energy: traced.name,
    model: modelOf(traced),
    paramNames: traced.params.map(({ name }) => name),
    initial: flatten(traced),
    source,
    standardization,
    mixing: mixingOfFit(traced, settings, moments, standardization),
    sigma: Array.from(moments.std, (std, j) => (settings.sigma > 0 ? settings.sigma : noiseShare * (std || 1)) / scale[j]!),
    levels: traced.noise ? noiseLevels(traced.noise, standardize(source.overview(levelRows), standardization), scale) : [],
    image: traced.image,
    settings,
    seed: options.seed,
  };
}
