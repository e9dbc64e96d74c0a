/** What `activate` hands out: enough to look on from a test, nothing that changes anything. */

import type { FitService } from './fitService';
import type { Panels } from './panels';
import type { RunPhase } from './engineSession';

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
}

export interface PanelView {
  readonly title: string;
  readonly visible: boolean;
  readonly runs: number;
  /** How many messages of each type were sent to the page. */
  readonly sent: Readonly<Record<string, number>>;
}

export interface UnblindApi {
  /** Milliseconds that `activate` took. */
  readonly activationMilliseconds: number;
  sessions(): readonly SessionView[];
  panels(): readonly PanelView[];
}

export function createApi(fits: FitService, panels: Panels, activationMilliseconds: number): UnblindApi {
  return {
    activationMilliseconds,
    sessions: () =>
      fits.all.map(({ request, phase, stage, step, end, info, loss, frame, enginePid }) => ({
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
        enginePid,
      })),
    panels: () =>
      panels.all.map(({ title, visible, model, sent }) => ({ title, visible, runs: model.runs.length, sent: Object.fromEntries(sent) })),
  };
}
