/** What the page knows of a sampler run, and how messages and the user change it. */

import type { PanelSampleSettings, PanelSampling, ToPanel } from '../../src/shared/panelProtocol';
import type { SampleFrame } from '../../src/shared/sampleProtocol';
import type { SamplerForm } from '../../src/shared/samplerForm';
import { appendSamples, sampleSeries, type SampleSeries } from './sampleSeries';

export interface SamplingView extends Omit<PanelSampling, 'history'> {
  readonly history: SampleSeries;
}

/** A place of the scrubber other than its end. The picture before stays until `frame` is there. */
export interface ShownSample {
  readonly step: number;
  readonly frame: SampleFrame | undefined;
  /** The snapshot cannot be read. */
  readonly missing: boolean;
}

export interface SampleState {
  readonly sampling: SamplingView | undefined;
  readonly sampleSettings: PanelSampleSettings;
  readonly samplers: readonly SamplerForm[];
  /** Undefined follows the run. */
  readonly sampleShown: ShownSample | undefined;
  readonly samplePlaying: boolean;
  /** What is wrong with fields of the form, one sentence each, by their names. */
  readonly sampleProblems: Readonly<Record<string, string>>;
}

export const initialSample: SampleState = {
  sampling: undefined,
  sampleSettings: { sampler: undefined, options: {}, particles: 1000, start: 'normal', seed: 0 },
  samplers: [],
  sampleShown: undefined,
  samplePlaying: false,
  sampleProblems: {},
};

export type SampleAction =
  | Extract<ToPanel, { type: `sample${string}` | 'sampling' }>
  | { readonly type: 'sampleSettings'; readonly changes: Partial<PanelSampleSettings> }
  /** `problem` undefined: the field makes sense. */
  | { readonly type: 'sampleProblem'; readonly field: string; readonly problem: string | undefined }
  /** Undefined goes back to following the run. */
  | { readonly type: 'sampleScrub'; readonly step: number | undefined; readonly frame: SampleFrame | undefined }
  | { readonly type: 'samplePlay'; readonly playing: boolean };

/** The state of a sampling that the host has sent as a whole; the scrubber stays where the run is the same. */
export function withSampling(
  before: SampleState,
  sampling: PanelSampling | undefined,
): Pick<SampleState, 'sampling' | 'sampleShown' | 'samplePlaying'> {
  const same = sampling !== undefined && sampling.id === before.sampling?.id;
  return {
    sampling: sampling && { ...sampling, history: sampleSeries(sampling.history) },
    sampleShown: same ? before.sampleShown : undefined,
    samplePlaying: same && before.samplePlaying,
  };
}

/** What an action changes; undefined where it is of another run, or comes too late. */
export function sampleChanges(state: SampleState, action: SampleAction): Partial<SampleState> | undefined {
  switch (action.type) {
    case 'sampling':
      return withSampling(state, action.sampling);
    case 'sampleFrame':
      return changed(state, action.id, () => ({ frame: action.frame }));
    case 'sampleProgress':
      return changed(state, action.id, ({ history }) => ({
        progress: action.progress,
        history: appendSamples(history, action.history),
      }));
    case 'sampleState':
      return changed(state, action.id, () => ({ state: action.state }));
    case 'sampleSnapshots':
      return changed(state, action.id, () => ({ snapshots: action.steps }));
    case 'sampleSnapshot': {
      const { sampling, sampleShown } = state;
      if (sampling?.id !== action.id || sampleShown?.step !== action.step) return undefined;
      return { sampleShown: { step: action.step, frame: action.frame ?? sampleShown.frame, missing: action.frame === undefined } };
    }
    case 'sampleSettings':
      return { sampleSettings: { ...state.sampleSettings, ...action.changes } };
    case 'sampleProblem': {
      const rest = Object.entries(state.sampleProblems).filter(([field]) => field !== action.field);
      return { sampleProblems: Object.fromEntries(action.problem === undefined ? rest : [...rest, [action.field, action.problem]]) };
    }
    case 'sampleScrub':
      if (action.step === undefined) return { sampleShown: undefined, samplePlaying: false };
      return { sampleShown: { step: action.step, frame: action.frame ?? state.sampleShown?.frame, missing: false } };
    case 'samplePlay':
      return { samplePlaying: action.playing };
  }
}

function changed(
  { sampling }: SampleState,
  id: string,
  change: (sampling: SamplingView) => Partial<SamplingView>,
): Partial<SampleState> | undefined {
  return sampling?.id === id ? { sampling: { ...sampling, ...change(sampling) } } : undefined;
}

/** The particles to draw: those of the scrubber, while they are not there yet the last ones. */
export function particlesShown({ sampling, sampleShown }: SampleState): SampleFrame | undefined {
  return sampleShown?.frame ?? sampling?.frame;
}

/** Whether a sampler runs, paused or not. */
export function isSampling({ sampling }: SampleState): boolean {
  return sampling !== undefined && sampling.state.kind !== 'ended';
}
