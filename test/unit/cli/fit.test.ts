import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRun } from '../../../src/runs/runReader';
import type { RunResult } from '../../../src/runs/record';
import { energyFile, makeProject, runCli } from './runCli';

const small = energyFile(`dim: 2, ...mlp([2, 16, 16, 1], 'swish'), data: data.gaussianMixture(), fit: { steps: 120, batch: 64 }`);
const diverging = energyFile(
  `dim: 2, ...mlp([2, 16, 1], 'swish'), data: data.rings(), fit: { steps: 400, batch: 64, learningRate: 1e30, clip: 0, schedule: 'constant' }`,
);
const endless = energyFile(`dim: 2, ...mlp([2, 16, 16, 1], 'swish'), data: data.gaussianMixture(), fit: { steps: 50000000, batch: 64 }`);

let project: ReturnType<typeof makeProject>;
beforeAll(() => {
  project = makeProject({ 'small.energy.ts': small, 'diverging.energy.ts': diverging, 'endless.energy.ts': endless, 'package.json': '{}' });
});
afterAll(() => {
  project.remove();
});

async function fitJson(...args: string[]): Promise<RunResult> {
  const { status, stdout, stderr } = await runCli(['fit', ...args, '--json', '--quiet'], project.folder);
  expect(status, stderr).toBe(0);
  expect(stdout.trimEnd().split('\n')).toHaveLength(1);
  return JSON.parse(stdout) as RunResult;
}

function losses(result: RunResult): number[] {
  return readRun(result.runDir).events.flatMap((event) => (event.type === 'progress' ? [event.loss] : []));
}

describe('unblind fit', () => {
  it('answers with what the contract promises and leaves a readable run', async () => {
    const result = await fitJson('small.energy.ts', '--seed', '3', '--executor', 'onnx');
    expect(result).toMatchObject({ energy: 'one', objective: 'mfd', executor: 'onnx', seed: 3, steps: 120 });
    for (const key of ['seconds', 'stepsPerSecond', 'finalLoss', 'logZ', 'negativeMass', 'kl'] as const)
      expect(result[key], key).toBeTypeOf('number');
    expect(result.modes).toHaveLength(4);
    expect(result.modes.reduce((sum, mode) => sum + mode.weight, 0)).toBeCloseTo(1, 5);
    expect(result.runDir.startsWith(join(project.folder, '.unblind', 'runs'))).toBe(true);
    const run = readRun(result.runDir);
    expect(run.result).toEqual(result);
    expect(run.record.settings.steps).toBe(120);
    expect(run.events.at(-1)).toMatchObject({ type: 'end', status: 'done' });
    const steps = run.snapshots().map(({ step }) => step);
    expect(steps[0]).toBe(0);
    expect(steps.at(-1)).toBe(120);
    const { density, score, params } = run.readSnapshot(120);
    expect(params.shape).toEqual([2 * 16 + 16 + 16 * 16 + 16 + 16 + 1]);
    expect(density!.data.some((v) => v > 0)).toBe(true);
    expect(score!.data.every(Number.isFinite)).toBe(true);
  });

  it('gives identical losses for the same seed, twice, whatever the timing of its chunks', async () => {
    const [a, b, c] = [
      await fitJson('small.energy.ts', '--seed', '5', '--executor', 'onnx'),
      await fitJson('small.energy.ts', '--seed', '5', '--executor', 'onnx'),
      await fitJson('small.energy.ts', '--seed', '6', '--executor', 'onnx'),
    ];
    const params = (result: RunResult): number[] => Array.from(readRun(result.runDir).readSnapshot(120).params.data);
    expect(params(a)).toEqual(params(b));
    expect(params(a)).not.toEqual(params(c));
    expect(losses(a)).toEqual(losses(b));
    expect(losses(a)).not.toEqual(losses(c));
    expect(a.finalLoss).toBe(b.finalLoss);
    expect(a.kl).toBe(b.kl);
    expect(a.modes).toEqual(b.modes);
  });

  it('gives the same parameters, bit for bit, with one thread and with two: auto may choose either', async () => {
    const args = ['small.energy.ts', '--seed', '8', '--executor', 'onnx', '--set', 'batch=300'];
    const [one, two] = [await fitJson(...args, '--threads', '1'), await fitJson(...args, '--threads', '2')];
    const params = (result: RunResult): number[] => Array.from(readRun(result.runDir).readSnapshot(120).params.data);
    expect(params(one)).toEqual(params(two));
  });

  for (const executor of ['tfjs-wasm', 'tfjs-cpu']) {
    it(`fits the same on ${executor} up to rounding`, async () => {
      const args = ['small.energy.ts', '--seed', '2', '--steps', '30', '--set', 'batch=32'];
      const [ours, theirs] = [await fitJson(...args, '--executor', 'onnx'), await fitJson(...args, '--executor', executor)];
      expect(theirs.executor).toBe(executor);
      expect(theirs.kl!).toBeCloseTo(ours.kl!, 2);
    });
  }

  for (const objective of ['fisher', 'sliced', 'sliced-vr', 'denoising', 'noise-annealed', 'mfd-self-normalised']) {
    it(`runs the objective ${objective}`, async () => {
      const result = await fitJson('small.energy.ts', '--objective', objective, '--executor', 'onnx');
      expect(result.objective).toBe(objective);
      expect(result.negativeMass).toBeNull();
      expect(Number.isFinite(result.kl)).toBe(true);
    });
  }

  it('stops with status 1 when the loss is no longer a number, and keeps the last good parameters', async () => {
    const out = join(project.folder, 'diverged');
    const { status, stdout, stderr } = await runCli(
      ['fit', 'diverging.energy.ts', '--quiet', '--out', out, '--executor', 'onnx'],
      project.folder,
    );
    expect(status).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^unblind: the loss is not finite at step \d+: .*learningRate.*\n$/);
    const run = readRun(out);
    expect(run.events.at(-1)).toMatchObject({ type: 'end', status: 'failed' });
    const last = run.snapshots().at(-1)!;
    expect(run.readSnapshot(last.step).params.data.every(Number.isFinite)).toBe(true);
  });

  it('ends an interrupted run with status 130 and a complete directory', async () => {
    const out = join(project.folder, 'interrupted');
    const { status, stderr } = await runCli(['fit', 'endless.energy.ts', '--out', out, '--executor', 'onnx'], project.folder, (child) => {
      // The first line of progress says that training runs.
      child.stderr!.once('data', () => child.kill('SIGINT'));
    });
    expect(status).toBe(130);
    expect(stderr).toMatch(/interrupted after step \d+; the run directory is complete/);
    const run = readRun(out);
    expect(run.result).not.toBeNull();
    expect(run.events.at(-1)).toMatchObject({ type: 'end', status: 'interrupted' });
    expect(run.snapshots().at(-1)!.step).toBe(run.result!.steps);
  });

  it('refuses a directory that already holds a run', async () => {
    const out = join(project.folder, 'taken');
    await fitJson('small.energy.ts', '--out', out, '--steps', '3', '--executor', 'onnx');
    const before = readFileSync(join(out, 'result.json'), 'utf8');
    const { status, stderr } = await runCli(['fit', 'small.energy.ts', '--out', out, '--quiet', '--executor', 'onnx'], project.folder);
    expect(status).toBe(2);
    expect(stderr).toMatch(/already holds a run/);
    expect(readFileSync(join(out, 'result.json'), 'utf8')).toBe(before);
  });
});

describe('unblind export', () => {
  it('writes every format, and several runs side by side', async () => {
    const [a, b] = [
      await fitJson('small.energy.ts', '--steps', '4'),
      await fitJson('small.energy.ts', '--steps', '4', '--objective', 'fisher'),
    ];
    for (const format of ['csv', 'npz', 'json', 'html']) {
      const { status, stdout, stderr } = await runCli(['export', a.runDir, '--to', format], project.folder);
      expect(status, stderr).toBe(0);
      const paths = stdout.trimEnd().split('\n');
      expect(paths.every((path) => existsSync(path))).toBe(true);
    }
    const { status, stdout } = await runCli(['export', a.runDir, b.runDir, '--to', 'html', '--json'], project.folder);
    expect(status).toBe(0);
    const [page] = (JSON.parse(stdout) as { paths: string[] }).paths;
    expect(readFileSync(page!, 'utf8')).toContain('<svg');
  });
});

describe('unblind check and doctor', () => {
  it('checks an energy against finite differences', async () => {
    const { status, stdout } = await runCli(['check', 'small.energy.ts', '--json'], project.folder);
    expect(status).toBe(0);
    const report = JSON.parse(stdout) as { ok: boolean; energies: { energy: string; lines: { name: string; status: string }[] }[] };
    expect(report.ok).toBe(true);
    expect(report.energies[0]!.lines.map(({ name }) => name)).toEqual([
      'shapes',
      'data',
      'primitives',
      'score',
      'laplacian',
      'loss gradient',
    ]);
    expect(report.energies[0]!.lines.every((line) => line.status === 'pass')).toBe(true);
  });

  it('says what runs here', async () => {
    const { status, stdout } = await runCli(['doctor', '--json'], project.folder);
    expect(status).toBe(0);
    const report = JSON.parse(stdout) as { executors: { id: string; selfTestError?: number; refusal?: string }[] };
    const byId = new Map(report.executors.map((executor) => [executor.id, executor]));
    for (const id of ['onnx', 'tfjs-wasm', 'tfjs-cpu']) expect(byId.get(id)!.selfTestError).toBeLessThan(1e-5);
    for (const { refusal, selfTestError } of report.executors) expect(refusal !== undefined || selfTestError !== undefined).toBe(true);
  });
});
