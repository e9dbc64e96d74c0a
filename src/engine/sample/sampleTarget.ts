/** What a sampler can be run on, however it came about. */

import type { Target } from '../../data/target';
import type { TargetRecord } from '../../runs/sampleRecord';
import type { NoisyTarget } from '../../samplers/noisyTarget';
import type { OptionValue } from '../../shared/samplerForm';
import { SamplerError } from '../../samplers/samplerError';
import type { DataSource } from '../fit/source';

/** A mode's mass under a density, known otherwise than from particles. */
export interface KnownWeight {
  readonly label: string;
  readonly weight: number;
  readonly stdErr: number;
}

/** A density, or a score at every noise, in the user's coordinates. */
export interface SampleTarget {
  readonly record: TargetRecord;
  /** For a score network its log density must not be asked for. */
  readonly target: Target;
  /** The exact or the fitted score at any noise. */
  readonly noisyTarget?: NoisyTarget;
  /** The energy's data, where it has any. */
  readonly source: DataSource | null;
  /** What the fit found as its density's mode weights, by the labels of the data's modes. */
  readonly weights: readonly KnownWeight[] | null;
  /** Options of annealed Langevin that fit this target where the user gives none. */
  readonly annealing: Readonly<Record<string, OptionValue>>;
  readonly notes: readonly string[];
}

/** Stands for the density of a score network, which has none. */
export function withoutDensity(dim: number): Target {
  return {
    dim,
    logDensity: () => {
      throw new SamplerError('options', 'A score network has no density: sample it with annealed-langevin.');
    },
  };
}
