/** Traces one defined energy or score network with all that belongs to it. */

import { slice, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import { defaultDataSpec } from '../../data/distributions';
import type { AffineDataSpec, BuiltinDataSpec, BuiltinMixingSpec, DataSpec } from '../../data/spec';
import type { SourcePosition } from '../../graph/graph';
import type { Fix } from '../../shared/fix';
import { Random } from '../../shared/random';
import { defaultFitSettings } from '../../shared/settings';
import { ApiError } from '../api/apiError';
import { require, show } from '../api/check';
import { specDim } from '../api/dataSpecs';
import type { Defined, Definition } from '../api/defined';
import { imageShape } from '../api/image';
import { noiseSpec } from '../api/defineScore';
import { checkFit } from '../api/fit';
import { createInit } from '../api/initializers';
import type { CustomMixing } from '../api/mixing';
import type { ParameterTree } from '../api/parameters';
import { packRows } from '../api/rows';
import type { CustomMixingSpec, TracedEnergy, TracedParameter } from '../traced';
import { flatten, type NamedTensor, rebuild } from './flatten';
import { asTraceError, type TraceEnvironment, traceFunction } from './traceFunction';
import { TraceError } from './traceError';

/** Options of a trace. */
export interface TraceOptions {
  /** Initial parameters, samplers and Math.random come from it. */
  readonly seed: number;
  /** Rows drawn from a sampler or a custom mixing density; by default what the energy's fit says. */
  readonly samples?: number;
}

/** A traced energy, and what its author should know. */
export interface TraceResult {
  readonly energy: TracedEnergy;
  readonly warnings: readonly string[];
}

/** Stands for a position that is not known; the loader puts the file's there. */
const unknownPosition: SourcePosition = { file: '', line: 1, column: 1 };

function parameter({ name, tensor }: NamedTensor, position: SourcePosition | undefined): TracedParameter {
  const init = Float32Array.from(tensor.dataSync());
  const wrong = init.find((v) => !Number.isFinite(v));
  if (wrong !== undefined) throw new TraceError('params', `The initial value of the parameter ${name} contains ${wrong}.`, position);
  return { name, shape: [...tensor.shape], init };
}

function checkDim(what: string, dim: number, wanted: number, fix?: Fix): void {
  if (dim !== wanted) throw new ApiError('dimension', `${what} has ${dim} column${dim === 1 ? '' : 's'}, but dim is ${wanted}.`, fix);
}

function checkLength(what: string, value: number | readonly number[] | undefined, dim: number): void {
  if (typeof value !== 'number' && value !== undefined && value.length !== dim) {
    throw new ApiError('dimension', `${what} has ${value.length} number${value.length === 1 ? '' : 's'}, but dim is ${dim}.`);
  }
}

/** What is traced of a definition. */
interface Network {
  readonly subject: string;
  /** Numbers in a row of the input. */
  readonly dim: number;
  /** Numbers in a row of the result; absent for a single one. */
  readonly width?: number;
  readonly run: (x: Tensor2D, params: ParameterTree) => Tensor;
}

function networkOf(defined: Definition): Network {
  if (defined.network === 'energy') return { subject: 'The energy', dim: defined.definition.dim, run: defined.definition.energy };
  const { dim, score } = defined.definition;
  // The noise level of a row is its last column.
  const run = (x: Tensor2D, params: ParameterTree): Tensor => score(slice(x, [0, 0], [-1, dim]), slice(x, [0, dim], [-1, 1]), params);
  return { subject: 'The score', dim: dim + 1, width: dim, run };
}

class EnergyTracer {
  private readonly random: Random;
  private readonly position: SourcePosition | undefined;
  private readonly dim: number;

  constructor(
    private readonly environment: TraceEnvironment,
    private readonly name: string,
    private readonly defined: Defined,
    private readonly options: TraceOptions,
  ) {
    this.random = new Random(options.seed);
    this.position = environment.locator.within(defined.stack);
    this.dim = defined.definition.dim;
  }

  run(): TraceResult {
    const { definition } = this.defined;
    const tree = this.user(() => definition.params?.(createInit(this.random.split('params'))) ?? {});
    const named = flatten(tree, this.position);
    const params = named.map((leaf) => parameter(leaf, this.position));
    const { run, ...network } = networkOf(this.defined);
    const traced = traceFunction(this.environment, {
      ...network,
      params: named,
      trainable: true,
      position: this.position,
      run: (x, tensors) => run(x, rebuild(tree, tensors)),
    });
    const variables = traced.variables.map(({ variable }) => parameter({ name: variable.name, tensor: variable }, this.position));
    const energy: TracedEnergy = {
      network: this.defined.network,
      name: this.name,
      source: this.position ?? unknownPosition,
      dim: this.dim,
      params: [...params, ...variables],
      energy: traced.program,
      data: this.user(() => this.data()),
      mixing: this.user(() => this.mixing()),
      fit: checkFit(definition.fit, this.defined.network),
      noise: this.defined.network === 'score' ? noiseSpec(this.defined.definition.noise) : null,
      image: imageShape(this.name, definition.image, this.dim),
      kernels: traced.kernels,
    };
    return { energy, warnings: traced.warnings.map((warning) => `${this.name}: ${warning}`) };
  }

  /** Runs code of the user; its mistakes get a position. */
  private user<T>(run: () => T): T {
    try {
      return run();
    } catch (error) {
      throw asTraceError(error, this.environment.locator, this.position);
    }
  }

  private get rows(): number {
    return this.options.samples ?? this.defined.definition.fit?.samples ?? defaultFitSettings.samples;
  }

  private data(): DataSpec | null {
    const given = this.defined.definition.data;
    if (given === undefined) return null;
    const { kind } = given as { readonly kind?: unknown };
    const known = typeof kind === 'string' && ['sampler', 'file', 'affine', ...Object.keys(defaultDataSpec)].includes(kind);
    require(known, `defineEnergy: data must come from a function of data, such as data.gaussianMixture(), not ${show(given)}.`);
    if (given.kind === 'file') return given;
    if (given.kind === 'sampler') {
      const values = packRows('data.sampler', given.sample(this.random.split('data'), this.rows), this.rows, this.dim);
      return { kind: 'samples', dim: this.dim, values };
    }
    const spec: BuiltinDataSpec | AffineDataSpec = given;
    const dim = specDim(spec);
    checkDim('The data', dim, this.dim, { kind: 'set', property: 'dim', value: String(dim) });
    return spec;
  }

  private mixing(): BuiltinMixingSpec | CustomMixingSpec | null {
    const given = this.defined.network === 'energy' ? this.defined.definition.mixing : undefined;
    if (given === undefined) return null;
    if ('sample' in given || 'logDensity' in given) return this.customMixing(given as CustomMixing);
    switch (given.kind) {
      case 'gaussian':
        checkLength('The mean of the mixing density', given.mean, this.dim);
        checkLength('The std of the mixing density', given.std, this.dim);
        return given;
      case 'uniformBox':
        checkLength('The low of the mixing density', given.low, this.dim);
        checkLength('The high of the mixing density', given.high, this.dim);
        return given;
      case 'mixture':
        checkDim('The mixing density', given.means[0]?.length ?? 0, this.dim);
        return given;
      default:
        throw new ApiError(
          'argument',
          `defineEnergy: mixing must come from a function of mixing, or be { sample, logDensity }, not ${show(given)}.`,
        );
    }
  }

  private customMixing(mixing: CustomMixing): CustomMixingSpec {
    require(typeof mixing.sample === 'function', 'defineEnergy: mixing has a logDensity but no function "sample".');
    require(typeof mixing.logDensity ===
      'function', 'defineEnergy: mixing has a function sample but no "logDensity", which must be a function of x.');
    const samples = packRows('mixing.sample', mixing.sample(this.random.split('mixing'), this.rows), this.rows, this.dim);
    const { program } = traceFunction(this.environment, {
      subject: 'The logDensity of the mixing density',
      dim: this.dim,
      params: [],
      trainable: false,
      position: this.position,
      run: (x: Tensor2D) => mixing.logDensity(x),
    });
    return { kind: 'custom', samples, logDensity: program };
  }
}

/**
 * Traces an energy or a score network.
 *
 * @param name what the file exports it as
 * @throws TraceError with a position in the code that ran
 */
export function traceEnergy(environment: TraceEnvironment, name: string, defined: Defined, options: TraceOptions): TraceResult {
  return new EnergyTracer(environment, name, defined, options).run();
}
