import type { Model } from '../../objectives/trainingStep';
import type { FitSettings } from '../../shared/settings';
import type { Mixing } from './mixing';
import type { DataSource } from './source';
import type { Standardization } from './standardization';

/** Everything a fit needs, with nothing left open. */
export interface FitProblem {
  /** Absolute path of the energy file. */
  readonly file: string;
  readonly energy: string;
  readonly model: Model;
  /** Names of the parameters, in the order of model.paramShapes. */
  readonly paramNames: readonly string[];
  /** Initial parameters, flat. */
  readonly initial: Float32Array;
  readonly source: DataSource;
  readonly standardization: Standardization;
  readonly mixing: Mixing;
  /** Noise of the denoising objective in standardised coordinates, one number a coordinate. */
  readonly sigma: readonly number[];
  readonly settings: FitSettings;
  readonly seed: number;
}
