/** Starts runs of one kind and knows those of this window. No VS Code in here. */

import { Disposable } from './disposable';
import { Emitter } from './emitter';
import { energyKey, type EnergyRef } from './energyRef';
import type { EnginePort } from './enginePort';
import type { EngineSource } from './engines';
import type { Attached } from '../shared/protocol';
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
  private readonly joins = this.register(new Emitter<Session>());
  private readonly changes = this.register(new Emitter<SessionEvent<Session, Change | EngineSessionChange>>());
  private sessions: Session[] = [];

  /** A run has been asked for. */
  readonly onDidStart = this.starts.event;
  /** A run that goes on already has been joined. */
  readonly onDidJoin = this.joins.event;
  readonly onDidChange = this.changes.event;

  /**
   * @param engines makes the source of engine processes at the first run
   * @param outlive whether runs go on without this window
   */
  constructor(
    private readonly engines: () => Promise<EngineSource>,
    private readonly outlive: () => boolean = () => true,
  ) {
    super();
  }

  /** All sessions of this window, oldest first. */
  get all(): readonly Session[] {
    return this.sessions;
  }

  /** The run that buttons without a place of their own mean: the newest that goes on, rather one that this window steers. */
  get current(): Session | undefined {
    return this.newest(({ isActive }) => isActive);
  }

  /** The newest session of an energy, rather one that this window steers. */
  latest(energy: EnergyRef): Session | undefined {
    const key = energyKey(energy);
    return this.newest(({ request }) => energyKey(nameOf(request)) === key);
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
    session.start(this.outlive());
    this.add(session);
    this.starts.fire(session);
    return session;
  }

  /**
   * Follows a run that goes on already.
   * @param precede tells the session what the run's directory holds
   */
  join(request: Request, engine: EnginePort, attached: Attached, precede: (session: Session) => void): Session {
    const session = this.make(request, engine);
    precede(session);
    this.add(session);
    session.follow(attached);
    this.joins.fire(session);
    return session;
  }

  /** Tells all runs that go on whether they are to go on without this window. */
  tellOutlive(): void {
    for (const session of this.sessions) session.setOutlives(this.outlive());
  }

  /** A session of its own kind. */
  protected abstract make(request: Request, engine: EnginePort): Session;

  private newest(suits: (session: Session) => boolean): Session | undefined {
    return this.sessions.findLast((session) => session.steers && suits(session)) ?? this.sessions.findLast(suits);
  }

  private add(session: Session): void {
    this.register(session);
    this.sessions.push(session);
    session.onDidChange((change) => this.changes.fire({ session, change }));
    this.forgetOld();
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
export function nameOf({ file, energy }: RunRequest): EnergyRef {
  return { file, name: energy };
}
