import type { Trainable } from '../../objectives/trainingStep';
import type { ImageShape } from '../../shared/image';
import type { FitSettings } from '../../shared/settings';
import type { Mixing } from './mixing';
import type { DataSource } from './source';
import type { Standardization } from './standardization';

/** Everything a fit needs, with nothing left open. */
export interface FitProblem {
  /** Absolute path of the energy file. */
  readonly file: string;
  readonly energy: string;
  readonly model: Trainable;
  /** Names of the parameters, in the order of model.paramShapes. */
  readonly paramNames: readonly string[];
  /** Initial parameters, flat. */
  readonly initial: Float32Array;
  readonly source: DataSource;
  readonly standardization: Standardization;
  readonly mixing: Mixing;
  /** Noise of the denoising and noise-annealed objectives in standardised coordinates, one number a coordinate. */
  readonly sigma: readonly number[];
  /** Noise levels of a score network in standardised coordinates, from the largest to the smallest; none for an energy. */
  readonly levels: readonly number[];
  /** Where rows are images. */
  readonly image: ImageShape | null;
  readonly settings: FitSettings;
  readonly seed: number;
}
