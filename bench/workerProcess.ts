/** The benchmark's side of a worker: a child process that answers one request at a time. */

import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type {
  Hello,
  MemoryAnswer,
  MemoryRequest,
  Prepared,
  PrepareRequest,
  Refusal,
  ReleaseRequest,
  Request,
  RunAnswer,
  RunRequest,
} from './protocol';

/** A worker could not start, refused a request or ended. */
export class WorkerError extends Error {
  override readonly name = 'WorkerError';
  constructor(
    message: string,
    /** As in ExecutorError, where the worker gave a reason. */
    readonly reason?: string,
  ) {
    super(message);
  }
}

/** What starts a worker. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

export class WorkerProcess {
  private readonly lines: AsyncIterator<string>;
  /** The end of what it wrote to stderr, for the error that ends it. */
  private complaint = '';

  private constructor(private readonly child: ChildProcess) {
    this.lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
    child.stderr!.on('data', (chunk: Buffer) => (this.complaint = (this.complaint + chunk.toString('utf8')).slice(-2000)));
    // A worker that ends early is noticed where its answer is missing.
    child.stdin!.on('error', () => undefined);
  }

  /** Starts a worker and waits for its first line. @throws WorkerError where it cannot start or refuses */
  static async start({ file, args, env }: Command): Promise<{ worker: WorkerProcess; hello: Hello }> {
    const child = spawn(file, args, { env: { ...process.env, ...env }, stdio: 'pipe' });
    const failed = new Promise<never>((_, reject) =>
      child.on('error', (error) => reject(new WorkerError(`${file} does not start: ${error.message}`, 'absent'))),
    );
    const worker = new WorkerProcess(child);
    const hello = await Promise.race([worker.answer<Hello>(), failed]);
    return { worker, hello };
  }

  prepare(request: Omit<PrepareRequest, 'do'>): Promise<Prepared> {
    return this.ask({ do: 'prepare', ...request } satisfies PrepareRequest);
  }

  run(steps: number): Promise<RunAnswer> {
    return this.ask({ do: 'run', steps } satisfies RunRequest);
  }

  memory(): Promise<MemoryAnswer> {
    return this.ask({ do: 'memory' } satisfies MemoryRequest);
  }

  async release(): Promise<void> {
    await this.ask({ do: 'release' } satisfies ReleaseRequest);
  }

  /** Ends the process. */
  stop(): void {
    this.child.kill();
  }

  private ask<T extends object>(request: Request): Promise<T> {
    this.child.stdin!.write(`${JSON.stringify(request)}\n`);
    return this.answer<T>();
  }

  /** Libraries may write to stdout too: lines that are no object are theirs. */
  private async answer<T extends object>(): Promise<T> {
    for (;;) {
      const line = await this.lines.next();
      if (line.done === true) throw new WorkerError(`the worker ended without an answer${this.lastComplaint()}`);
      if (!line.value.startsWith('{')) continue;
      const message = JSON.parse(line.value) as T | Refusal;
      if ('error' in message) throw new WorkerError(message.error, message.reason);
      return message;
    }
  }

  private lastComplaint(): string {
    const line = this.complaint.trim().split('\n').at(-1) ?? '';
    return line === '' ? '' : ` (${line})`;
  }
}
