import type { RunRecord } from '../runs/record';
import type { FitRequest } from '../shared/protocol';
import type { EnginePort } from './enginePort';
import { RunSession, type SessionChange } from './runSession';
import { type SessionEvent, SessionService } from './sessionService';

/** A change of one of the fits. */
export type FitEvent = SessionEvent<RunSession, SessionChange>;

/** Starts fits and knows those of this window. */
export class FitService extends SessionService<FitRequest, SessionChange, RunSession> {
  /** Goes on with a run that was cut off or stopped, in its own directory and with its own settings. */
  async resume(directory: string, { file, energy, seed, settings }: RunRecord): Promise<RunSession> {
    const { storedCurves } = await import('./storedRun');
    const curves = storedCurves(directory);
    const executor = 'auto';
    const session = await this.start({ file, energy, executor, seed, overrides: settings, warmFrom: undefined, resume: directory });
    session.precede(curves);
    return session;
  }

  protected override make(request: FitRequest, engine: EnginePort): RunSession {
    return new RunSession(request, engine);
  }
}
