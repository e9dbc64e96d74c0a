import type { ImageShape } from '../shared/image';
import type { FitSettings, ObjectiveName } from '../shared/settings';

/**
 * The JSON files of a run directory. A number that is not finite (a loss that diverged, a standard error that is unknown)
 * is stored as null and read back as NaN, except where the type itself allows null.
 */

/** `run.json` of a fit: what was asked, and with what it was run. Written once, before the first step. */
export interface RunRecord {
  readonly format: 1;
  /** Directories of the first versions do not say it. */
  readonly kind: 'fit';
  /** Unique name of the run; the last part of the directory's path. */
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** Versions of Unblind and Node, and Node's `process.platform`. */
  readonly unblind: string;
  readonly node: string;
  readonly platform: string;
  /** Absolute path of the energy file. */
  readonly file: string;
  /** Exported name of the energy. */
  readonly energy: string;
  readonly dim: number;
  readonly objective: ObjectiveName;
  /** Name of the executor, and the device or the reason of the choice. */
  readonly executor: string;
  readonly executorDetail: string;
  readonly seed: number;
  readonly settings: FitSettings;
  /** Names and shapes of the parameters, in the order in which the flat vector holds them. */
  readonly params: readonly ParamRecord[];
  /** The fit ran on (x - mean) / scale, per coordinate. */
  readonly standardization: StandardizationRecord;
  readonly data: DataRecord;
  /** The mixing density m; null where the objective has none. */
  readonly mixing: { readonly description: string } | null;
  /** Where rows are images. */
  readonly image?: ImageShape | undefined;
}

export interface ParamRecord {
  readonly name: string;
  readonly shape: readonly number[];
}

/** Two vectors of length dim, in the user's units. */
export interface StandardizationRecord {
  readonly mean: readonly number[];
  readonly scale: readonly number[];
}

/** `rows` is null for a sampler that never ends; `known` says whether the data's density has a formula. */
export interface DataRecord {
  readonly description: string;
  readonly rows: number | null;
  readonly known: boolean;
}

/** One line of `events.ndjson`; `time` is in seconds since the run began. */
export type RunEvent = ProgressEvent | SnapshotEvent | KlEvent | NoteEvent | ResumeEvent | EndEvent;

export interface ProgressEvent {
  readonly type: 'progress';
  readonly time: number;
  readonly step: number;
  readonly loss: number;
  readonly gradientNorm: number;
  readonly learningRate: number;
  readonly stepsPerSecond: number;
}

/** A snapshot has been written in full; `file` is relative to the run directory. */
export interface SnapshotEvent {
  readonly type: 'snapshot';
  readonly time: number;
  readonly step: number;
  readonly file: string;
}

/** KL of the data to the model, in nats. */
export interface KlEvent {
  readonly type: 'kl';
  readonly time: number;
  readonly step: number;
  readonly kl: number;
}

export interface NoteEvent {
  readonly type: 'note';
  readonly time: number;
  readonly level: 'info' | 'warn' | 'error';
  readonly text: string;
}

/** The run goes on after an interruption, a failure or the death of its process; `step` are those done. */
export interface ResumeEvent {
  readonly type: 'resume';
  readonly time: number;
  readonly step: number;
  readonly executor: string;
}

export interface EndEvent {
  readonly type: 'end';
  readonly time: number;
  readonly status: 'done' | 'failed' | 'interrupted';
  readonly reason?: string;
}

/** `result.json`: what the run found. Absent until the run has ended. */
export interface RunResult {
  readonly runDir: string;
  readonly energy: string;
  readonly objective: ObjectiveName;
  readonly executor: string;
  readonly seed: number;
  /** Steps done, which may be fewer than asked. */
  readonly steps: number;
  readonly seconds: number;
  readonly stepsPerSecond: number;
  readonly finalLoss: number;
  /** Natural logarithm of the integral of exp(-E) over the user's coordinates, with its standard error. */
  readonly logZ: number | null;
  readonly logZStdErr: number | null;
  /** Mass that the correction had to clamp at zero; null where there is no correction. */
  readonly negativeMass: number | null;
  /** KL(data || model) in nats; null where the data's density is unknown. */
  readonly kl: number | null;
  readonly klStdErr: number | null;
  /** Mass of the model on the grid that `kl` was computed on. */
  readonly gridMass: number | null;
  readonly modes: readonly ModeRecord[];
  /** How wrong the score is, where the data's is known, in one or two dimensions. */
  readonly scoreError?: ScoreErrorRecord | undefined;
  readonly notes: readonly string[];
}

/**
 * Means of |s_model - s_data|^2, s_data the score of what the objective models: of the data, with the noise of a denoising objective.
 * Directories of the first versions do not have it.
 */
export interface ScoreErrorRecord {
  /** Over draws of the data: twice the Fisher divergence, with its standard error. */
  readonly data: number;
  readonly dataStdErr: number;
  /** Uniformly over the box of the pictures. */
  readonly box: number;
}

/** A mode: its share of the model's mass beside its share of the data. Weights are in [0, 1]. */
export interface ModeRecord {
  readonly label: string;
  /** In the user's units. */
  readonly center: readonly number[];
  readonly weight: number;
  readonly weightStdErr: number;
  readonly dataWeight: number;
  readonly dataWeightStdErr: number;
}
