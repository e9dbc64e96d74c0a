import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import * as esbuild from 'esbuild';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { FitRequest, ToEngine } from '../../../src/shared/protocol';
import { energyFile, makeProject } from '../cli/runCli';
import { descendantsOf, processInfo, type ProcessInfo } from '../support/processes';
import { script } from './engineHarness';
import type { OwnerTask } from './ownerChild';

/** The promise: nothing of Unblind outlives its owner by more. */
const longestMs = 10_000;
const startMs = 60_000;

let project: ReturnType<typeof makeProject>;
let program = '';
const left: ProcessInfo[] = [];
let owner: ChildProcess | undefined;

beforeAll(async () => {
  const wide = `dim: 2, ...mlp([2, 700, 700, 1], 'swish'), data: data.gaussianMixture()`;
  project = makeProject({
    'stuck.energy.ts': energyFile(`dim: 2, ...mlp([2, 4, 1], 'swish'), data: data.gaussianMixture()`, 'for (;;);'),
    'wide.energy.ts': energyFile(`${wide}, fit: { batch: 8192, steps: 100000 }`),
    'package.json': '{}',
  });
  program = join(project.folder, 'owner.js');
  await esbuild.build({ entryPoints: [join(__dirname, 'ownerChild.ts')], bundle: true, platform: 'node', outfile: program });
});
afterAll(() => project.remove());
afterEach(() => {
  owner?.kill('SIGKILL');
  for (const { pid, command } of left.splice(0)) if (processInfo(pid)?.command === command) process.kill(pid, 'SIGKILL');
});

interface Owner {
  readonly pid: number;
  /** Waits for a message of the engine. */
  readonly hears: (type: string) => Promise<void>;
}

function startOwner(...messages: readonly ToEngine[]): Owner {
  const task: OwnerTask = { script, messages };
  const child = spawn(process.execPath, [program, JSON.stringify(task)], { stdio: ['ignore', 'pipe', 'inherit'] });
  owner = child;
  const heard = new Set<string>();
  createInterface({ input: child.stdout }).on('line', (line) => heard.add(line));
  const hears = (type: string): Promise<void> => vi.waitFor(() => expect([...heard]).toContain(type), { timeout: startMs, interval: 20 });
  return { pid: child.pid!, hears };
}

/** Waits until a process below the owner is as it should be. */
function below(pid: number, holds: (info: ProcessInfo) => boolean): Promise<ProcessInfo> {
  return vi.waitFor(() => descendantsOf(pid).find(holds) ?? expect.fail('There is no such process.'), { timeout: startMs, interval: 50 });
}

/** Kills the owner as a crash does, and waits until all that it had started is gone. */
async function dies(pid: number, atLeast: number): Promise<void> {
  left.push(...descendantsOf(pid));
  expect(left.length).toBeGreaterThanOrEqual(atLeast);
  const exited = once(owner!, 'exit');
  process.kill(pid, 'SIGKILL');
  await exited;
  const remaining = (): string[] => left.flatMap((info) => (processInfo(info.pid)?.command === info.command ? [info.command] : []));
  await vi.waitFor(() => expect(remaining()).toEqual([]), { timeout: longestMs, interval: 50 });
}

const isSandbox = ({ command }: ProcessInfo): boolean => command.includes('sandboxChild');
const isEngine = ({ command }: ProcessInfo): boolean => command.includes('engine.js');

// Elsewhere there is no /proc to ask who is left.
describe.skipIf(process.platform !== 'linux')('after its owner was killed', () => {
  it('no spare engine stays, nor what it has started', { timeout: 2 * startMs }, async () => {
    const { pid, hears } = startOwner();
    await hears('ready');
    await below(pid, isSandbox);
    await below(pid, ({ command }) => command.includes('esbuild'));
    await dies(pid, 3);
  });

  it('no endless energy file stays', { timeout: 2 * startMs }, async () => {
    const { pid } = startOwner({ type: 'check', id: 1, file: join(project.folder, 'stuck.energy.ts') });
    const loading = await below(pid, isSandbox);
    // It loads for less than that.
    await below(pid, (info) => isSandbox(info) && info.pid === loading.pid && info.cpuSeconds > 2);
    await dies(pid, 2);
  });

  it('no long diagnosis stays', { timeout: 2 * startMs }, async () => {
    const file = join(__dirname, '../../../examples/fortyGaussians.energy.ts');
    const request = { file, energy: 'fortyGaussians', executor: 'onnx', seed: 0, run: undefined };
    const { pid, hears } = startOwner({ type: 'diagnose', id: 1, request });
    await hears('diagnose-stage');
    await dies(pid, 2);
  });

  it('no computation stays that lets the engine see nothing else', { timeout: 2 * startMs }, async () => {
    const request: FitRequest = {
      ...{ file: join(project.folder, 'wide.energy.ts'), energy: 'one', executor: 'tfjs-cpu' },
      ...{ seed: 0, overrides: {}, warmFrom: undefined },
    };
    const { pid, hears } = startOwner({ type: 'fit', request });
    await hears('started');
    const { cpuSeconds } = await below(pid, isEngine);
    await below(pid, (info) => isEngine(info) && info.cpuSeconds > cpuSeconds + 1);
    await dies(pid, 1);
  });
});
