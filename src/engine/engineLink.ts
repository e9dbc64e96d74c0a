/** The host's end of a connection to an engine process, however it was made. */

import type { FromEngine, RunEnd, ToEngine } from '../shared/protocol';
import { isFromEngine } from './validate';

/** Something to let go of; fits where an editor takes a disposable. */
export interface Subscription {
  dispose(): void;
}

export type EndListener = (end: RunEnd, notes: readonly string[]) => void;

/** Time that a run may take to finish its directory after it was stopped. */
const finishMs = 10_000;

function subscribe<L>(listeners: Set<L>, listener: L): Subscription {
  listeners.add(listener);
  return { dispose: () => void listeners.delete(listener) };
}

export abstract class EngineLink {
  private readonly messageListeners = new Set<(message: FromEngine) => void>();
  private readonly endListeners = new Set<EndListener>();
  private ended: { readonly end: RunEnd; readonly notes: readonly string[] } | undefined;

  abstract readonly pid: number | undefined;

  /** Whether the run, if one was asked for, has not ended, and the process has not. */
  get alive(): boolean {
    return this.ended === undefined;
  }

  /** Sends a message; without effect once the process is gone. */
  abstract send(message: ToEngine): void;

  /** Ends the process at once. */
  abstract kill(end?: RunEnd): void;

  /** Lets go of the connection; what becomes of the process is for the kind of connection to say. */
  abstract dispose(): void;

  /** Calls the listener with every message from now on. */
  onMessage(listener: (message: FromEngine) => void): Subscription {
    return subscribe(this.messageListeners, listener);
  }

  /** Calls the listener once: with the run's own end and its notes, or with how the process ended before it could say. */
  onEnd(listener: EndListener): Subscription {
    const { ended } = this;
    if (ended) queueMicrotask(() => listener(ended.end, ended.notes));
    return subscribe(this.endListeners, listener);
  }

  /**
   * Ends the run; a superseded one leaves the processor to the run that takes its place before it is measured. Resolves within `timeoutMs`: the run has ended, or is finishing its directory, for which it has ten seconds,
   * or did not answer and was killed. However it ends, its directory can be read.
   */
  async stop({ timeoutMs = 250, superseded = false } = {}): Promise<void> {
    if (!this.alive) return;
    const end: RunEnd = {
      kind: 'killed',
      message: 'The engine did not stop in time and was killed; the run directory keeps what was written.',
    };
    const answered = this.answer(timeoutMs);
    this.send({ type: 'stop', superseded });
    if (!(await answered)) {
      this.kill(end);
      return;
    }
    const timer = setTimeout(() => this.kill(end), finishMs);
    this.onGone(() => clearTimeout(timer));
  }

  /** Calls the listener once nothing is left of the connection. */
  protected abstract onGone(listener: () => void): void;

  /** Passes a message on, which may be anything. */
  protected receive(message: unknown): void {
    if (!isFromEngine(message)) return;
    for (const listener of [...this.messageListeners]) listener(message);
    if (message.type === 'ended') this.finish(message.end, message.notes);
  }

  protected finish(end: RunEnd, notes: readonly string[] = []): void {
    if (this.ended) return;
    this.ended = { end, notes };
    for (const listener of [...this.endListeners]) listener(end, notes);
  }

  /** Whether the engine says within a time that it is stopping, or ends. */
  private answer(timeoutMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const settle = (answered: boolean): void => {
        clearTimeout(timer);
        for (const subscription of subscriptions) subscription.dispose();
        resolve(answered);
      };
      const timer = setTimeout(() => settle(false), timeoutMs);
      const subscriptions = [
        this.onMessage(({ type }) => {
          if (type === 'stage') settle(true);
        }),
        this.onEnd(() => settle(true)),
      ];
    });
  }
}
