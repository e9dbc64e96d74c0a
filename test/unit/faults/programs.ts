/** The programs that do runs here: how they are started, and how they end. */

import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { FromEngine, ToEngine } from '../../../src/shared/protocol';
import type { ChildTask } from './child';
import { type Injection, injectionVariable, type Report } from './injection';
import type { Program } from './plan';
import type { Subject } from './subjects';

/** Time that one process may take: more is a process that hangs. */
const mostMs = 60_000;

/** Where the programs are. */
export interface Programs {
  /** The bundles of `child.ts` and `injection.ts`. */
  readonly child: string;
  readonly injection: string;
  /** Folder of the built command line and engine. */
  readonly dist: string;
}

/** One process of a run. */
export interface Work {
  readonly program: Program;
  readonly subject: Subject;
  /** The energy file. */
  readonly file: string;
  /** The run directory; of the engine process, which names its runs itself, only where it resumes. */
  readonly directory: string;
  readonly resume: boolean;
  readonly injection: Omit<Injection, 'report'> | undefined;
  /** Called once the process shows that it trains. */
  readonly training?: (process: ChildProcess) => void;
}

/** How a process ended. */
export interface Ended {
  /** 0 where the run is done; 130 where it was stopped; null where the process was killed. */
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  /** What it said at its end: nothing where the run is done. Of the command line all that it wrote to stderr. */
  readonly said: string;
  /** Whether it had to be ended because it did not end. */
  readonly hung: boolean;
  readonly report: Report | undefined;
}

function readReport(path: string): Report | undefined {
  if (!existsSync(path)) return undefined;
  const report = JSON.parse(readFileSync(path, 'utf8')) as Report;
  rmSync(path);
  return report;
}

function start(programs: Programs, work: Work, injection: Injection | undefined): ChildProcess {
  const { program, subject, file, directory, resume, training } = work;
  const { executor, seed, checkpointMs } = subject;
  const execArgv = injection ? ['--require', programs.injection] : [];
  const env = { ...process.env, ...(injection && { [injectionVariable]: JSON.stringify(injection) }) };
  const quiet = training ? [] : ['--quiet'];
  switch (program) {
    case 'child': {
      const task: ChildTask = { file, traced: subject.traced, directory, resume, executor, seed, checkpointMs };
      return spawn(process.execPath, [...execArgv, programs.child, JSON.stringify(task)], { env, stdio: ['ignore', 'ignore', 'pipe'] });
    }
    case 'cli': {
      const place = resume ? ['--resume', directory] : [file, '--executor', executor, '--seed', String(seed), '--out', directory];
      const args = [...execArgv, join(programs.dist, 'cli.js'), 'fit', ...place, ...quiet];
      return spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
    }
    case 'engine': {
      const script = join(programs.dist, 'engine.js');
      const child = fork(script, [], { execArgv, env, serialization: 'advanced', stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
      const request = { file, energy: 'one', executor: resume ? 'auto' : executor, seed, overrides: {}, warmFrom: undefined };
      child.send({ type: 'fit', request: { ...request, resume: resume ? directory : undefined } } satisfies ToEngine, () => undefined);
      return child;
    }
  }
}

/** Statuses of the command line for what the engine process says of the end of a run. */
function statusOf(message: Extract<FromEngine, { readonly type: 'ended' }>): number {
  if (message.end.kind === 'done') return 0;
  return message.end.kind === 'stopped' ? 130 : 2;
}

/** Runs one process to its end. */
export async function runProcess(programs: Programs, work: Work, report: string): Promise<Ended> {
  const child = start(programs, work, work.injection && { ...work.injection, report });
  let [said, hung] = ['', false];
  let ended: { readonly status: number; readonly said: string } | undefined;
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (said += text));
  child.stderr!.once('data', () => work.training?.(child));
  child.on('message', (message: FromEngine) => {
    if (message.type === 'ended')
      ended = { status: statusOf(message), said: 'message' in message.end ? `unblind: ${message.end.message}` : '' };
  });
  const timer = setTimeout(() => {
    hung = true;
    child.kill('SIGKILL');
  }, mostMs);
  const [status, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  clearTimeout(timer);
  return { status: ended?.status ?? status, signal, said: ended?.said ?? said.trimEnd(), hung, report: readReport(report) };
}
