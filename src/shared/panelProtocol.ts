/**
 * Messages between the extension host and the panel's page. The host owns the truth: `hydrate` says everything and may be sent
 * at any time; the other messages only save sending it all again. Typed arrays travel as they are; whoever receives them owns them.
 * VS Code writes the rest as JSON, which has no NaN and no infinity: messages to the page pass through `toWire` and `fromWire`.
 */

import type { Frame, FrameSlice, LossPoints, RunEnd, RunInfo, SliceView } from './protocol';
import type { BridgeAnswer, BridgeRequest, DiagnosisAnswer, Position } from './diagnosisProtocol';
import type { SampleFrame, SampleInfo, SampleSummary } from './sampleProtocol';
import type { OptionValue, SamplerForm } from './samplerForm';
import type { MixingChoice, ObjectiveName } from './settings';

/** What a run is doing; `looksOn` where another window steers it. */
export type PanelRunState = { readonly looksOn?: boolean } & PanelRunPhase;

type PanelRunPhase =
  /** Before the first step and after the last: loading, choosing the executor, evaluating. */
  | { readonly kind: 'stage'; readonly text: string }
  | { readonly kind: 'running' }
  | { readonly kind: 'paused'; readonly step: number }
  /** Stop was asked for; the steps at hand are still being done. */
  | { readonly kind: 'stopping' }
  /** `words` says how it ended, in one sentence; what to do about it included where there is something. */
  | { readonly kind: 'ended'; readonly end: RunEnd; readonly words: string; readonly notes: readonly string[] };

/** How far a run is; NaN where that is not known yet. */
export interface PanelProgress {
  readonly step: number;
  readonly stepsPerSecond: number;
  readonly secondsLeft: number;
}

/** KL of the data to the model at the steps of the frames. */
export interface KlPoints {
  readonly steps: Float64Array;
  readonly values: Float64Array;
}

/** All that is known of a run. */
export interface PanelRun {
  readonly id: string;
  /** Short and distinct among the runs shown, for legends: "MFD", "Fisher, seed 2". */
  readonly label: string;
  readonly objective: ObjectiveName;
  /** Steps asked for. */
  readonly steps: number;
  /** Undefined until the run has started. */
  readonly info: RunInfo | undefined;
  /** The loss so far. */
  readonly points: LossPoints;
  readonly kl: KlPoints;
  readonly progress: PanelProgress;
  /** The last picture, if there is one. */
  readonly frame: Frame | undefined;
  /** Steps at which the run directory holds a snapshot, ascending. */
  readonly snapshots: readonly number[];
  readonly state: PanelRunState;
}

/** What the controls of the panel set; it is taken by the next fit. */
export interface PanelSettings {
  readonly objective: ObjectiveName;
  readonly beta: number;
  readonly mixing: MixingChoice;
  /** See FitSettings; 0 takes the fitted width. */
  readonly mixingWidth: number;
  readonly steps: number;
  readonly learningRate: number;
  /** 'auto' or an executor's id. */
  readonly executor: string;
  readonly seed: number;
}

/** An executor that can be chosen; `detail` says what it is, or why it cannot be used here. */
export interface PanelExecutor {
  readonly id: string;
  readonly label: string;
  readonly detail: string;
  /** True as well while it has not been tried. */
  readonly available: boolean;
}

/** What a panel can show of its energy: a fit, a sampler's particles, or the blindness report. */
export type PanelView = 'fit' | 'sample' | 'diagnosis';

/** What the form of the sampler sets. */
export interface PanelSampleSettings {
  /** Undefined takes the one that suits the energy. */
  readonly sampler: string | undefined;
  /** Options of each sampler that are not its defaults, by the sampler's name. */
  readonly options: Readonly<Record<string, Readonly<Record<string, OptionValue>>>>;
  readonly particles: number;
  /** 'data', 'normal', 'uniform', or 'particles': those that the last run of this panel ended with. */
  readonly start: 'data' | 'normal' | 'uniform' | 'particles';
  readonly seed: number;
}

/** What a sampler has said of itself so far. */
export interface SampleHistory {
  /** Ascending. */
  readonly steps: Float64Array;
  /** Names of the figures with their values at those steps. */
  readonly figures: Readonly<Record<string, Float64Array>>;
  /** Share of the particles in each of the info's modes at those steps. */
  readonly shares: readonly Float64Array[];
}

/** All that is known of a sampler run. */
export interface PanelSampling {
  readonly id: string;
  readonly sampler: string;
  /** Undefined until it has started. */
  readonly info: SampleInfo | undefined;
  readonly history: SampleHistory;
  readonly progress: PanelProgress;
  readonly frame: SampleFrame | undefined;
  /** Steps at which the run directory holds a snapshot, ascending. */
  readonly snapshots: readonly number[];
  readonly state: PanelRunState;
  /** Once it has ended, and it had come so far. */
  readonly summary: SampleSummary | undefined;
}

/** The blindness report of the panel's energy, or its way there. */
export interface PanelDiagnosis {
  readonly id: string;
  readonly state:
    | { readonly kind: 'stage'; readonly text: string }
    | { readonly kind: 'done'; readonly answer: Extract<DiagnosisAnswer, { record: unknown }> }
    | { readonly kind: 'failed'; readonly words: string; readonly position: Position | undefined };
  /** Whether the slider works: figures with another bridge can be had. */
  readonly live: boolean;
}

/** Everything the page shows. */
export interface PanelSnapshot {
  /** The energy that the controls fit; undefined shows stored runs only. */
  readonly energy: { readonly file: string; readonly name: string } | undefined;
  /** Runs overlaid, in the order of their colours. */
  readonly runs: readonly PanelRun[];
  /** The run whose numbers, scrubber and buttons are shown; undefined where there is none. */
  readonly activeRun: string | undefined;
  readonly settings: PanelSettings;
  readonly executors: readonly PanelExecutor[];
  /** What is shown first, for a page that has no view of its own. */
  readonly view: PanelView;
  readonly sampling: PanelSampling | undefined;
  readonly sampleSettings: PanelSampleSettings;
  readonly samplers: readonly SamplerForm[];
  readonly diagnosis: PanelDiagnosis | undefined;
  /** Why nothing can be run here, in one sentence; undefined where it can. */
  readonly refusal: string | undefined;
  /** What the last `uiState` of this panel was, for a page that has lost its own. */
  readonly ui: unknown;
}

/** The answer to a `view` of a run that does not go on. `problem` says why there is no slice; `note` what the reader of one should know. */
export interface PanelSlice {
  readonly type: 'slice';
  readonly runId: string;
  readonly step: number;
  readonly view: SliceView;
  readonly slice: FrameSlice | undefined;
  readonly problem: string | undefined;
  readonly note: string | undefined;
}

export type ToPanel =
  | { readonly type: 'hydrate'; readonly snapshot: PanelSnapshot }
  /** The user has asked for this view elsewhere. */
  | { readonly type: 'show'; readonly view: PanelView }
  /** Another sampler run, or the same with what belongs to it as a whole: its info, its summary. */
  | { readonly type: 'sampling'; readonly sampling: PanelSampling | undefined }
  | { readonly type: 'sampleFrame'; readonly id: string; readonly frame: SampleFrame }
  /** `history` is what was said since the last message. */
  | { readonly type: 'sampleProgress'; readonly id: string; readonly progress: PanelProgress; readonly history: SampleHistory }
  | { readonly type: 'sampleState'; readonly id: string; readonly state: PanelRunState }
  | { readonly type: 'sampleSnapshots'; readonly id: string; readonly steps: readonly number[] }
  /** The answer to `openSampleSnapshot`; undefined where it cannot be read. */
  | { readonly type: 'sampleSnapshot'; readonly id: string; readonly step: number; readonly frame: SampleFrame | undefined }
  | { readonly type: 'diagnosis'; readonly diagnosis: PanelDiagnosis | undefined }
  /** The answer to `bridge`. Requests that a newer one overtakes are not answered. */
  | { readonly type: 'bridged'; readonly id: string; readonly request: BridgeRequest; readonly answer: BridgeAnswer }
  | { readonly type: 'frame'; readonly runId: string; readonly frame: Frame }
  /** `points` are those since the last message; points at steps that the page has already are left out by it. */
  | { readonly type: 'progress'; readonly runId: string; readonly progress: PanelProgress; readonly points: LossPoints }
  | { readonly type: 'state'; readonly runId: string; readonly state: PanelRunState }
  | { readonly type: 'snapshots'; readonly runId: string; readonly steps: readonly number[] }
  /** The answer to `openSnapshot`; undefined where the snapshot cannot be read. */
  | PanelSlice
  /** What the answer to `survey` found. */
  | { readonly type: 'executors'; readonly executors: readonly PanelExecutor[] }
  | { readonly type: 'snapshotFrame'; readonly runId: string; readonly step: number; readonly frame: Frame | undefined };

/** What the user asks for. The host answers each with messages, and refuses in words where it must. */
export type PanelCommand =
  /** A new run with these settings. */
  | { readonly name: 'fit'; readonly settings: PanelSettings }
  /** The same with another seed; `runId` is stopped if it still runs. */
  | { readonly name: 'restart'; readonly runId: string; readonly settings: PanelSettings }
  | { readonly name: 'stop' | 'pause' | 'resume' | 'takeOver'; readonly runId: string }
  /** While paused: so many steps more. */
  | { readonly name: 'step'; readonly runId: string; readonly count: number }
  /** Samples the energy; `runId`s of the commands above may be those of samplings. */
  | { readonly name: 'sample'; readonly settings: PanelSampleSettings }
  | { readonly name: 'diagnose' | 'cancelDiagnosis' }
  /** Remembered for the next sampling. */
  | { readonly name: 'setSampling'; readonly settings: PanelSampleSettings }
  /** Remembered for the next fit. */
  | { readonly name: 'set'; readonly changes: Partial<PanelSettings> }
  | { readonly name: 'activate'; readonly runId: string }
  /** Shows the run no longer; its directory stays. */
  | { readonly name: 'remove'; readonly runId: string }
  | { readonly name: 'showLog'; readonly runId: string }
  /** Lines and columns count from 1. */
  | { readonly name: 'reveal'; readonly file: string; readonly line: number; readonly column: number };

export type PictureFormat = 'png' | 'svg' | 'csv';

export type FromPanel =
  /** The page listens; the host answers with `hydrate`. */
  | { readonly type: 'ready' }
  | { readonly type: 'command'; readonly command: PanelCommand }
  | { readonly type: 'openSnapshot'; readonly runId: string; readonly step: number }
  | { readonly type: 'openSampleSnapshot'; readonly id: string; readonly step: number }
  /** Figures of the diagnosis with another bridge. */
  | { readonly type: 'bridge'; readonly id: string; readonly request: BridgeRequest }
  /**
   * Which slice the pictures of a run have, null for none: frames of a run that goes on then have it.
   * With a step the host answers with `slice`, computed from the snapshot of that step.
   */
  | { readonly type: 'view'; readonly runId: string; readonly step: number | null; readonly view: SliceView | null }
  /** Asks which executors work here; the host answers with `executors`. */
  | { readonly type: 'survey' }
  /** Asks the host to store a chart under a name of the user's choice; `name` is a proposal without extension. */
  | { readonly type: 'save'; readonly name: string; readonly format: 'png'; readonly content: Uint8Array }
  | { readonly type: 'save'; readonly name: string; readonly format: 'svg' | 'csv'; readonly content: string }
  /** Interface state only (toggles, zoom, axes); at most twice a second. The host may keep it for a panel that is re-opened. */
  | { readonly type: 'uiState'; readonly state: unknown };
