/** Everything the page shows, as one immutable value, and how messages and the user change it. */

import type {
  PanelExecutor,
  PanelProgress,
  PanelRun,
  PanelRunState,
  PanelSettings,
  PanelSlice,
  PanelView,
  ToPanel,
} from '../src/shared/panelProtocol';
import type { Frame, RunInfo } from '../src/shared/protocol';
import { defaultFitSettings, type ObjectiveName } from '../src/shared/settings';
import { type DiagnosisAction, diagnosisChanges, type DiagnosisState, initialDiagnosis, withDiagnosis } from './diagnosis/diagnosisState';
import { append, lossSeries, type LossSeries } from './lossSeries';
import { initialSample, type SampleAction, sampleChanges, type SampleState, withSampling } from './sample/sampleState';
import { initialUi, type UiState } from './uiState';

export interface RunView {
  readonly id: string;
  readonly label: string;
  readonly objective: ObjectiveName;
  readonly steps: number;
  readonly info: RunInfo | undefined;
  readonly loss: LossSeries;
  readonly kl: readonly { readonly step: number; readonly kl: number }[];
  readonly progress: PanelProgress;
  /** The last picture. */
  readonly frame: Frame | undefined;
  readonly snapshots: readonly number[];
  readonly state: PanelRunState;
}

/** A place of the scrubber other than its end. The picture before stays until `frame` is there. */
export interface Shown {
  readonly step: number;
  readonly frame: Frame | undefined;
  /** The snapshot cannot be read. */
  readonly missing: boolean;
}

export interface PageState extends SampleState, DiagnosisState {
  /** False until the host has said what there is. */
  readonly hydrated: boolean;
  readonly energy: { readonly file: string; readonly name: string } | undefined;
  readonly runs: readonly RunView[];
  readonly activeRun: string | undefined;
  readonly settings: PanelSettings;
  readonly executors: readonly PanelExecutor[];
  /** Whether the host has said which executors work here. */
  readonly surveyed: boolean;
  /** The last slice of each stored model that the host has computed, by run. */
  readonly slices: Readonly<Record<string, PanelSlice>>;
  readonly refusal: string | undefined;
  /** Undefined follows the run. */
  readonly shown: Shown | undefined;
  readonly playing: boolean;
  /** What the host shows first. */
  readonly view: PanelView;
  readonly ui: UiState;
}

export type Action =
  | ToPanel
  | SampleAction
  | DiagnosisAction
  | { readonly type: 'ui'; readonly changes: Partial<UiState> }
  | { readonly type: 'settings'; readonly changes: Partial<PanelSettings> }
  | { readonly type: 'activate'; readonly runId: string }
  /** Undefined goes back to following the run. */
  | { readonly type: 'scrub'; readonly step: number | undefined; readonly frame: Frame | undefined }
  | { readonly type: 'play'; readonly playing: boolean };

export const initialState: PageState = {
  hydrated: false,
  energy: undefined,
  runs: [],
  activeRun: undefined,
  settings: {
    objective: defaultFitSettings.objective,
    beta: defaultFitSettings.beta,
    mixing: defaultFitSettings.mixing,
    mixingWidth: defaultFitSettings.mixingWidth,
    steps: defaultFitSettings.steps,
    learningRate: defaultFitSettings.learningRate,
    executor: 'auto',
    seed: 0,
  },
  executors: [],
  surveyed: false,
  slices: {},
  refusal: undefined,
  shown: undefined,
  playing: false,
  view: 'fit',
  ...initialSample,
  ...initialDiagnosis,
  ui: initialUi,
};

/** The view that is shown. */
export function tabOf({ ui, view }: PageState): PanelView {
  return ui.tab ?? view;
}

/** The run whose numbers are shown. */
export function activeRun(state: PageState): RunView | undefined {
  return state.runs.find(({ id }) => id === state.activeRun) ?? state.runs.at(-1);
}

/** Whether the run goes on, paused or not. */
export function isRunning(run: RunView | undefined): boolean {
  return run !== undefined && run.state.kind !== 'ended';
}

/** The picture to draw of a run: for the active one that of the scrubber, while it is not there yet the last one. */
export function frameOf(state: PageState, run: RunView): Frame | undefined {
  return (run === activeRun(state) ? state.shown?.frame : undefined) ?? run.frame;
}

export function reduce(state: PageState, action: Action): PageState {
  switch (action.type) {
    case 'hydrate': {
      const { ui: _, runs, sampling, diagnosis, ...rest } = action.snapshot;
      const sameRun = rest.activeRun === state.activeRun;
      return {
        ...state,
        ...rest,
        ...withSampling(state, sampling),
        ...withDiagnosis(state, diagnosis),
        hydrated: true,
        runs: runs.map(runView),
        shown: sameRun ? state.shown : undefined,
        playing: sameRun && state.playing,
      };
    }
    case 'frame':
      return changeRun(state, action.runId, (run) => ({ ...run, frame: action.frame, kl: withKl(run.kl, action.frame) }));
    case 'progress':
      return changeRun(state, action.runId, (run) => ({ ...run, progress: action.progress, loss: append(run.loss, action.points) }));
    case 'state':
      return changeRun(state, action.runId, (run) => ({ ...run, state: action.state }));
    case 'snapshots':
      return changeRun(state, action.runId, (run) => ({ ...run, snapshots: action.steps }));
    case 'snapshotFrame': {
      // Late answers, to where the scrubber no longer is, are for the cache alone.
      if (activeRun(state)?.id !== action.runId || state.shown?.step !== action.step) return state;
      return { ...state, shown: { step: action.step, frame: action.frame ?? state.shown.frame, missing: action.frame === undefined } };
    }
    case 'slice':
      return { ...state, slices: { ...state.slices, [action.runId]: action } };
    case 'executors':
      return { ...state, executors: action.executors, surveyed: true };
    case 'show':
      return reduce(state, { type: 'ui', changes: { tab: action.view } });
    case 'ui': {
      const ui = { ...state.ui, ...action.changes };
      // What is played where nobody looks would go on drawing.
      return tabOf(state) === (ui.tab ?? state.view) ? { ...state, ui } : { ...state, ui, playing: false, samplePlaying: false };
    }
    case 'settings':
      return { ...state, settings: { ...state.settings, ...action.changes } };
    case 'activate':
      return action.runId === state.activeRun ? state : { ...state, activeRun: action.runId, shown: undefined, playing: false };
    case 'scrub':
      if (action.step === undefined) return { ...state, shown: undefined, playing: false };
      return { ...state, shown: { step: action.step, frame: action.frame ?? state.shown?.frame, missing: false } };
    case 'play':
      return { ...state, playing: action.playing };
    case 'diagnosis':
    case 'bridge':
    case 'bridged':
      return changedBy(state, diagnosisChanges(state, action));
    default:
      return changedBy(state, sampleChanges(state, action));
  }
}

function changedBy(state: PageState, changes: Partial<PageState> | undefined): PageState {
  return changes === undefined ? state : { ...state, ...changes };
}

function runView({ points, kl, ...run }: PanelRun): RunView {
  const known = Array.from(kl.steps, (step, index) => ({ step, kl: kl.values[index] ?? Number.NaN }));
  return { ...run, loss: lossSeries(points), kl: known };
}

function changeRun(state: PageState, id: string, change: (run: RunView) => RunView): PageState {
  if (!state.runs.some((run) => run.id === id)) return state;
  return { ...state, runs: state.runs.map((run) => (run.id === id ? change(run) : run)) };
}

function withKl(known: RunView['kl'], { step, kl }: Frame): RunView['kl'] {
  if (kl === null || step <= (known.at(-1)?.step ?? -Infinity)) return known;
  return [...known, { step, kl }];
}
