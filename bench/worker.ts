/** A process that measures one executor: `node worker.cjs EXECUTOR THREADS`. Requests come on stdin, answers go to stdout. */

import { createInterface } from 'node:readline';
import { openExecutor } from '../src/executors/open';
import { type Executor, ExecutorError, type ExecutorId, executorIds } from '../src/executors/executor';
import { webgpuAdapter } from '../src/executors/adapter';
import {
  decodeFloats,
  type Hello,
  type MemoryAnswer,
  type Prepared,
  type PrepareRequest,
  type Refusal,
  type Request,
  type RunAnswer,
} from './protocol';
import { Slices } from './slices';

let slices: Slices | undefined;
let idleSince = { cpu: process.cpuUsage(), time: performance.now() };

/** An answer to a request; empty where there is nothing to say. */
type Answer = Prepared | RunAnswer | MemoryAnswer | Record<string, never>;

function answer(value: Hello | Answer | Refusal): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof ExecutorError) return { error: error.message, reason: error.reason };
  return { error: (error instanceof Error ? error.message : String(error)).split('\n')[0]! };
}

function seconds({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1e6;
}

async function prepare(executor: Executor, request: PrepareRequest): Promise<Prepared> {
  await slices?.dispose();
  const initial = { params: decodeFloats(request.params), x: decodeFloats(request.x) };
  slices = await Slices.create(executor, request, initial);
  return slices.run(request.steps);
}

async function run(steps: number): Promise<RunAnswer> {
  if (slices === undefined) throw new Error('nothing was prepared');
  const idle = { cpu: seconds(process.cpuUsage(idleSince.cpu)), time: (performance.now() - idleSince.time) / 1000 };
  const [cpu, started] = [process.cpuUsage(), performance.now()];
  await slices.run(steps);
  const elapsed = (performance.now() - started) / 1000;
  return {
    seconds: elapsed,
    cpuSeconds: seconds(process.cpuUsage(cpu)),
    idleCpuSeconds: idle.cpu,
    idleSeconds: idle.time,
  };
}

/** Without garbage, which comes and goes by megabytes; twice, because finalizers free more. */
function memory(): MemoryAnswer {
  const peakBytes = process.resourceUsage().maxRSS * 1024;
  globalThis.gc?.();
  globalThis.gc?.();
  return { residentBytes: process.memoryUsage.rss(), peakBytes };
}

async function respond(executor: Executor, request: Request): Promise<Answer> {
  switch (request.do) {
    case 'prepare':
      return prepare(executor, request);
    case 'run':
      return run(request.steps);
    case 'memory':
      return memory();
    case 'release':
      await slices?.dispose();
      slices = undefined;
      return {};
  }
}

async function serve(id: ExecutorId, threads: number): Promise<void> {
  const { executor } = await openExecutor(id, { threads });
  const adapter = id.endsWith('webgpu') ? await webgpuAdapter() : undefined;
  answer({ detail: executor.detail, software: adapter?.software ?? false });
  for await (const line of createInterface({ input: process.stdin })) {
    try {
      answer(await respond(executor, JSON.parse(line) as Request));
    } catch (error) {
      answer(refusalOf(error));
    }
    idleSince = { cpu: process.cpuUsage(), time: performance.now() };
  }
}

const [wanted, threads] = process.argv.slice(2);
const id = executorIds.find((known) => known === wanted);
if (id === undefined) throw new Error(`unknown executor ${String(wanted)}`);
serve(id, Number(threads))
  .catch((error: unknown) => answer(refusalOf(error)))
  // Dawn would keep the process alive.
  .finally(() => process.exit());
