/** What the page knows of a diagnosis, and of the bridge that its sliders ask for. */

import type { DiagnosisFigures, DiagnosisRecord } from '../../src/shared/diagnosis';
import type { BridgeRequest } from '../../src/shared/diagnosisProtocol';
import type { PanelDiagnosis, ToPanel } from '../../src/shared/panelProtocol';

/** The last answer to the sliders; figures of the one before stay where there are none. */
export interface Bridged {
  readonly request: BridgeRequest;
  readonly figures: DiagnosisFigures | undefined;
  readonly visibility: number | null;
  /** Why there are no figures with the bridge that was asked for. */
  readonly problem: string | undefined;
}

export interface DiagnosisState {
  readonly diagnosis: PanelDiagnosis | undefined;
  /** Where the sliders stand; undefined is where the record has them. */
  readonly bridge: BridgeRequest | undefined;
  readonly bridged: Bridged | undefined;
}

export const initialDiagnosis: DiagnosisState = { diagnosis: undefined, bridge: undefined, bridged: undefined };

export type DiagnosisAction =
  Extract<ToPanel, { type: 'diagnosis' | 'bridged' }> | { readonly type: 'bridge'; readonly request: BridgeRequest };

/** The state of a diagnosis that the host has sent as a whole; the sliders stay where it is the same. */
export function withDiagnosis(before: DiagnosisState, diagnosis: PanelDiagnosis | undefined): DiagnosisState {
  const same = diagnosis?.id === before.diagnosis?.id && diagnosis?.state.kind === 'done';
  return { diagnosis, bridge: same ? before.bridge : undefined, bridged: same ? before.bridged : undefined };
}

/** What an action changes; undefined where it is of another diagnosis. */
export function diagnosisChanges(state: DiagnosisState, action: DiagnosisAction): Partial<DiagnosisState> | undefined {
  switch (action.type) {
    case 'diagnosis':
      return withDiagnosis(state, action.diagnosis);
    case 'bridge':
      return { bridge: action.request };
    case 'bridged': {
      if (action.id !== state.diagnosis?.id) return undefined;
      const { request, answer } = action;
      if ('problem' in answer)
        return {
          bridged: {
            request,
            figures: state.bridged?.figures,
            visibility: state.bridged?.visibility ?? null,
            problem: answer.problem,
          },
        };
      return { bridged: { request, figures: answer.figures, visibility: answer.visibility, problem: undefined } };
    }
  }
}

/** The report, once it is there. */
export function recordOf({ diagnosis }: DiagnosisState): DiagnosisRecord | undefined {
  return diagnosis?.state.kind === 'done' ? diagnosis.state.answer.record : undefined;
}

/** Curves and pictures with the bridge of the sliders; while those are computed the last ones. */
export function figuresOf({ diagnosis, bridged }: DiagnosisState): DiagnosisFigures {
  if (diagnosis?.state.kind !== 'done') return { curves: null, pictures: null };
  const { figures } = diagnosis.state.answer;
  return { curves: bridged?.figures?.curves ?? figures.curves, pictures: bridged?.figures?.pictures ?? figures.pictures };
}

/** Where the sliders stand; undefined without curves. */
export function bridgeShown(state: DiagnosisState): BridgeRequest | undefined {
  if (state.bridge) return state.bridge;
  if (state.diagnosis?.state.kind !== 'done') return undefined;
  const { curves } = state.diagnosis.state.answer.figures;
  return curves ? { mode: curves.mode, beta: curves.beta, width: 1 } : undefined;
}

/** Whether the figures shown are not yet those that the sliders ask for. */
export function isBridging({ bridge, bridged }: DiagnosisState): boolean {
  if (!bridge) return false;
  const request = bridged?.request;
  return request?.mode !== bridge.mode || request.beta !== bridge.beta || request.width !== bridge.width;
}
