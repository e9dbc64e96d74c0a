/** The host's side of engine processes. Imports nothing heavy: it runs where an editor's other extensions run. */

import { type ChildProcess, fork } from 'node:child_process';
import type { FromEngine, RunEnd, ToEngine } from '../shared/protocol';
import { endOfProcess } from './processEnd';
import { isFromEngine } from './validate';

/** Something to let go of; fits where an editor takes a disposable. */
export interface Subscription {
  dispose(): void;
}

export interface EngineOptions {
  /** Path of the built engine. */
  readonly script: string;
  /** Limit of the JavaScript heap in megabytes; Node's own where absent. */
  readonly heapMb?: number;
}

type EndListener = (end: RunEnd, notes: readonly string[]) => void;

const logLength = 64 * 1024;
/** Time that a run may take to finish its directory after it was stopped. */
const finishMs = 10_000;

function subscribe<L>(listeners: Set<L>, listener: L): Subscription {
  listeners.add(listener);
  return { dispose: () => void listeners.delete(listener) };
}

function forkEngine({ script, heapMb }: EngineOptions): ChildProcess {
  // Flags that make this process debuggable are not for a second one.
  const { NODE_OPTIONS: _, ...env } = process.env;
  return fork(script, [], {
    execPath: process.execPath,
    // The young generation at its full size from the start: memory stands still while a fit runs, and is collected less often.
    execArgv: ['--min-semi-space-size=16', ...(heapMb === undefined ? [] : [`--max-old-space-size=${heapMb}`])],
    env: { ...env, ELECTRON_RUN_AS_NODE: '1' },
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
}

/** One engine process: any number of checks and other questions, then one fit or one sampler run, after which it ends by itself. */
export class EngineProcess {
  /** True once the process listens; false where it ended before. Messages may be sent earlier. */
  readonly ready: Promise<boolean>;
  /** The last 64 KB of what the process wrote to stderr and stdout. */
  log = '';
  private readonly child: ChildProcess;
  private readonly messageListeners = new Set<(message: FromEngine) => void>();
  private readonly endListeners = new Set<EndListener>();
  private ended: { readonly end: RunEnd; readonly notes: readonly string[] } | undefined;
  private exited = false;
  /** Whether a fit or a sampler run was asked for. */
  private working = false;
  /** What the end of the process means, where it was brought about here. */
  private ownEnd: RunEnd | undefined;
  private resolveReady: (ready: boolean) => void = () => undefined;

  constructor(options: EngineOptions) {
    this.ready = new Promise((resolve) => (this.resolveReady = resolve));
    this.child = forkEngine(options);
    for (const stream of [this.child.stderr, this.child.stdout])
      stream?.setEncoding('utf8').on('data', (text: string) => (this.log = (this.log + text).slice(-logLength)));
    this.child.on('message', (message: unknown) => this.receive(message));
    this.child.on('error', (error) => this.finish({ kind: 'crashed', message: `The engine process does not start: ${error.message}` }));
    // Only once its pipes are closed as well is the log complete.
    this.child.on('close', (code, signal) => {
      this.exited = true;
      this.finish(this.ownEnd ?? endOfProcess(code, signal, this.log));
    });
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  /** Whether the process is there and the run, if one was asked for, has not ended. */
  get alive(): boolean {
    return !this.exited && this.ended === undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Sends a message; without effect once the process is gone. */
  send(message: ToEngine): void {
    if (message.type === 'fit' || message.type === 'sample') this.working = true;
    if (this.child.connected) this.child.send(message, () => undefined);
  }

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
    this.child.once('close', () => clearTimeout(timer));
  }

  /** Ends the process at once. */
  kill(end: RunEnd = { kind: 'killed', message: 'The engine process was ended.' }): void {
    this.ownEnd ??= end;
    this.child.kill('SIGKILL');
  }

  /** Lets go of the process: one with a run stops and finishes its directory by itself, within ten seconds; any other ends at once. */
  dispose(): void {
    if (!this.working || !this.child.connected) {
      this.kill();
      return;
    }
    this.ownEnd ??= { kind: 'stopped' };
    this.child.disconnect();
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

  private receive(message: unknown): void {
    if (!isFromEngine(message)) return;
    if (message.type === 'ready') this.resolveReady(true);
    for (const listener of [...this.messageListeners]) listener(message);
    if (message.type === 'ended') this.finish(message.end, message.notes);
  }

  private finish(end: RunEnd, notes: readonly string[] = []): void {
    this.resolveReady(false);
    if (this.ended) return;
    this.ended = { end, notes };
    for (const listener of [...this.endListeners]) listener(end, notes);
  }
}

/** Hands out engine processes, and keeps one more that has loaded everything, so that a run starts at once. */
export class EnginePool implements Subscription {
  private spare: EngineProcess | undefined;
  private readonly handedOut = new Set<EngineProcess>();
  private timer: NodeJS.Timeout | undefined;
  private disposed = false;

  /** @param spareDelayMs time before the next spare starts: the run that took the last one needs the processor first */
  constructor(
    private readonly options: EngineOptions,
    private readonly spareDelayMs = 2000,
  ) {}

  /** Starts the spare now, if there is none: when somebody is likely to need it. */
  warm(): void {
    clearTimeout(this.timer);
    if (!this.disposed && this.spare?.alive !== true) this.spare = new EngineProcess(this.options);
  }

  /** A process for one run or for checks; the caller stops or disposes it, or `dispose` of the pool does. Throws once disposed. */
  acquire(): EngineProcess {
    if (this.disposed) throw new Error('The pool of engine processes has been disposed.');
    const taken = this.spare?.alive === true ? this.spare : new EngineProcess(this.options);
    this.spare = undefined;
    this.handedOut.add(taken);
    taken.onEnd(() => this.handedOut.delete(taken));
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.warm(), this.spareDelayMs);
    return taken;
  }

  /** Ends all processes; those with a run finish their directories first, by themselves. */
  dispose(): void {
    this.disposed = true;
    clearTimeout(this.timer);
    for (const engine of [this.spare, ...this.handedOut]) engine?.dispose();
    this.spare = undefined;
  }
}
