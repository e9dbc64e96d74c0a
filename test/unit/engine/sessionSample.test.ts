import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readAnyRun, type SampleRun } from '../../../src/runs/runReader';
import type { ToEngine } from '../../../src/shared/protocol';
import type { SampleRequest } from '../../../src/shared/sampleProtocol';
import { energyFile, makeProject } from '../cli/runCli';
import { FakeSession } from './fakePort';
import { isRunning, startEngine } from './engineHarness';

const mixture = `data: data.gaussianMixture({ means: [[-5], [5]], std: 1, weights: [0.2, 0.8] })`;
const energy = `energy: (x) => tf.neg(tf.logSumExp(tf.sub(tf.log(tf.tensor([0.2, 0.8])), tf.mul(tf.square(tf.sub(x, tf.tensor([[-5, 5]]))), 0.5)), 1))`;
let project: ReturnType<typeof makeProject>;
beforeAll(() => {
  project = makeProject({
    'line.energy.ts': energyFile(`dim: 1, ${energy}, ${mixture}`),
    'wide.energy.ts': energyFile(`dim: 3, energy: (x) => tf.mul(0.5, tf.sum(tf.square(x), 1))`),
    'guided.energy.ts': `${energyFile(`dim: 1, ${energy}, ${mixture}`)}export const rising = defineEnergy({ dim: 1, energy: (x) => tf.mul(tf.squeeze(x, [1]), -0.3) });\n`,
    'wrong.energy.ts': energyFile(`dim: 2,\n  energy: (x) => tf.sum(x)`),
    'package.json': '{}',
  });
});
afterAll(() => {
  project.remove();
});

function asked(name: string, change: Partial<SampleRequest> = {}): ToEngine {
  return {
    type: 'sample',
    request: {
      file: join(project.folder, `${name}.energy.ts`),
      energy: 'one',
      executor: 'onnx',
      seed: 1,
      sampler: 'langevin',
      options: { steps: 200, burnIn: 20, stepSize: 0.2 },
      particles: 200,
      start: undefined,
      run: undefined,
      ...change,
    },
  };
}
const endless = { options: { steps: 50_000_000, stepSize: 0.1 } };

function stored(directory: string): SampleRun {
  const run = readAnyRun(directory);
  if (run.kind !== 'sample') throw new Error('it holds particles');
  return run;
}

async function ended(session: FakeSession): Promise<FakeSession> {
  expect(await session.exited, session.log.join('\n')).toBe(0);
  return session;
}

async function sampled(name: string, change: Partial<SampleRequest> = {}): Promise<FakeSession> {
  const session = new FakeSession();
  session.send(asked(name, change));
  return ended(session);
}

describe('a sampler run by messages', { timeout: 60_000 }, () => {
  it('tells what happens in order, and leaves the directory that the command line would', async () => {
    const session = await sampled('line');
    const types = session.messages.map(({ type }) => type);
    expect(types[0]).toBe('stage');
    expect(types.indexOf('sample-started')).toBeLessThan(types.indexOf('sample-frame'));
    expect(types.slice(-2)).toEqual(['sample-summary', 'ended']);
    const { info } = session.all('sample-started')[0]!;
    expect(info).toMatchObject({ energy: 'one', dim: 1, sampler: 'langevin', seed: 1, particles: 200, steps: 200, executor: 'onnx' });
    // Options that nobody gave are told with their defaults.
    expect(info.options).toMatchObject({ steps: 200, burnIn: 20, stepSize: 0.2 });
    expect(Object.keys(info.options).length).toBeGreaterThan(3);
    expect(info.modes.map(({ weight }) => weight)).toEqual([expect.closeTo(0.2, 6), expect.closeTo(0.8, 6)]);
    const { density, score } = info.picture!;
    expect([density.shape, score.shape]).toEqual([[256], [128, 1]]);
    const steps = session.all('sample-progress').map(({ progress }) => progress.step);
    expect(steps.every((step, i) => i === 0 || step > steps[i - 1]!)).toBe(true);
    expect(steps.at(-1)).toBe(200);
    const frames = session.all('sample-frame').map(({ frame }) => frame);
    expect([frames[0]!.step, frames.at(-1)!.step]).toEqual([0, 200]);
    expect(frames.at(-1)!.particles).toHaveLength(200);
    expect(frames.at(-1)!.modeShares.reduce((a, b) => a + b)).toBeCloseTo(1, 6);
    const run = stored(info.runDir);
    const { summary } = session.all('sample-summary')[0]!;
    expect(summary).toEqual({
      ...{ seconds: run.result!.seconds, figures: run.result!.figures, temperature: run.result!.temperature, logZ: run.result!.logZ },
      ...{ chains: run.result!.chains, modes: run.result!.modes, warnings: run.result!.warnings },
    });
    expect(session.all('ended')[0]).toMatchObject({ end: { kind: 'done' }, notes: run.result!.notes });
    expect(run.events.at(-1)).toMatchObject({ type: 'end', status: 'done' });
    expect(Array.from(run.readData()!.density!.data)).toEqual(Array.from(density.values));
    expect(run.readData()!.extent).toEqual(density.extent);
  });

  it('pauses, takes single steps, goes on, and stops with a complete directory', async () => {
    const session = new FakeSession();
    session.send(asked('line', endless));
    await session.first('sample-frame');
    session.send({ type: 'pause' });
    const { step } = await session.first('paused');
    expect(session.all('sample-frame').at(-1)!.frame.step).toBe(step);
    let from = session.messages.length;
    session.send({ type: 'step', count: 3 });
    expect((await session.first('paused', from)).step).toBe(step + 3);
    from = session.messages.length;
    session.send({ type: 'resume' });
    await session.first('resumed', from);
    await session.first('sample-progress', from, ({ progress }) => progress.step > step + 3);
    session.send(asked('line'));
    session.send({ type: 'survey', id: 1 });
    expect(session.log).toEqual([
      expect.stringContaining('a second sampler run was ignored'),
      expect.stringContaining('a survey was ignored'),
    ]);
    session.send({ type: 'stop' });
    await ended(session);
    expect(session.all('ended')[0]!.end).toEqual({ kind: 'stopped' });
    const run = stored(session.all('sample-started')[0]!.info.runDir);
    expect(run.events.at(-1)).toMatchObject({ type: 'end', status: 'interrupted' });
    expect(run.snapshots().at(-1)!.step).toBe(run.result!.steps);
    expect(session.all('sample-summary')[0]!.summary.modes).toEqual(run.result!.modes);
  });

  it('makes no frame while one is on its way, but those that are promised', async () => {
    const session = new FakeSession();
    session.holding = true;
    session.send(asked('line', endless));
    await session.first('sample-frame');
    await session.first('sample-progress', 0, ({ progress }) => progress.step > 2000);
    expect(session.all('sample-frame')).toHaveLength(1);
    session.send({ type: 'pause' });
    const { step } = await session.first('paused');
    expect(session.all('sample-frame').map(({ frame }) => frame.step)).toEqual([0, step]);
    session.holding = false;
    for (const leave of session.held.splice(0)) leave();
    const from = session.messages.length;
    session.send({ type: 'resume' });
    await session.first('sample-frame', from);
    session.send({ type: 'stop' });
    await ended(session);
  });

  it('has a directory of its own where another one starts in the same second', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date(2026, 10, 22, 14, 15, 3) });
    try {
      const both = await Promise.all([sampled('line'), sampled('line')]);
      expect(both.map((session) => session.all('ended')[0]!.end)).toEqual([{ kind: 'done' }, { kind: 'done' }]);
      const names = both.map((session) => basename(session.all('sample-started')[0]!.info.runDir));
      expect(names.sort()).toEqual(['20261122-141503-one-langevin', '20261122-141503-one-langevin-2']);
    } finally {
      vi.useRealTimers();
    }
  });

  it('ends at once where it is stopped before there is a directory', async () => {
    const session = new FakeSession();
    session.send(asked('line'));
    session.send({ type: 'stop' });
    await ended(session);
    expect(session.all('ended')).toEqual([{ type: 'ended', end: { kind: 'stopped' }, notes: [] }]);
  });

  it.each<[string, string, Partial<SampleRequest>, RegExp]>([
    ['an executor', 'line', { executor: 'abacus' }, /no executor "abacus"/],
    ['a sampler', 'line', { sampler: 'dice' }, /dice/],
    ['an option', 'line', { options: { steps: -3 } }, /steps/],
    ['a start', 'line', { start: 'nowhere' }, /sampler run, not "nowhere"/],
    ['a file of particles', 'line', { start: 'nowhere.csv' }, /nowhere\.csv/],
    ['a run', 'line', { run: '/nowhere' }, /no fit belongs to it/],
    ['an energy', 'wrong', {}, /\[n\]|shape/],
  ])('says what is wrong with %s', async (_, name, change, message) => {
    const { end } = (await sampled(name, change)).all('ended')[0]!;
    expect(end).toMatchObject({ kind: 'bad-input', message: expect.stringMatching(message) as string });
    expect(end.kind === 'bad-input' && end.position !== undefined).toBe(name === 'wrong');
    if ('message' in end) expect(end.message).not.toMatch(/\n|\bat .*\.ts:/);
  });

  it('keeps the last good particles where they diverge', async () => {
    const session = await sampled('wide', { options: { steps: 5000, stepSize: 1e6 } });
    const { end } = session.all('ended')[0]!;
    expect(end.kind).toBe('diverged');
    expect(stored(session.all('sample-started')[0]!.info.runDir).events.at(-1)).toMatchObject({ type: 'end', status: 'failed' });
  });

  it('starts from the particles of another run, whatever its sampler', async () => {
    const first = (await sampled('line')).all('sample-started')[0]!.info.runDir;
    const next = await sampled('line', { sampler: 'svgd', options: { steps: 5 }, particles: undefined, start: first });
    const { info } = next.all('sample-started')[0]!;
    expect(info).toMatchObject({
      particles: 200,
      start: expect.stringMatching(/^the 200 particles of the langevin run .*, step 200$/) as string,
    });
    expect(stored(info.runDir).record.start).toMatchObject({ kind: 'run', path: first });
    expect(next.all('sample-frame')[0]!.frame.particles).toEqual(Float32Array.from(stored(first).readSnapshot(200).samples.data));
    const more = await sampled('line', { options: { steps: 2 }, particles: 250, start: first });
    expect(more.all('sample-started')[0]!.info.start).toMatch(/over and over$/);
    const { end } = (await sampled('wide', { start: first })).all('ended')[0]!;
    expect(end).toMatchObject({ kind: 'bad-input', message: expect.stringContaining('1 coordinates, the energy has 3') as string });
  });

  it('is done again, guide and file of the start included, by what its record says', async () => {
    writeFileSync(join(project.folder, 'start.csv'), `x\n${Array.from({ length: 20 }, (_, i) => `${i - 10}\n`).join('')}`);
    const start = join(project.folder, 'start.csv');
    const asWanted = { start, particles: undefined, guide: { energy: 'rising', weight: 0.5 } };
    const once = stored((await sampled('guided', asWanted)).all('sample-started')[0]!.info.runDir);
    const { record } = once;
    expect(record.start).toMatchObject({ kind: 'file', path: start });
    expect(record.target).toMatchObject({ kind: 'energy', guide: asWanted.guide });
    const { sampler, options, particles, seed, executor, target } = record;
    const again = { sampler, options, particles, seed, executor, start: record.start.path, guide: target.guide! };
    const twice = stored((await sampled('guided', again)).all('sample-started')[0]!.info.runDir);
    expect(twice.readSnapshot(200).samples.data).toEqual(once.readSnapshot(200).samples.data);
    const { guide: _, ...alone } = again;
    const unguided = stored((await sampled('guided', alone)).all('sample-started')[0]!.info.runDir);
    expect(unguided.readSnapshot(200).samples.data).not.toEqual(once.readSnapshot(200).samples.data);
    const { end } = (await sampled('guided', { guide: { energy: 'nothing', weight: 1 } })).all('ended')[0]!;
    expect(end).toMatchObject({ kind: 'bad-input', message: expect.stringContaining('"nothing"') as string });
  });

  it('has no picture above two dimensions, and finds its modes at the end', async () => {
    const session = await sampled('wide', { options: { steps: 20, burnIn: 0 } });
    expect(session.all('sample-started')[0]!.info).toMatchObject({ picture: undefined, modes: [], dim: 3 });
    expect(session.all('sample-summary')[0]!.summary.modes.length).toBeGreaterThan(0);
  });
});

describe('a sampler run in a process of its own', { timeout: 60_000 }, () => {
  it('goes over the wire, and ends the process', async () => {
    const run = startEngine();
    run.send(asked('line'));
    const { end } = await run.ended;
    expect(end, run.engine.log).toEqual({ kind: 'done' });
    expect(run.all('sample-started')[0]!.info.picture!.density.values).toBeInstanceOf(Float32Array);
    expect(run.all('sample-frame').at(-1)!.frame.particles).toBeInstanceOf(Float32Array);
    expect(run.all('sample-summary')).toHaveLength(1);
  });

  it('finishes its directory where the host goes away', async () => {
    const run = startEngine();
    run.send(asked('line', endless));
    await run.next('sample-frame');
    const { runDir } = run.all('sample-started')[0]!.info;
    run.engine.dispose();
    await vi.waitFor(() => expect(isRunning(run.engine.pid!)).toBe(false), { timeout: 10_000, interval: 20 });
    expect(stored(runDir).events.at(-1)).toMatchObject({ type: 'end', status: 'interrupted' });
  });
});
