/**
 * Messages between the extension host, the engine process and the panel. One union a direction. Typed arrays travel as they
 * are (structured clone); whoever receives them owns them.
 */

import type { BridgeAnswer, BridgeRequest, DiagnoseRequest, DiagnosisAnswer } from './diagnosisProtocol';
import type { Fix } from './fix';
import type { ImageShape } from './image';
import type { SampleFrame, SampleInfo, SampleProgress, SampleRequest, SampleSummary } from './sampleProtocol';
import type { FitSettings, ObjectiveName } from './settings';

/** What a fit is asked for. Paths are absolute. */
export interface FitRequest {
  readonly file: string;
  readonly energy: string;
  /** 'auto' or an executor's id. */
  readonly executor: string;
  readonly seed: number;
  /** Settings that win over the energy file's. */
  readonly overrides: Partial<FitSettings>;
  /** A run whose last parameters are taken as initial ones where names and shapes agree; undefined starts afresh. */
  readonly warmFrom: string | undefined;
  /**
   * Directory of a run to go on with: file, energy, seed and settings are then the run's own, and the request's are not looked at;
   * `auto` takes the run's executor. Undefined starts a run of its own.
   */
  readonly resume?: string | undefined;
}

/** What may be shown of a space of more than two dimensions: two coordinates vary, the others are those of a point. In the user's units. */
export interface SliceView {
  /** Coordinates across and up, from 0. */
  readonly axes: readonly [number, number];
  /** [dim]; its entries at the axes do not matter. */
  readonly point: readonly number[];
}

/** Asks for a slice of a stored model: the parameters of a snapshot, the energy file and the data as they are now. */
export interface SliceRequest {
  readonly runDir: string;
  readonly step: number;
  readonly view: SliceView;
}

export type ToEngine =
  /** A fit or a sampler run: both are paused, stepped and stopped by the same messages. */
  | Work
  | { readonly type: 'diagnose'; readonly id: number; readonly request: DiagnoseRequest }
  /** Gives a diagnosis up; it is not answered then. */
  | { readonly type: 'cancel-diagnose'; readonly id: number }
  /** Figures of this process's last diagnosis with another bridge. */
  | { readonly type: 'bridge'; readonly id: number; readonly request: BridgeRequest }
  /** Checks a file as it is on disk, or with the text that an editor has not saved yet. */
  | { readonly type: 'check'; readonly id: number; readonly file: string; readonly text?: string }
  /** Gives a check up; it is not answered then. */
  | { readonly type: 'cancel-check'; readonly id: number }
  /**
   * Ends the run after the steps at hand; its directory is complete. `superseded`: another run takes its place, and has the processor
   * for itself before this one is measured.
   */
  | { readonly type: 'stop'; readonly superseded?: boolean }
  /** Whether the run goes on once nobody listens. */
  | { readonly type: 'outlive'; readonly outlives: boolean }
  /** Who asks for it steers from now on: pauses, steps, stops, chooses the slice. */
  | { readonly type: 'take-steering' }
  /** Another run is about to take its place: it has the processor for itself for a moment. */
  | { readonly type: 'make-way' }
  | { readonly type: 'pause' }
  | { readonly type: 'resume' }
  /** While paused: so many steps more, then paused again. */
  | { readonly type: 'step'; readonly count: number }
  /** Frames from now on have this slice, or none; while paused a new one comes at once. */
  | { readonly type: 'view'; readonly view: SliceView | null }
  | { readonly type: 'slice'; readonly id: number; readonly request: SliceRequest }
  /** Which executors work on this machine. */
  | { readonly type: 'survey'; readonly id: number };

/** What a process does at last, and alone. */
export type Work = { readonly type: 'fit'; readonly request: FitRequest } | { readonly type: 'sample'; readonly request: SampleRequest };

/** The first message to who joins a run that goes on. */
export type Attached = Extract<FromEngine, { readonly type: 'attached' }>;

/** What does not change during a run. */
export interface RunInfo {
  readonly runDir: string;
  readonly id: string;
  readonly file: string;
  readonly energy: string;
  readonly dim: number;
  readonly objective: ObjectiveName;
  readonly settings: FitSettings;
  readonly seed: number;
  /** Executor id, and it in words. */
  readonly executor: string;
  readonly executorDetail: string;
  /** The data in words, and rows of it, row-major [n, dim], in the user's units. */
  readonly dataDescription: string;
  readonly sample: Float32Array;
  /** The true density on the grid of the frames' density, where it is known and dim <= 2. */
  readonly truth: Float32Array | undefined;
  readonly mixingDescription: string | undefined;
  /** Where rows are images. */
  readonly image?: ImageShape | undefined;
}

/** A picture of the model, in the user's units. */
export interface Frame {
  readonly step: number;
  readonly kl: number | null;
  /** Null where it was not measured, as in pictures from snapshots and of score networks; not finite for a model that is no density yet. */
  readonly logZ: number | null;
  readonly logZStdErr: number;
  readonly negativeMass: number | null;
  readonly modes: readonly FrameMode[];
  /** dim <= 2: values at cell centres, [ny, nx] (row 0 lowest) or [nx]; extent is [xmin, xmax(, ymin, ymax)]. */
  readonly density: { readonly shape: readonly number[]; readonly extent: readonly number[]; readonly values: Float32Array } | undefined;
  /** dim <= 2: score on a coarser grid over the same extent, [my, mx, 2] or [mx, 1]. */
  readonly score: { readonly shape: readonly number[]; readonly values: Float32Array } | undefined;
  /** Draws of the model, row-major [n, dim]. */
  readonly particles: Float32Array;
  /** dim > 2: where one was asked for. */
  readonly slice?: FrameSlice | undefined;
}

/** The model on a plane of its space: values of its density, not of a density of the plane. In the user's units. */
export interface FrameSlice {
  readonly view: SliceView;
  /** Values at cell centres, [ny, nx] (row 0 lowest); extent is [xmin, xmax, ymin, ymax] along the axes of the view. */
  readonly density: { readonly shape: readonly number[]; readonly extent: readonly number[]; readonly values: Float32Array };
  /** The score's components along the axes on a coarser grid over the same extent, [my, mx, 2]. */
  readonly score: { readonly shape: readonly number[]; readonly values: Float32Array };
  /** The true density on the grid of the density, where it is known. */
  readonly truth: Float32Array | undefined;
}

export interface FrameMode {
  readonly label: string;
  readonly center: readonly number[];
  readonly weight: number;
  readonly weightStdErr: number;
  readonly dataWeight: number;
  readonly dataWeightStdErr: number;
}

/** Points of the loss curve, in order; each array has one entry a point. */
export interface LossPoints {
  readonly steps: Float64Array;
  readonly losses: Float64Array;
  readonly gradientNorms: Float64Array;
}

/** Every way a run can end. */
export type RunEnd =
  | { readonly kind: 'done' }
  /** At the user's wish; `forced` where the process did not answer and was killed, so that its directory has no result. */
  | { readonly kind: 'stopped'; readonly forced?: true }
  /** The loss is no longer a number; the last good parameters are kept. */
  | { readonly kind: 'diverged'; readonly message: string; readonly step: number }
  /** A mistake in the energy file, its data or the settings. Lines and columns count from 1. */
  | {
      readonly kind: 'bad-input';
      readonly message: string;
      readonly position: { readonly file: string; readonly line: number; readonly column: number } | undefined;
    }
  /** The engine process broke, was killed, or ran out of memory; made by the host, which sees it end, or by a process that was refused memory. */
  | { readonly kind: 'crashed' | 'killed' | 'out-of-memory'; readonly message: string };

export interface CheckLineMessage {
  readonly name: string;
  readonly status: 'pass' | 'warn' | 'fail';
  readonly text: string;
}

/** An executor as the machine has it; `refusal` says why it cannot be used. */
export interface SurveyedExecutor {
  readonly id: string;
  readonly detail: string;
  readonly refusal: string | undefined;
}

/** Why a file could not be checked, with the place in it or in a file that it imports. */
export interface CheckErrorMessage {
  /** A code; see energyFileReasons. */
  readonly reason: string;
  readonly message: string;
  readonly line: number;
  readonly column: number;
  readonly file: string;
  readonly fix?: Fix;
}

export type FromEngine =
  | { readonly type: 'ready' }
  /** The first message to who joins a run that goes on: `said` is what it has said before and still holds. */
  | { readonly type: 'attached'; readonly work: Work; readonly steers: boolean; readonly said: readonly FromEngine[] }
  /** Whether the one who is told steers from now on. */
  | { readonly type: 'steering'; readonly yours: boolean }
  /** What happens before the first step: loading, choosing the executor, and after the last: evaluating. */
  | { readonly type: 'stage'; readonly text: string }
  | { readonly type: 'started'; readonly info: RunInfo }
  | {
      readonly type: 'progress';
      readonly step: number;
      readonly stepsPerSecond: number;
      readonly secondsLeft: number;
      readonly points: LossPoints;
    }
  | { readonly type: 'frame'; readonly frame: Frame }
  | { readonly type: 'sample-started'; readonly info: SampleInfo }
  | { readonly type: 'sample-progress'; readonly progress: SampleProgress }
  | { readonly type: 'sample-frame'; readonly frame: SampleFrame }
  /** The particles have been measured; `ended` follows. */
  | { readonly type: 'sample-summary'; readonly summary: SampleSummary }
  | { readonly type: 'diagnose-stage'; readonly id: number; readonly text: string }
  | { readonly type: 'diagnosed'; readonly id: number; readonly answer: DiagnosisAnswer }
  | { readonly type: 'bridged'; readonly id: number; readonly answer: BridgeAnswer }
  | { readonly type: 'paused'; readonly step: number }
  | { readonly type: 'resumed' }
  | { readonly type: 'ended'; readonly end: RunEnd; readonly notes: readonly string[] }
  /** `problem` says why there is no slice; `note` what the reader of one should know. */
  | {
      readonly type: 'sliced';
      readonly id: number;
      readonly slice: FrameSlice | undefined;
      readonly problem: string | undefined;
      readonly note: string | undefined;
    }
  | { readonly type: 'surveyed'; readonly id: number; readonly executors: readonly SurveyedExecutor[] }
  | {
      readonly type: 'checked';
      readonly id: number;
      /** One entry an energy; empty where the file itself is wrong. */
      readonly energies: readonly { readonly name: string; readonly line: number; readonly lines: readonly CheckLineMessage[] }[];
      readonly error: CheckErrorMessage | undefined;
      readonly warnings: readonly string[];
    };
