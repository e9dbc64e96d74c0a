/** What `activate` hands out: enough to look on from a test, nothing that changes anything. */

import type { TreeItem } from 'vscode';
import type { DiagnosisRecord } from '../shared/diagnosis';
import type { Diagnosing } from './diagnosing';
import type { DiagnoseService } from './diagnoseService';
import type { DiagnosticItem } from './diagnosticItems';
import type { DiagnosticsView } from './diagnosticsView';
import type { EnergyRef } from './energyRef';
import type { RunPhase } from './engineSession';
import type { FitService } from './fitService';
import type { Panel } from './panel';
import type { Panels } from './panels';
import type { RunSession } from './runSession';
import type { RunsView } from './runsView';
import type { SampleService } from './sampleService';
import type { SampleSession } from './sampleSession';

export interface SessionView {
  readonly energy: string;
  readonly file: string;
  readonly phase: RunPhase;
  readonly step: number;
  readonly end: string | undefined;
  readonly runDir: string | undefined;
  /** Loss of the last point; NaN before the first. */
  readonly loss: number;
  /** What happens before the first step or after the last. */
  readonly stage: string | undefined;
  /** Step of the last picture; undefined before the first. */
  readonly frameStep: number | undefined;
  readonly warmFrom: string | undefined;
  readonly enginePid: number | undefined;
  /** Whether this window steers it; else it looks on. */
  readonly steers: boolean;
}

/** A sampler run. */
export interface SamplingView {
  readonly energy: string;
  readonly file: string;
  readonly sampler: string | undefined;
  readonly phase: RunPhase;
  readonly step: number;
  readonly end: string | undefined;
  readonly runDir: string | undefined;
  readonly stage: string | undefined;
  /** Particles of the last picture; undefined before the first. */
  readonly particles: number | undefined;
  /** Shares of the modes in it. */
  readonly shares: readonly number[];
  readonly enginePid: number | undefined;
}

/** The diagnosis of an energy. */
export interface DiagnosisView {
  readonly energy: string;
  readonly state: 'stage' | 'done' | 'failed';
  /** The stage, the verdict, or why it failed. */
  readonly words: string;
  readonly runDir: string | null;
  readonly live: boolean;
  readonly enginePid: number | undefined;
}

export interface PanelView {
  readonly title: string;
  readonly visible: boolean;
  readonly runs: number;
  readonly view: string;
  /** Directory of the particles that are shown. */
  readonly sampling: string | undefined;
  readonly diagnosis: string | undefined;
  /** How many messages of each type were sent to the page. */
  readonly sent: Readonly<Record<string, number>>;
}

export interface UnblindApi {
  /** Milliseconds that `activate` took. */
  readonly activationMilliseconds: number;
  sessions(): readonly SessionView[];
  samplings(): readonly SamplingView[];
  /** Undefined before the first of an energy, and where one was given up. */
  diagnosis(energy: EnergyRef): DiagnosisView | undefined;
  panels(): readonly PanelView[];
  /** The lines of an energy in the Diagnostics view. */
  diagnostics(energy: EnergyRef): readonly DiagnosticItem[];
  /** The entries of the Runs view as it shows them: label, description and what a menu knows them by. */
  runs(): Promise<readonly (readonly [string, string, string])[]>;
  /** How often all runs on disk have been read. */
  timesRunsRead(): number;
}

interface ApiParts {
  readonly fits: FitService;
  readonly samples: SampleService;
  readonly diagnoses: DiagnoseService;
  readonly panels: Panels;
  readonly diagnostics: DiagnosticsView;
  readonly runs: RunsView;
}

export function createApi({ fits, samples, diagnoses, panels, diagnostics, runs }: ApiParts, activationMilliseconds: number): UnblindApi {
  return {
    activationMilliseconds,
    sessions: () => fits.all.map(sessionView),
    samplings: () => samples.all.map(samplingView),
    diagnosis: (energy) => {
      const diagnosing = diagnoses.of(energy);
      return diagnosing && diagnosisView(diagnosing);
    },
    panels: () => panels.all.map(panelView),
    diagnostics: (energy) => diagnostics.itemsOf(energy),
    runs: async () => (await runs.read()).map((entry) => itemTexts(runs.getTreeItem(entry))),
    timesRunsRead: () => runs.timesAllRead,
  };
}

function sessionView({ request, phase, stage, step, end, info, loss, frame, enginePid, steers }: RunSession): SessionView {
  return {
    energy: request.energy,
    file: request.file,
    phase,
    step,
    end: end?.kind,
    runDir: info?.runDir,
    loss: loss.lastLoss,
    stage,
    frameStep: frame?.step,
    warmFrom: request.warmFrom,
    steers,
    enginePid,
  };
}

function samplingView({ request, phase, stage, step, end, info, frame, enginePid }: SampleSession): SamplingView {
  return {
    energy: request.energy,
    file: request.file,
    sampler: info?.sampler ?? request.sampler,
    phase,
    step,
    end: end?.kind,
    runDir: info?.runDir,
    stage,
    particles: frame === undefined || info === undefined ? undefined : frame.particles.length / info.dim,
    shares: frame?.modeShares ?? [],
    enginePid,
  };
}

function diagnosisView({ request, state, shown, enginePid }: Diagnosing): DiagnosisView {
  const [words, runDir] =
    state.kind === 'stage' ? [state.text, null] : state.kind === 'failed' ? [state.words, null] : verdictOf(state.answer.record);
  return { energy: request.energy, state: state.kind, words, runDir, live: shown.live, enginePid };
}

function verdictOf({ verdict, runDir }: DiagnosisRecord): [string, string | null] {
  return [verdict, runDir];
}

function panelView({ title, visible, model, sent }: Panel): PanelView {
  const { runs, view, sampling, diagnosis } = model;
  return {
    ...{ title, visible, view },
    runs: runs.length,
    sampling: sampling?.directory,
    diagnosis: diagnosis?.state.kind,
    sent: Object.fromEntries(sent),
  };
}

function itemTexts({ label, description, contextValue }: TreeItem): [string, string, string] {
  return [typeof label === 'string' ? label : '', typeof description === 'string' ? description : '', contextValue ?? ''];
}
