import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRun } from '../../../src/runs/runReader';
import { type CliResult, energyFile, makeProject, runCli } from './runCli';

const fields = (activation: string, std: number): string =>
  `dim: 2, ...mlp([2, 16, 16, 1], '${activation}'), data: data.gaussianMixture({ means: [[-1, 0], [1, 0]], std: ${std} }), fit: { steps: 800, batch: 50 }`;
const endless = energyFile(`dim: 2, ...mlp([2, 16, 16, 1], 'swish'), data: data.gaussianMixture(), fit: { steps: 50000000, batch: 64 }`);

let project: ReturnType<typeof makeProject>;
const energy = (): string => join(project.folder, 'small.energy.ts');
beforeAll(() => {
  project = makeProject({ 'small.energy.ts': energyFile(fields('swish', 0.3)), 'endless.energy.ts': endless, 'package.json': '{}' });
});
afterAll(() => {
  project.remove();
});

function fit(...args: string[]): Promise<CliResult> {
  return runCli(['fit', ...args, '--executor', 'onnx'], project.folder);
}

/** A fit that gets a signal when its first line of progress says that training runs. */
function cut(signal: NodeJS.Signals, out: string, file = 'small.energy.ts'): Promise<CliResult> {
  return runCli(['fit', file, '--executor', 'onnx', '--out', out], project.folder, (child) => {
    child.stderr!.once('data', () => child.kill(signal));
  });
}

function resume(directory: string, ...args: string[]): Promise<CliResult> {
  return runCli(['fit', '--resume', directory, '--quiet', ...args], project.folder);
}

async function expectRefused(directory: string, sentence: RegExp, ...args: string[]): Promise<void> {
  const before = existsSync(directory) ? readdirSync(directory).sort() : [];
  const { status, stdout, stderr } = await resume(directory, ...args);
  expect(stderr).toMatch(sentence);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect([status, stdout]).toEqual([2, '']);
  if (existsSync(directory)) expect(readdirSync(directory).sort()).toEqual(before);
}

describe('unblind fit --resume', { timeout: 120_000 }, () => {
  it('goes on with a run that was interrupted, and one that was killed, to the bits of an undisturbed one', async () => {
    const whole = join(project.folder, 'whole');
    expect((await fit('small.energy.ts', '--quiet', '--out', whole)).status).toBe(0);
    const params = (directory: string): Buffer => readFileSync(join(directory, 'snapshots', 'step-0000800.npz'));
    for (const signal of ['SIGINT', 'SIGKILL'] as const) {
      const directory = join(project.folder, signal);
      const { status, stderr } = await cut(signal, directory);
      expect(status, stderr).toBe(signal === 'SIGINT' ? 130 : null);
      expect(readRun(directory).live).toBe(false);
      const again = await resume(directory, '--json');
      expect(again.status, again.stderr).toBe(0);
      expect(again.stderr).toMatch(/^unblind: resumed (after step \d+|from its first step)\n$/);
      expect(params(directory).equals(params(whole))).toBe(true);
      const [ours, theirs] = [readRun(directory), readRun(whole)];
      expect(JSON.parse(again.stdout)).toEqual(ours.result);
      expect({ ...ours.result!, seconds: 0, stepsPerSecond: 0, runDir: '' }).toEqual({
        ...theirs.result!,
        seconds: 0,
        stepsPerSecond: 0,
        runDir: '',
      });
      expect(ours.record.id).toBe(signal);
      expect(ours.events.filter(({ type }) => type === 'end')).toMatchObject([{ status: 'done' }]);
    }
    await expectRefused(whole, /^unblind: .*whole is finished: all 800 steps are done, nothing is left to resume\.\n$/);
  });

  it('says in one line why a run cannot go on', async () => {
    const directory = join(project.folder, 'refused');
    expect((await cut('SIGINT', directory)).status).toBe(130);
    const text = readFileSync(energy(), 'utf8');
    const changed: readonly (readonly [string, RegExp])[] = [
      [
        energyFile(fields('tanh', 0.3)),
        /The energy, or the seed or a setting in run\.json, has changed since .*refused began, so it cannot go on; start a new fit\.\n$/,
      ],
      [energyFile(fields('swish', 0.4)), /The data of "one" have changed since /],
      [text.replace('[2, 16, 16, 1]', '[2, 8, 1]'), /The parameters of "one" have changed since .*\(now .*; then .*\)/],
      [text.replace('const one', 'const two'), /small\.energy\.ts/],
    ];
    for (const [content, sentence] of changed) {
      writeFileSync(energy(), content);
      await expectRefused(directory, sentence);
    }
    writeFileSync(energy(), text);
    const record = join(directory, 'run.json');
    const asked = readFileSync(record, 'utf8');
    for (const [now, then] of [
      ['"learningRate": 0.003', /"learningRate": [\d.]+/],
      ['"steps": 900', /"steps": \d+/],
    ] as const) {
      writeFileSync(record, asked.replace(then, now));
      await expectRefused(directory, /The energy, or the seed or a setting in run\.json, has changed since /);
    }
    writeFileSync(record, asked);
    await expectRefused(directory, /leave out an energy file, --seed, --set/, 'small.energy.ts', '--seed', '3', '--set', 'beta=0.5');
    await expectRefused(join(project.folder, 'nowhere'), /nowhere holds no run/);
    await expectRefused(directory, /abacus/, '--executor', 'abacus');
    const checkpoint = join(directory, 'checkpoint.npz');
    const bytes = readFileSync(checkpoint);
    writeFileSync(checkpoint, bytes.subarray(0, 100));
    await expectRefused(directory, /checkpoint\.npz is not a readable \.npz archive/);
    rmSync(checkpoint);
    await expectRefused(directory, /has no checkpoint\.npz to go on from; start the fit anew/);
    writeFileSync(checkpoint, bytes);
    expect((await resume(directory)).status).toBe(0);
  });

  it('refuses a run that still goes on, and leaves it alone', async () => {
    const directory = join(project.folder, 'endless');
    let refused: Promise<void> | undefined;
    const { status } = await runCli(['fit', 'endless.energy.ts', '--executor', 'onnx', '--out', directory], project.folder, (child) => {
      child.stderr!.once('data', () => {
        refused = resume(directory)
          .then(({ status: code, stderr }) => {
            expect(stderr).toMatch(new RegExp(`still going on, in process ${child.pid}; stop it there first`));
            expect(code).toBe(2);
          })
          .finally(() => child.kill('SIGINT'));
      });
    });
    await refused;
    expect(status).toBe(130);
    expect(readRun(directory).result).not.toBeNull();
  });

  it('takes another executor where the run’s own is not there, or another is named, and says that bits may differ', async () => {
    for (const [recorded, args, now] of [
      ['onnx-abacus', [], /it goes on with executor \S+ after onnx-abacus: numbers may differ in their last bits/],
      ['onnx', ['--executor', 'tfjs-cpu'], /it goes on with executor tfjs-cpu after onnx: numbers may differ in their last bits/],
    ] as const) {
      const directory = join(project.folder, `by ${recorded}`);
      await runCli(['fit', 'small.energy.ts', '--steps', '60', '--executor', 'onnx', '--out', directory], project.folder, (child) => {
        child.stderr!.once('data', () => child.kill('SIGKILL'));
      });
      const path = join(directory, 'run.json');
      writeFileSync(path, readFileSync(path, 'utf8').replace('"executor": "onnx"', `"executor": "${recorded}"`));
      const { status, stderr } = await resume(directory, ...args);
      expect(status, stderr).toBe(0);
      expect(stderr).toMatch(now);
    }
  });
});

/** A file system of a megabyte, where this machine lets one be made. */
function smallDisk(): string | undefined {
  const place = join(project.folder, 'disk');
  mkdirSync(place);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', place], { stdio: 'ignore' });
    return place;
  } catch {
    return undefined;
  }
}

describe('a run whose directory fails it', { timeout: 120_000 }, () => {
  it('ends in one line where the directory was deleted', async () => {
    const directory = join(project.folder, 'deleted');
    let log = '';
    const { status } = await runCli(['fit', 'endless.energy.ts', '--executor', 'onnx', '--out', directory], project.folder, (child) => {
      child.stderr!.once('data', () => rmSync(directory, { recursive: true }));
      child.stderr!.on('data', (text: Buffer) => (log += text.toString()));
    });
    expect(log.trimEnd().split('\n').at(-1)).toMatch(
      /^unblind: Cannot write .*deleted.*: the run directory was deleted or moved while the run went on; start a new run\.$/,
    );
    expect(status).toBe(2);
    expect(existsSync(directory)).toBe(false);
  });

  it('ends in one line where the disk is full, can be read, and goes on once there is room', async ({ skip }) => {
    const disk = smallDisk();
    if (disk === undefined) skip('no file system can be mounted here; failingDisk.test.ts simulates one');
    try {
      const directory = join(disk!, 'run');
      const args = ['fit', 'small.energy.ts', '--steps', '100', '--executor', 'onnx', '--quiet', '--out', directory];
      const { status, stdout, stderr } = await runCli(args, project.folder);
      expect(stderr).toMatch(/^unblind: Cannot write .*: the disk is full; make room, then resume or repeat the run\.\n$/);
      expect([status, stdout]).toEqual([2, '']);
      const run = readRun(directory);
      expect(run).toMatchObject({ live: false, result: null, skippedLines: 0 });
      for (const { step } of run.snapshots()) run.readSnapshot(step);
      execFileSync('mount', ['-o', 'remount,size=100m', disk!]);
      expect((await resume(directory)).status).toBe(0);
      expect(readRun(directory).result!.steps).toBe(100);
    } finally {
      execFileSync('umount', [disk!]);
    }
  });
});
