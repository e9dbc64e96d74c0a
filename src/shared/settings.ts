/** The settings of a fit, as an energy file gives them in `fit` and the command line overrides them. */

/** Objectives of energies. */
export const objectiveNames = ['mfd', 'mfd-self-normalised', 'fisher', 'sliced', 'sliced-vr', 'denoising', 'noise-annealed'] as const;
/** The one objective of score networks: denoising at many noise levels. */
export const scoreObjective = 'multi-noise' as const;
/** All of them. */
export const allObjectiveNames = [...objectiveNames, scoreObjective] as const;
/** What energies can be fitted by, and what score networks are. */
export type EnergyObjectiveName = (typeof objectiveNames)[number];
export type ObjectiveName = (typeof allObjectiveNames)[number];

/** Where the mixing density comes from: the energy file, or one fitted to the data, which then wins over the file's. */
export const mixingChoices = ['file', 'gaussian', 'uniformBox'] as const;
export type MixingChoice = (typeof mixingChoices)[number];

export interface FitSettings {
  /** What is minimised; see docs/objectives in the README. */
  readonly objective: ObjectiveName;
  /** Weight of the data in the bridged density beta p + (1 - beta) m; strictly between 0 and 1. */
  readonly beta: number;
  /** The mixing density m: the energy file's, or a Gaussian or a uniform box around the data. */
  readonly mixing: MixingChoice;
  /** Width of a chosen m: standard deviations of the data (gaussian) or their range (uniformBox); 0 takes what is fitted, 1 and 1.4. */
  readonly mixingWidth: number;
  /** Optimiser steps. */
  readonly steps: number;
  /** Rows of a minibatch. */
  readonly batch: number;
  /** Adam's step size at the start. */
  readonly learningRate: number;
  /** How the step size goes over the run: constant, or a half cosine down to zero. */
  readonly schedule: 'cosine' | 'constant';
  /** Decoupled weight decay per unit of learning rate (AdamW); 0 is none. */
  readonly weightDecay: number;
  /** Largest Euclidean norm of the gradient; 0 is no clipping. */
  readonly clip: number;
  /** Decay of the exponential moving average of the parameters that is evaluated; 0 is none. */
  readonly ema: number;
  /** Noise of the denoising objective, and of the first step of the noise-annealed one, in the user's units; 0 chooses a tenth of the data's standard deviation, and all of it. */
  readonly sigma: number;
  /** Random directions of the sliced objectives. */
  readonly directions: 'rademacher' | 'gaussian';
  /** Standardise the data (per coordinate) before the fit. */
  readonly standardize: boolean;
  /** Rows drawn once from a `data.sampler` or a custom mixing density. */
  readonly samples: number;
}

export const defaultFitSettings: FitSettings = {
  objective: 'mfd',
  beta: 0.8,
  mixing: 'file',
  mixingWidth: 0,
  steps: 4000,
  batch: 512,
  learningRate: 2e-3,
  schedule: 'cosine',
  weightDecay: 0,
  clip: 10,
  ema: 0.999,
  sigma: 0,
  directions: 'rademacher',
  standardize: true,
  samples: 50_000,
};
