/** The JSON files of a run directory of kind 'sample': particles drawn of a density by a sampler. */

import type { FigureName } from '../samplers/sampler';
import type { SampledMode } from '../shared/sampleProtocol';
import type { OptionValue } from '../shared/samplerForm';
import type { DataRecord, EndEvent, NoteEvent, SnapshotEvent } from './record';

/** Names of what a sampler says of itself, as a list that files are checked against. */
export const figureNames = [
  'acceptance',
  'stepSize',
  'swapAcceptance',
  'inverseTemperature',
  'noise',
  'bandwidth',
  'attraction',
  'effectiveShare',
  'logZ',
] as const satisfies readonly FigureName[];

/** What is sampled: an energy as it is written, the corrected density of a fit, or a fitted score network. */
export const targetKinds = ['energy', 'run', 'score'] as const;

export interface TargetRecord {
  readonly kind: (typeof targetKinds)[number];
  /** In words. */
  readonly description: string;
  /** The fit whose parameters are used, and the step of the snapshot; null for an energy as it is written. */
  readonly run: { readonly directory: string; readonly step: number } | null;
  /** The energy whose exp(-E) is the likelihood that guides the particles, and its weight; absent where nothing does. */
  readonly guide?: { readonly energy: string; readonly weight: number };
}

/** `run.json`. Everything asked is written with its default where nothing was said. */
export interface SampleRecord {
  readonly format: 1;
  readonly kind: 'sample';
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly unblind: string;
  readonly node: string;
  readonly platform: string;
  /** Absolute path of the energy file. */
  readonly file: string;
  readonly energy: string;
  readonly dim: number;
  readonly sampler: string;
  readonly options: Readonly<Record<string, OptionValue>>;
  readonly particles: number;
  readonly target: TargetRecord;
  /** Where particles start: 'data', 'normal', 'uniform', 'file' or 'run', and in words; the last two with their absolute path, which earlier versions left out. */
  readonly start: { readonly kind: string; readonly description: string; readonly path?: string };
  /** The energy's data; null where it has none. */
  readonly data: DataRecord | null;
  readonly executor: string;
  readonly executorDetail: string;
  readonly seed: number;
}

/** What the sampler said of itself at a step. */
export interface SampleProgressEvent {
  readonly type: 'progress';
  readonly time: number;
  readonly step: number;
  readonly stepsPerSecond: number;
  readonly figures: Readonly<Partial<Record<FigureName, number>>>;
}

/** One line of `events.ndjson`. */
export type SampleEvent = SampleProgressEvent | SnapshotEvent | NoteEvent | EndEvent;

/** Two estimates of log Z with standard errors, from below and from above. */
export interface LogZRecord {
  readonly lower: number;
  readonly lowerError: number;
  readonly upper: number;
  readonly upperError: number;
  /** Whether the upper bound starts from draws of the target that are exact; else from the run's own particles. */
  readonly upperFromExactSamples: boolean;
}

/** Agreement of chains; the worst coordinate of each figure. */
export interface ChainsRecord {
  readonly chains: number;
  /** Draws of each chain that were looked at. */
  readonly draws: number;
  readonly rHat: number;
  /** Effective sample sizes over all chains: of the bulk, and of the tails. */
  readonly essBulk: number;
  readonly essTail: number;
}

/** `result.json`. Absent until the run has ended. */
export interface SampleResult {
  readonly kind: 'sample';
  readonly runDir: string;
  readonly energy: string;
  readonly sampler: string;
  readonly executor: string;
  readonly seed: number;
  readonly particles: number;
  /** Steps done. */
  readonly steps: number;
  readonly seconds: number;
  readonly stepsPerSecond: number;
  readonly figures: Readonly<Partial<Record<FigureName, number>>>;
  /** Configurational temperature: 1 where particles are distributed as the target within its modes. */
  readonly temperature: { readonly value: number; readonly standardError: number } | null;
  /** Null where the sampler has no stationary chains. */
  readonly chains: ChainsRecord | null;
  readonly logZ: LogZRecord | null;
  readonly modes: readonly SampledMode[];
  /** What is wrong with the sample, one sentence each with the cure. */
  readonly warnings: readonly string[];
  readonly notes: readonly string[];
}
