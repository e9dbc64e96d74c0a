import type { SampleRequest } from '../shared/sampleProtocol';
import type { EnginePort } from './enginePort';
import { type SampleChange, SampleSession } from './sampleSession';
import { type SessionEvent, SessionService } from './sessionService';

/** A change of one of the sampler runs. */
export type SampleEvent = SessionEvent<SampleSession, SampleChange>;

/** Starts sampler runs and knows those of this window. */
export class SampleService extends SessionService<SampleRequest, SampleChange, SampleSession> {
  protected override make(request: SampleRequest, engine: EnginePort): SampleSession {
    return new SampleSession(request, engine);
  }
}
