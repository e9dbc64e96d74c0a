import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRun } from '../../../src/runs/runReader';
import type { Frame, RunEnd } from '../../../src/shared/protocol';
import { energyFile, makeProject, runCli } from '../cli/runCli';
import { type Listened, startEngine } from './engineHarness';

const fields = `dim: 2, ...mlp([2, 16, 16, 1], 'swish'), data: data.gaussianMixture()`;
let project: ReturnType<typeof makeProject>;
beforeAll(() => {
  project = makeProject({
    'small.energy.ts': energyFile(`${fields}, fit: { steps: 300, batch: 64 }`),
    'wider.energy.ts': energyFile(
      `dim: 2, ...mlp([2, 16, 16, 16, 1], 'swish'), data: data.gaussianMixture(), fit: { steps: 20, batch: 64 }`,
    ),
    'space.energy.ts': energyFile(
      `dim: 3, ...mlp([3, 8, 1], 'swish'), data: data.gaussianMixture({ means: [[0, 0, 0], [3, 3, 3]], std: 0.5 }), fit: { steps: 60, batch: 64 }`,
    ),
    'line.energy.ts': energyFile(
      `dim: 1, ...mlp([1, 8, 1], 'swish'), data: data.gaussianMixture({ means: [[-5], [5]], std: 1 }), fit: { steps: 60, batch: 64, objective: 'fisher' }`,
    ),
    'diverging.energy.ts': energyFile(`${fields}, fit: { steps: 400, batch: 64, learningRate: 1e30, clip: 0, schedule: 'constant' }`),
    'wrong.energy.ts': energyFile(`dim: 2,\n  energy: (x) => tf.sum(x), data: data.gaussianMixture()`),
    'noData.energy.ts': energyFile(`dim: 2, ...mlp([2, 8, 1], 'swish'), data: data.csv('nowhere.csv')`),
    'package.json': '{}',
  });
});
afterAll(() => {
  project.remove();
});
const path = (name: string): string => join(project.folder, `${name}.energy.ts`);

async function fitted(name: string, request: Parameters<Listened['fit']>[1] = {}): Promise<Listened> {
  const run = startEngine();
  run.fit(path(name), request);
  const { end } = await run.ended;
  expect(end, run.engine.log).toEqual({ kind: 'done' });
  return run;
}

function runDirOf(run: Listened): string {
  return run.all('started')[0]!.info.runDir;
}

function lastParams(runDir: string): number[] {
  const run = readRun(runDir);
  return Array.from(run.readSnapshot(run.snapshots().at(-1)!.step).params.data);
}

/** Mass of a frame's density on its grid. */
function massOf({ density }: Frame): number {
  const { shape, extent, values } = density!;
  const cells = [...shape].reverse();
  const cell = cells.reduce((area, n, j) => (area * (extent[2 * j + 1]! - extent[2 * j]!)) / n, 1);
  return values.reduce((sum, v) => sum + v, 0) * cell;
}

describe('a fit over messages', () => {
  it('tells what happens in order, with pictures that are densities', async () => {
    const run = await fitted('small');
    const [{ info }] = run.all('started') as [ReturnType<typeof run.all<'started'>>[0]];
    expect(info).toMatchObject({ energy: 'one', dim: 2, objective: 'mfd', executor: 'onnx', seed: 1, file: path('small') });
    expect(info.sample).toHaveLength(2 * 2000);
    expect(info.truth).toHaveLength(128 * 128);
    expect(info.mixingDescription).toBeTypeOf('string');
    const order = run.messages.map(({ type }) => type).filter((type, i, types) => type !== types[i - 1]);
    expect(order.slice(0, 3)).toEqual(['ready', 'stage', 'started']);
    expect(order.at(-1)).toBe('ended');

    const points = run.all('progress');
    const steps = points.flatMap((message) => [...message.points.steps]);
    const events = readRun(info.runDir).events.flatMap((event) => (event.type === 'progress' ? [event] : []));
    // Live points are means over the steps of a call, the log's over blocks of fixed length: they add up to the same.
    const total = (at: readonly number[], losses: readonly number[]): number =>
      losses.reduce((sum, loss, i) => sum + loss * (at[i]! - (at[i - 1] ?? 0)), 0);
    const logged = total(
      events.map(({ step }) => step),
      events.map(({ loss }) => loss),
    );
    expect(
      total(
        steps,
        points.flatMap((message) => [...message.points.losses]),
      ) / logged,
    ).toBeCloseTo(1, 5);
    expect(steps[0]).toBe(1);
    expect(steps.at(-1)).toBe(300);
    expect(steps.every((step, i) => i === 0 || step > steps[i - 1]!)).toBe(true);
    expect(points.every(({ step, points: batch }) => batch.steps.at(-1) === step)).toBe(true);

    const frames = run.all('frame').map(({ frame }) => frame);
    expect(frames.length).toBeGreaterThanOrEqual(2);
    expect(frames[0]!.step).toBe(0);
    expect(frames.at(-1)!.step).toBe(300);
    for (const frame of frames) {
      expect(frame.modes).toHaveLength(4);
      expect(frame.modes.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 4);
      expect(frame.particles).toHaveLength(4000);
      expect(frame.particles.every(Number.isFinite)).toBe(true);
      expect(frame.density!.shape).toEqual([128, 128]);
      expect(frame.score!.values.every(Number.isFinite)).toBe(true);
      expect(frame.kl).toBeGreaterThan(0);
    }
    // A model after three hundred steps lies almost whole on the picture's grid; it is normalised on a larger one.
    expect(massOf(frames.at(-1)!)).toBeCloseTo(1, 1);
    const { result } = readRun(info.runDir);
    expect(frames.at(-1)).toMatchObject({ kl: result!.kl, logZ: result!.logZ, negativeMass: result!.negativeMass });
  });

  it('draws a line and a space too', async () => {
    const [line, space] = [await fitted('line'), await fitted('space')];
    const [onLine, inSpace] = [line, space].map((run) => run.all('frame').at(-1)!.frame) as [Frame, Frame];
    expect(onLine.density!.shape).toEqual([512]);
    expect(onLine.score!.shape).toEqual([64, 1]);
    expect(onLine.particles).toHaveLength(2000);
    expect(onLine.negativeMass).toBeNull();
    expect(line.all('started')[0]!.info.mixingDescription).toBeUndefined();
    expect(inSpace.density).toBeUndefined();
    expect(inSpace.score).toBeUndefined();
    expect(inSpace.particles).toHaveLength(6000);
    expect(inSpace.particles.every(Number.isFinite)).toBe(true);
    expect(inSpace.modes.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 4);
  });

  it('gives what the command line gives, to the bit: frames change nothing', async () => {
    const run = await fitted('small', { seed: 5 });
    const out = join(project.folder, 'by command line');
    const { status, stderr } = await runCli(
      ['fit', path('small'), '--seed', '5', '--executor', 'onnx', '--quiet', '--out', out],
      project.folder,
    );
    expect(status, stderr).toBe(0);
    expect(lastParams(runDirOf(run))).toEqual(lastParams(out));
    const [ours, theirs] = [readRun(runDirOf(run)).result!, readRun(out).result!];
    expect(ours.kl).toBe(theirs.kl);
    expect(ours.modes).toEqual(theirs.modes);
  });

  it('starts from an earlier run where names and shapes agree', async () => {
    const first = await fitted('small', { overrides: { steps: 40 } });
    const warmFrom = runDirOf(first);
    const again = await fitted('small', { warmFrom, overrides: { steps: 3 } });
    const start = Array.from(readRun(runDirOf(again)).readSnapshot(0).params.data);
    expect(start).toEqual(lastParams(warmFrom));
    const { notes } = await again.ended;
    expect(notes[0]).toMatch(/^warm start from step 40 of .*: /);
    const wider = await fitted('wider', { warmFrom, overrides: { steps: 3 } });
    expect((await wider.ended).notes[0]).toMatch(/; afresh: /);
    const { record, ...other } = readRun(runDirOf(wider));
    const firstLayer = record.params[0]!.shape.reduce((a, b) => a * b, 1);
    expect(Array.from(other.readSnapshot(0).params.data).slice(0, firstLayer)).toEqual(start.slice(0, firstLayer));
    expect(other.events.some((event) => event.type === 'note' && event.text.startsWith('warm start'))).toBe(true);
  });
});

describe('a fit that cannot be', () => {
  async function endOf(name: string, request: Parameters<Listened['fit']>[1] = {}): Promise<RunEnd> {
    const run = startEngine();
    run.fit(path(name), request);
    return (await run.ended).end;
  }

  it('says what is wrong and where', async () => {
    const here = (name: string, line: number): object => ({ kind: 'bad-input', position: { file: path(name), line } });
    expect(await endOf('wrong')).toMatchObject(here('wrong', 5));
    expect(await endOf('noData')).toMatchObject(here('noData', 4));
    expect(await endOf('small', { energy: 'two' })).toMatchObject({ kind: 'bad-input' });
    expect(await endOf('small', { overrides: { beta: 2 } })).toMatchObject({ kind: 'bad-input', position: undefined });
    expect(await endOf('small', { executor: 'abacus' })).toMatchObject({ kind: 'bad-input', position: undefined });
    expect(await endOf('small', { warmFrom: project.folder })).toMatchObject({ kind: 'bad-input', position: undefined });
  });

  it('says where it diverged, and keeps the last good parameters', async () => {
    const run = startEngine();
    run.fit(path('diverging'));
    const { end } = await run.ended;
    expect(end).toMatchObject({ kind: 'diverged' });
    expect(end.kind === 'diverged' && end.step).toBeGreaterThan(0);
    expect(lastParams(runDirOf(run)).every(Number.isFinite)).toBe(true);
    expect(readRun(runDirOf(run)).events.at(-1)).toMatchObject({ type: 'end', status: 'failed' });
  });
});
