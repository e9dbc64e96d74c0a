import type { FromEngine, RunEnd, ToEngine } from '../shared/protocol';
import type { Subscription } from './emitter';

/** What the editor side needs of an engine process. */
export interface EnginePort {
  /** The end of what the process wrote. */
  readonly log: string;
  readonly pid: number | undefined;
  send(message: ToEngine): void;
  onMessage(listener: (message: FromEngine) => void): Subscription;
  /** Told once: how the run ended, or how the process did before it could say. */
  onEnd(listener: (end: RunEnd, notes: readonly string[]) => void): Subscription;
  /** Ends the run after the steps at hand; a process that does not answer is killed. */
  stop(options?: { readonly superseded?: boolean }): Promise<void>;
  kill(): void;
  /** Lets go of the process. */
  dispose(): void;
}
