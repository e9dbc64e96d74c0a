/** Starts runs of one kind and knows those of this window. No VS Code in here. */

import { Disposable } from './disposable';
import { Emitter } from './emitter';
import { energyKey, type EnergyRef } from './energyRef';
import type { EnginePort } from './enginePort';
import type { EngineSource } from './engines';
import type { EngineSession, EngineSessionChange } from './engineSession';

/** What every run is asked for. */
export interface RunRequest {
  readonly file: string;
  readonly energy: string;
}

/** A change of one of the sessions. */
export interface SessionEvent<Session, Change> {
  readonly session: Session;
  readonly change: Change;
}

/** Finished runs of this window that are remembered with their last picture; older ones are on disk. */
const mostFinished = 20;

export abstract class SessionService<
  Request extends RunRequest,
  Change,
  Session extends EngineSession<Change> & { readonly request: Request },
> extends Disposable {
  private readonly starts = this.register(new Emitter<Session>());
  private readonly changes = this.register(new Emitter<SessionEvent<Session, Change | EngineSessionChange>>());
  private sessions: Session[] = [];

  /** A run has been asked for. */
  readonly onDidStart = this.starts.event;
  readonly onDidChange = this.changes.event;

  /** @param engines makes the source of engine processes at the first run */
  constructor(private readonly engines: () => Promise<EngineSource>) {
    super();
  }

  /** All sessions of this window, oldest first. */
  get all(): readonly Session[] {
    return this.sessions;
  }

  /** The run that buttons without a place of their own mean: the newest that goes on. */
  get current(): Session | undefined {
    return this.sessions.findLast(({ isActive }) => isActive);
  }

  /** The newest session of an energy. */
  latest(energy: EnergyRef): Session | undefined {
    const key = energyKey(energy);
    return this.sessions.findLast(({ request }) => energyKey(nameOf(request)) === key);
  }

  /** The session that writes to a directory. */
  writerOf(directory: string): Session | undefined {
    return this.sessions.findLast((session) => session.directory === directory);
  }

  /** Starts a run; one of the same energy that still goes on is stopped first, unless both are wanted. */
  async start(request: Request, { keepOthers = false } = {}): Promise<Session> {
    if (!keepOthers) this.stopAll(nameOf(request));
    const engines = await this.engines();
    const session = this.make(request, engines.acquire());
    this.register(session);
    this.sessions.push(session);
    session.onDidChange((change) => this.changes.fire({ session, change }));
    this.forgetOld();
    this.starts.fire(session);
    return session;
  }

  /** A session of its own kind. */
  protected abstract make(request: Request, engine: EnginePort): Session;

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
export function nameOf({ file, energy }: RunRequest): EnergyRef {
  return { file, name: energy };
}
