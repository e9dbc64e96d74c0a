/** The host's side of engine processes. Imports nothing heavy: it runs where an editor's other extensions run. */

import { type ChildProcess, fork, type ForkOptions, type SpawnOptions } from 'node:child_process';
import type { FromEngine, RunEnd, ToEngine } from '../shared/protocol';
import { EngineLink, type Subscription } from './engineLink';
import { endOfProcess } from './processEnd';

export interface EngineOptions {
  /** Path of the built engine. */
  readonly script: string;
  /** Limit of the JavaScript heap in megabytes; Node's own where absent. */
  readonly heapMb?: number;
}

const logLength = 64 * 1024;

function forkEngine({ script, heapMb }: EngineOptions): ChildProcess {
  // Flags that make this process debuggable are not for a second one.
  const { NODE_OPTIONS: _, ...env } = process.env;
  const options: ForkOptions & SpawnOptions = {
    execPath: process.execPath,
    // The young generation at its full size from the start: memory stands still while a fit runs, and is collected less often.
    execArgv: ['--min-semi-space-size=16', ...(heapMb === undefined ? [] : [`--max-old-space-size=${heapMb}`])],
    env: { ...env, ELECTRON_RUN_AS_NODE: '1' },
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // A group of its own: what ends this process's group, as an interrupt or a closed connection does, does not end a run.
    detached: true,
    windowsHide: true,
  };
  return fork(script, [], options);
}

/** One engine process: any number of checks and other questions, then one fit or one sampler run, after which it ends by itself. */
export class EngineProcess extends EngineLink {
  /** True once the process listens; false where it ended before. Messages may be sent earlier. */
  readonly ready: Promise<boolean>;
  /** The last 64 KB of what the process wrote to stderr and stdout. */
  log = '';
  private readonly child: ChildProcess;
  private exited = false;
  private released = false;
  /** Whether a fit or a sampler run was asked for. */
  private working = false;
  /** What the end of the process means, where it was brought about here. */
  private ownEnd: RunEnd | undefined;
  private resolveReady: (ready: boolean) => void = () => undefined;

  constructor(options: EngineOptions) {
    super();
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

  override get alive(): boolean {
    return super.alive && !this.exited && this.child.exitCode === null && this.child.signalCode === null;
  }

  send(message: ToEngine): void {
    if (message.type === 'fit' || message.type === 'sample') this.working = true;
    if (this.child.connected) this.child.send(message, () => undefined);
  }

  kill(end: RunEnd = { kind: 'killed', message: 'The engine process was ended.' }): void {
    this.ownEnd ??= end;
    this.child.kill('SIGKILL');
  }

  /**
   * Lets go of the process: one with a run goes on where it was told to outlive its owner, else stops and finishes its directory by itself,
   * within ten seconds; any other ends at once. May be called again.
   */
  dispose(): void {
    if (this.released) return;
    this.released = true;
    if (!this.working || !this.child.connected) {
      this.kill();
      return;
    }
    this.ownEnd ??= { kind: 'stopped' };
    this.child.disconnect();
  }

  protected onGone(listener: () => void): void {
    this.child.once('close', listener);
  }

  protected override receive(message: unknown): void {
    if (isReady(message)) this.resolveReady(true);
    super.receive(message);
  }

  protected override finish(end: RunEnd, notes: readonly string[] = []): void {
    this.resolveReady(false);
    super.finish(end, notes);
  }
}

function isReady(message: unknown): boolean {
  const ready: FromEngine['type'] = 'ready';
  return typeof message === 'object' && message !== null && 'type' in message && message.type === ready;
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

  /** Lets go of all processes; see `dispose` of each. */
  dispose(): void {
    this.disposed = true;
    clearTimeout(this.timer);
    for (const engine of [this.spare, ...this.handedOut]) engine?.dispose();
    this.spare = undefined;
  }
}
