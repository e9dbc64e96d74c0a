/** Starts the sandbox process, asks it once, and makes sure that it ends. */

import { type ChildProcess, fork } from 'node:child_process';
import { refusePermissions, sandboxEnvironment, sandboxFlags, sandboxProtections } from './flags';
import { watchMemory } from './memoryWatch';
import type { SandboxPaths } from './paths';
import { isRunReply, type RunOptions, type RunReply, type RunRequest } from './protocol';

/** Limits of one run. */
export interface SandboxLimits {
  readonly timeoutMs: number;
  readonly heapMb: number;
}

/** Limits where nobody says otherwise. */
export const defaultLimits: SandboxLimits = { timeoutMs: 5000, heapMb: 512 };

/** How a run ended. */
export type SandboxOutcome =
  | { readonly kind: 'answer'; readonly text: string }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'memory' }
  | { readonly kind: 'crash'; readonly message: string };

/** Time that starting the process may take, on top of the limit. */
const startMs = 10_000;
/** Time for the process to notice the limit by itself before it is killed. */
const graceMs = 500;
/** Node's exit status for a flag that it does not know. */
const badOption = 9;
/** Memory beside the heap: Node itself, tfjs, typed arrays. */
const outsideHeapMb = 768;

/** A started process that waits for its only request. */
export class SandboxProcess {
  private readonly child: ChildProcess;
  private stderr = '';
  private readonly ready: Promise<boolean>;
  private settle: (outcome: SandboxOutcome) => void = () => undefined;
  private readonly outcome: Promise<SandboxOutcome>;

  private constructor(
    paths: SandboxPaths,
    private readonly limits: SandboxLimits,
  ) {
    this.outcome = new Promise((resolve) => (this.settle = resolve));
    this.child = fork(paths.child, [paths.prelude], {
      execArgv: sandboxFlags(paths, limits.heapMb),
      env: sandboxEnvironment(),
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      serialization: 'advanced',
    });
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.stderr = (this.stderr + text).slice(-10_000)));
    this.ready = new Promise((resolve) => {
      this.child.once('message', () => resolve(true));
      this.child.once('close', () => resolve(false));
    });
    const startTimer = setTimeout(() => this.kill({ kind: 'crash', message: 'it did not start' }), startMs);
    void this.ready.then(() => clearTimeout(startTimer));
    this.child.on('error', (error) => this.settle({ kind: 'crash', message: error.message }));
    this.child.on('close', (code, signal) => this.settle(this.ended(code, signal)));
  }

  /** Starts a process. It loads what energy files need while the caller does something else. */
  static start(paths: SandboxPaths, limits: SandboxLimits): SandboxProcess {
    return new SandboxProcess(paths, limits);
  }

  private ended(code: number | null, signal: string | null): SandboxOutcome {
    if (/heap out of memory|Allocation failed|Array buffer allocation/.test(this.stderr)) return { kind: 'memory' };
    const [line = ''] = this.stderr.trim().split('\n');
    return { kind: 'crash', message: line === '' ? `it ended with ${signal ?? `status ${code ?? 0}`}` : line };
  }

  /** Whether the process refused the flags of the permission model. */
  private async refusedFlags(): Promise<boolean> {
    return !(await this.ready) && this.child.exitCode === badOption && sandboxProtections().permissions;
  }

  /**
   * Runs a bundle. Always resolves, and the process is gone then.
   *
   * @param code leaves its exports in the variable `unblindExports`
   */
  async run(code: string, options: RunOptions): Promise<SandboxOutcome> {
    if (!(await this.ready)) return this.outcome;
    const { timeoutMs, heapMb } = this.limits;
    const timer = setTimeout(() => this.kill({ kind: 'timeout' }), timeoutMs + graceMs);
    const stopWatching = watchMemory(this.child.pid ?? 0, (heapMb + outsideHeapMb) * 2 ** 20, () => this.kill({ kind: 'memory' }));
    this.child.on('message', (message: unknown) => this.receive(message));
    const request: RunRequest = { kind: 'run', code, options, timeoutMs };
    this.child.send(request, () => undefined);
    const outcome = await this.outcome;
    clearTimeout(timer);
    stopWatching();
    this.dispose();
    return outcome;
  }

  private receive(message: unknown): void {
    const reply: RunReply = isRunReply(message) ? message : { kind: 'broken', message: 'it sent an unknown message' };
    if (reply.kind === 'broken') this.kill({ kind: 'crash', message: reply.message });
    else if (reply.kind !== 'ready') this.settle(reply);
  }

  private kill(outcome: SandboxOutcome): void {
    this.settle(outcome);
    this.dispose();
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Ends the process at once. */
  dispose(): void {
    this.child.kill('SIGKILL');
  }

  /** Starts a process, without the permission model where the runtime refuses it. */
  static async startChecked(paths: SandboxPaths, limits: SandboxLimits): Promise<SandboxProcess> {
    const first = SandboxProcess.start(paths, limits);
    if (!(await first.refusedFlags())) return first;
    refusePermissions();
    return SandboxProcess.start(paths, limits);
  }
}
