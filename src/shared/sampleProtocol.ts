/** What a sampler run is asked for, and what it shows of itself while it goes on: for the command line, and for views. */

import type { OptionValue } from './samplerForm';

/** What a sampler run is asked for. Paths are absolute. */
export interface SampleRequest {
  readonly file: string;
  readonly energy: string;
  /** 'auto' or an executor's id. */
  readonly executor: string;
  readonly seed: number;
  /** A sampler's name; undefined takes the one that suits the energy. */
  readonly sampler: string | undefined;
  /** Options that are not the sampler's defaults. */
  readonly options: Readonly<Record<string, OptionValue>>;
  /** Undefined takes the default, or all rows of the start's file. */
  readonly particles: number | undefined;
  /** 'data', 'normal', 'uniform', a file of particles, or a sample run's directory; undefined is 'normal'. */
  readonly start: string | undefined;
  /** The fit whose density is sampled; undefined takes the energy's newest finished one where it has parameters. */
  readonly run: string | undefined;
  /** An energy of the same file, without parameters, whose exp(-E) is the likelihood that steers the particles, and its weight. */
  readonly guide?: { readonly energy: string; readonly weight: number };
}

/** Figures of a sampler by their names, such as acceptance; only those that mean something for it. */
export type SampleFigures = Readonly<Record<string, number>>;

/** The density that is sampled and its score, on grids, in the user's units; of one or two dimensions. */
export interface SamplePicture {
  /** Values at cell centres, [ny, nx] (row 0 lowest) or [nx]; extent is [xmin, xmax(, ymin, ymax)]. */
  readonly density: { readonly shape: readonly number[]; readonly extent: readonly number[]; readonly values: Float32Array };
  /** On a coarser grid over the same extent, [my, mx, 2] or [mx, 1]. */
  readonly score: { readonly shape: readonly number[]; readonly values: Float32Array };
}

/** What a view must know of a sampler run that begins. */
export interface SampleInfo {
  readonly runDir: string;
  readonly file: string;
  readonly energy: string;
  readonly dim: number;
  readonly sampler: string;
  /** Every option, those that were not given included. */
  readonly options: Readonly<Record<string, OptionValue>>;
  readonly seed: number;
  readonly particles: number;
  /** Steps there are; undefined where the sampler finds out on its way. */
  readonly steps: number | undefined;
  readonly executor: string;
  readonly executorDetail: string;
  /** In words: what is sampled, and from where. */
  readonly target: string;
  readonly start: string;
  /** Modes whose shares frames tell, with the mass of the density in each where it is known; none where they are found at the end. */
  readonly modes: readonly { readonly label: string; readonly center: readonly number[]; readonly weight: number | null }[];
  /** Undefined above two dimensions, and where the density cannot be evaluated. */
  readonly picture: SamplePicture | undefined;
}

/** How far a sampler run is. */
export interface SampleProgress {
  readonly step: number;
  /** Undefined where the sampler finds out on its way. */
  readonly steps: number | undefined;
  readonly figures: SampleFigures;
  readonly stepsPerSecond: number;
  /** Estimated seconds until the last step; NaN where it is not known which that is. */
  readonly secondsLeft: number;
}

/** A live picture. The receiver owns the arrays. */
export interface SampleFrame {
  readonly step: number;
  /** Row-major [n, dim], in the user's units. */
  readonly particles: Float32Array;
  readonly figures: SampleFigures;
  /** Share of the particles in each of the info's modes. */
  readonly modeShares: readonly number[];
}

/** A mode with its share of the particles. Weights are in [0, 1]; null where unknown. */
export interface SampledMode {
  readonly label: string;
  /** In the user's units. */
  readonly center: readonly number[];
  /** Share of the particles, with the standard error of independent ones. */
  readonly weight: number;
  readonly weightStdErr: number;
  /** Mass under the density that is sampled, by its formula or by quadrature. */
  readonly ownWeight: number | null;
  readonly ownWeightStdErr: number | null;
  readonly dataWeight: number | null;
  readonly dataWeightStdErr: number | null;
}

/** What the particles of a run that has ended are worth. */
export interface SampleSummary {
  readonly seconds: number;
  readonly figures: SampleFigures;
  /** Configurational temperature: 1 where particles are distributed as the target within its modes. */
  readonly temperature: { readonly value: number; readonly standardError: number } | null;
  /** Agreement of chains, the worst coordinate of each figure; null where the sampler has no stationary chains. */
  readonly chains: { readonly chains: number; readonly rHat: number; readonly essBulk: number; readonly essTail: number } | null;
  readonly logZ: { readonly lower: number; readonly lowerError: number; readonly upper: number; readonly upperError: number } | null;
  readonly modes: readonly SampledMode[];
  /** What is wrong with the sample, one sentence each with the cure. */
  readonly warnings: readonly string[];
}
