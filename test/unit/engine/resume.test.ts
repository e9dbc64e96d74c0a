import { build, type BuildOptions } from 'esbuild';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCheckpoint } from '../../../src/runs/checkpoint';
import type { RunEvent, RunResult } from '../../../src/runs/record';
import { readRun } from '../../../src/runs/runReader';
import { Random } from '../../../src/shared/random';
import { energyFile } from '../cli/runCli';
import type { ChildTask } from './fitChild';

const folder = mkdtempSync(join(tmpdir(), 'unblind resume '));
const child = join(folder, 'fitChild.js');
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

beforeAll(async () => {
  const options = {
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    mainFields: ['module', 'main'],
  } satisfies BuildOptions;
  const external = ['esbuild', 'onnxruntime-node', 'webgpu', '@tensorflow/tfjs-node', '@tensorflow/tfjs-node-gpu'];
  await build({ ...options, entryPoints: [resolve('test/unit/engine/fitChild.ts')], outfile: child, external, logLevel: 'error' });
  // What is not bundled is found from the bundle.
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'), 'junction');
  const rows = new Random(2);
  writeFileSync(
    join(folder, 'rows.csv'),
    `a\n${Array.from({ length: 150 }, () => rows.normal() + (rows.uniform() < 0.3 ? 4 : 0)).join('\n')}\n`,
  );
});

/** How a process of a fit ended. */
interface Ended {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly log: string;
}

/** Runs one process of a fit; with `killAfterMs` it is killed so long after its first step, if it still runs then. */
async function fitProcess(task: Omit<ChildTask, 'dist'>, killAfterMs?: number): Promise<Ended> {
  const running = spawn(process.execPath, [child, JSON.stringify({ ...task, dist: resolve('dist') })]);
  let log = '';
  running.stderr.on('data', (text: Buffer) => (log += text.toString()));
  let timer: NodeJS.Timeout | undefined;
  running.stdout.once('data', () => {
    if (killAfterMs !== undefined) timer = setTimeout(() => running.kill('SIGKILL'), killAfterMs);
  });
  const [status, signal] = (await once(running, 'close')) as [number | null, NodeJS.Signals | null];
  clearTimeout(timer);
  return { status, signal, log };
}

/** What must not depend on whether a run was disturbed: all but times, notes and the marks of the disturbance. */
function lasting(events: readonly RunEvent[]): unknown[] {
  return events.flatMap((event): unknown[] => {
    if (event.type === 'note' || event.type === 'resume') return [];
    if (event.type === 'progress') return [{ ...event, time: 0, stepsPerSecond: 0 }];
    return [{ ...event, time: 0 }];
  });
}

function figures(result: RunResult): unknown {
  return { ...result, runDir: '', seconds: 0, stepsPerSecond: 0 };
}

function expectSameRun(ours: string, theirs: string): void {
  const [a, b] = [readRun(ours), readRun(theirs)];
  expect(figures(a.result!)).toEqual(figures(b.result!));
  expect(lasting(a.events)).toEqual(lasting(b.events));
  expect(a.snapshots()).toEqual(b.snapshots());
  for (const { file } of a.snapshots()) expect(readFileSync(join(ours, file)).equals(readFileSync(join(theirs, file))), file).toBe(true);
}

const corners = `data: data.gaussianMixture({ means: [[-3], [3]], std: 1 })`;
const energy = (fields: string): string => energyFile(`dim: 1, ...mlp([1, 16, 1], 'swish'), ${fields}`);
const score = `import { data, defineScore, scoreMlp } from 'unblind';
export const one = defineScore({ dim: 1, ...scoreMlp([1, 16, 1], 'swish'), noise: { largest: 6, smallest: 1, levels: 4 }, ${corners} });
`;

/** One of each family: what minibatches draw differs. A batch of 33 leaves words of signs and pairs of normals half used. */
const families: readonly { name: string; text: string; overrides: ChildTask['overrides']; executor?: ChildTask['executor'] }[] = [
  { name: 'exact', text: energy(corners), overrides: { objective: 'fisher' } },
  { name: 'a table in epochs', text: energy(`data: data.csv('rows.csv')`), overrides: { objective: 'fisher' } },
  { name: 'sliced with signs', text: energy(corners), overrides: { objective: 'sliced' } },
  { name: 'denoising with noise', text: energy(corners), overrides: { objective: 'denoising' } },
  { name: 'noise-annealed', text: energy(corners), overrides: { objective: 'noise-annealed' } },
  { name: 'mfd with mixing draws', text: energy(corners), overrides: { objective: 'mfd' } },
  { name: 'self-normalised', text: energy(corners), overrides: { objective: 'mfd-self-normalised', ema: 0 } },
  { name: 'multi-noise', text: score, overrides: {} },
  { name: 'mfd on tfjs-cpu', text: energy(corners), overrides: { objective: 'mfd', steps: 120 }, executor: 'tfjs-cpu' },
];

/** Moments of the kills, another each time that this file runs. */
const moment = (most: number): number => Math.floor(most * Math.random());

describe('a fit whose process is killed', { timeout: 240_000 }, () => {
  families.forEach(({ name, text, overrides, executor = 'onnx' }, i) => {
    it(`goes on to the bits of an undisturbed one: ${name}`, async () => {
      const file = join(folder, `family${i}.energy.ts`);
      writeFileSync(file, text);
      const steps = overrides.steps ?? 1500;
      const task = { file, executor, overrides: { batch: 33, ...overrides, steps }, death: undefined };
      const whole = join(folder, `${i} whole`);
      const undisturbed = await fitProcess({ ...task, directory: whole, resume: false });
      expect(undisturbed.status, undisturbed.log).toBe(0);

      const directory = join(folder, `${i} killed`);
      // Every second one so near to the end that losses from before are among the last hundred.
      const death = i % 2 === 0 ? 1 + moment(steps / 2) : steps - 1 - moment(90);
      const first = await fitProcess({ ...task, directory, resume: false, death });
      expect(first.signal, first.log).toBe('SIGKILL');
      const second = await fitProcess({ ...task, directory, resume: true }, moment(500));
      expect(second.signal === 'SIGKILL' || second.status === 0, second.log).toBe(true);
      const cut = readRun(directory);
      expect(cut.live).toBe(false);
      if (cut.result === null) {
        expect(readCheckpoint(directory).step).toBeGreaterThanOrEqual(death);
        const third = await fitProcess({ ...task, directory, resume: true });
        expect(third.status, third.log).toBe(0);
      }
      const resumed = readRun(directory).events.flatMap((event) => (event.type === 'resume' ? [event.step] : []));
      expect(resumed[0]).toBe(death);
      expectSameRun(directory, whole);
    });
  });
});
