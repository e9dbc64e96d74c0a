import type { FitRequest } from '../shared/protocol';
import type { EnginePort } from './enginePort';
import { RunSession, type SessionChange } from './runSession';
import { type SessionEvent, SessionService } from './sessionService';

/** A change of one of the fits. */
export type FitEvent = SessionEvent<RunSession, SessionChange>;

/** Starts fits and knows those of this window. */
export class FitService extends SessionService<FitRequest, SessionChange, RunSession> {
  protected override make(request: FitRequest, engine: EnginePort): RunSession {
    return new RunSession(request, engine);
  }
}
