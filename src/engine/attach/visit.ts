/** Joining a run that goes on in a process that somebody else started, or that has outlived its window. */

import { createConnection, type Socket } from 'node:net';
import { readDoorMark } from '../../runs/doorMark';
import { liveOwner } from '../../runs/owner';
import type { Attached, FromEngine, RunEnd, ToEngine } from '../../shared/protocol';
import { version } from '../../shared/version';
import { EngineLink, type Subscription } from '../engineLink';
import { isFromEngine } from '../validate';
import { isDoorAddress } from './doorPlace';
import type { Hello } from './hello';
import { encodeMessage, MessageReader, readMessages } from './messageStream';

/** Time for an engine to answer: between two chunks of steps, on a machine that may be very busy. */
const answerMs = 10_000;

/** A run that was joined. */
export interface Visit {
  readonly engine: VisitedEngine;
  readonly attached: Attached;
}

/** The connection to an engine that is not this process's child. Messages wait until somebody listens. */
export class VisitedEngine extends EngineLink {
  /** What the process wrote went to whoever started it. */
  readonly log = '';
  private backlog: unknown[] | undefined = [];

  constructor(
    private readonly socket: Socket,
    readonly pid: number,
  ) {
    super();
    socket.on('close', () => this.finish({ kind: 'crashed', message: 'The process of the run ended before it could say how.' }));
  }

  override onMessage(listener: (message: FromEngine) => void): Subscription {
    const subscription = super.onMessage(listener);
    const { backlog } = this;
    this.backlog = undefined;
    for (const message of backlog ?? []) this.take(message);
    return subscription;
  }

  /** Passes on what has arrived. */
  take(message: unknown): void {
    if (this.backlog) this.backlog.push(message);
    else this.receive(message);
  }

  send(message: ToEngine): void {
    if (this.socket.writable) this.socket.write(encodeMessage(message));
  }

  kill(end: RunEnd = { kind: 'killed', message: 'The engine process was ended.' }): void {
    try {
      if (this.alive) process.kill(this.pid, 'SIGKILL');
    } catch {
      // It has ended meanwhile.
    }
    this.finish(end);
    this.socket.destroy();
  }

  /** Looks on no longer; what becomes of the run is its process's to say. */
  dispose(): void {
    this.socket.destroy();
  }

  protected onGone(listener: () => void): void {
    this.socket.once('close', listener);
  }
}

/** Joins the run that is written to a directory; undefined where none goes on that can be joined. Never rejects. */
export function visitRun(directory: string): Promise<Visit | undefined> {
  const mark = readDoorMark(directory);
  const owner = liveOwner(directory);
  if (!mark || !owner || mark.version !== version || !isDoorAddress(mark.address)) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    const socket = createConnection(mark.address);
    const reader = new MessageReader();
    let engine: VisitedEngine | undefined;
    const giveUp = (): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(undefined);
    };
    const timer = setTimeout(giveUp, answerMs);
    const take = (message: unknown): void => {
      if (engine) engine.take(message);
      else if (isFromEngine(message) && message.type === 'attached') {
        clearTimeout(timer);
        engine = new VisitedEngine(socket, owner.pid);
        resolve({ engine, attached: message });
      }
    };
    socket.on('connect', () => {
      const hello: Hello = { type: 'hello', token: mark.token, version };
      socket.write(encodeMessage(hello));
    });
    readMessages(socket, () => reader, take);
    socket.on('close', giveUp);
  });
}
