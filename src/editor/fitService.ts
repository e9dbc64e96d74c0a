/** Starts fits and knows those of this window. No VS Code in here. */

import type { FitRequest } from '../shared/protocol';
import { Disposable } from './disposable';
import { Emitter } from './emitter';
import { energyKey, type EnergyRef } from './energyRef';
import type { EngineSource } from './engines';
import { RunSession, type SessionChange } from './runSession';

/** A change of one of the sessions. */
export interface FitEvent {
  readonly session: RunSession;
  readonly change: SessionChange;
}

/** Finished runs of this window that are remembered with their last picture; older ones are on disk. */
const mostFinished = 20;

export class FitService extends Disposable {
  private readonly starts = this.register(new Emitter<RunSession>());
  private readonly changes = this.register(new Emitter<FitEvent>());
  private sessions: RunSession[] = [];

  /** A fit has been asked for. */
  readonly onDidStart = this.starts.event;
  readonly onDidChange = this.changes.event;

  /** @param engines makes the source of engine processes at the first fit */
  constructor(private readonly engines: () => Promise<EngineSource>) {
    super();
  }

  /** All sessions of this window, oldest first. */
  get all(): readonly RunSession[] {
    return this.sessions;
  }

  /** The run that buttons without a place of their own mean: the newest that goes on. */
  get current(): RunSession | undefined {
    return this.sessions.findLast(({ isActive }) => isActive);
  }

  /** The newest session of an energy. */
  latest(energy: EnergyRef): RunSession | undefined {
    const key = energyKey(energy);
    return this.sessions.findLast(({ request }) => energyKey(nameOf(request)) === key);
  }

  /** Starts a fit; one of the same energy that still goes on is stopped first, unless both are wanted. */
  async start(request: FitRequest, { keepOthers = false } = {}): Promise<RunSession> {
    if (!keepOthers) this.stopAll(nameOf(request));
    const engines = await this.engines();
    const session = new RunSession(request, engines.acquire());
    this.register(session);
    this.sessions.push(session);
    session.onDidChange((change) => this.changes.fire({ session, change }));
    this.forgetOld();
    this.starts.fire(session);
    return session;
  }

  private stopAll(energy: EnergyRef): void {
    for (const session of this.sessions) {
      if (session.isActive && energyKey(nameOf(session.request)) === energyKey(energy)) session.stop(true);
    }
  }

  private forgetOld(): void {
    const finished = this.sessions.filter(({ isActive }) => !isActive);
    const old = new Set(finished.slice(0, Math.max(0, finished.length - mostFinished)));
    this.sessions = this.sessions.filter((session) => !old.has(session));
  }
}

/** The energy that a request is about. */
export function nameOf({ file, energy }: FitRequest): EnergyRef {
  return { file, name: energy };
}
