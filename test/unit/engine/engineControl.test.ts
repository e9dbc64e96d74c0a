import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { EnginePool } from '../../../src/engine/client';
import { readRun } from '../../../src/runs/runReader';
import type { ToEngine } from '../../../src/shared/protocol';
import { energyFile, makeProject } from '../cli/runCli';
import { isRunning, Listened, script, startEngine } from './engineHarness';

const definition = `dim: 2, ...mlp([2, 16, 16, 1], 'swish'), data: data.gaussianMixture()`;
let project: ReturnType<typeof makeProject>;
let endless = '';
beforeAll(() => {
  project = makeProject({
    'endless.energy.ts': energyFile(`${definition}, fit: { steps: 50000000, batch: 64 }`),
    'stuck.energy.ts': energyFile(definition, 'for (;;);'),
    'flat.energy.ts': energyFile(`dim: 1, ...mlp([1, 4, 1], 'relu'), data: data.csv('nowhere.csv')`),
    'large.energy.ts': energyFile(`dim: 2, ...mlp([2, 4, 1], 'swish'), data: data.json('large.json')`),
    'large.json': JSON.stringify(Array.from({ length: 300_000 }, (_, i) => [i + 0.5, -i - 0.5])),
    'package.json': '{}',
  });
  endless = join(project.folder, 'endless.energy.ts');
});
afterAll(() => {
  project.remove();
});

async function running(): Promise<ReturnType<typeof startEngine>> {
  const run = startEngine();
  run.fit(endless);
  await run.next('frame');
  return run;
}

const runDirOf = (run: Listened): string => run.all('started')[0]!.info.runDir;
const gone = (pid: number): Promise<void> => vi.waitFor(() => expect(isRunning(pid)).toBe(false), { timeout: 10_000, interval: 20 });

describe('a running fit', () => {
  it('pauses, takes single steps, and goes on', async () => {
    const run = await running();
    run.send({ type: 'step', count: 3 });
    const pausing = run.next('paused');
    run.send({ type: 'pause' });
    const { step } = await pausing;
    expect(run.all('frame').at(-1)!.frame.step).toBe(step);
    expect(run.all('progress').at(-1)!.step).toBe(step);
    const count = run.messages.length;
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(run.messages).toHaveLength(count);
    for (const [taken, expected] of [
      [1, step + 1],
      [7, step + 8],
    ] as const) {
      const again = run.next('paused');
      run.send({ type: 'step', count: taken });
      expect((await again).step).toBe(expected);
      expect(run.all('frame').at(-1)!.frame.step).toBe(expected);
    }
    const resumed = run.next('resumed');
    const further = run.next('progress', (progress) => progress.step > step + 20);
    run.send({ type: 'resume' });
    await Promise.all([resumed, further]);
    const pausedAgain = run.next('paused');
    run.send({ type: 'pause' });
    await pausedAgain;
    const resumedAgain = run.next('resumed');
    run.send({ type: 'step', count: 1_000_000 });
    await run.next('progress');
    run.send({ type: 'resume' });
    await resumedAgain;
    const steps = run.all('progress').flatMap(({ points }) => [...points.steps]);
    expect(steps.every((s, i) => i === 0 || s > steps[i - 1]!)).toBe(true);
  });

  it('stops while it runs and while it is paused, with a complete directory', async () => {
    for (const paused of [false, true]) {
      const run = await running();
      if (paused) {
        run.send({ type: 'pause' });
        await run.next('paused');
      }
      const started = performance.now();
      await run.engine.stop();
      expect(performance.now() - started).toBeLessThan(250);
      const { end } = await run.ended;
      expect(end).toEqual({ kind: 'stopped' });
      const { result, events } = readRun(runDirOf(run));
      expect(events.at(-1)).toMatchObject({ type: 'end', status: 'interrupted' });
      expect(run.all('progress').at(-1)!.step).toBe(result!.steps);
      await gone(run.engine.pid!);
    }
  });

  it('stops while it loads', async () => {
    const run = startEngine();
    run.fit(join(project.folder, 'stuck.energy.ts'));
    await run.next('stage');
    await run.engine.stop();
    expect((await run.ended).end).toEqual({ kind: 'stopped' });
    await gone(run.engine.pid!);
  });

  it('is killed where it does not answer, and its directory can be read', async () => {
    const run = await running();
    process.kill(run.engine.pid!, 'SIGSTOP');
    await run.engine.stop();
    const { end } = await run.ended;
    expect(end).toMatchObject({ kind: 'killed' });
    expect(readRun(runDirOf(run))).toMatchObject({ result: null });
    await gone(run.engine.pid!);
  });

  it('makes frames at most a quarter of the time, at most ten a second', async () => {
    const run = await running();
    const [began, before] = [performance.now(), run.all('frame').length];
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const rate = (1000 * (run.all('frame').length - before)) / (performance.now() - began);
    expect(rate).toBeGreaterThan(0.5);
    expect(rate).toBeLessThan(11);
  });
});

describe('the end of a process', () => {
  it('that was killed is told as such', async () => {
    const run = await running();
    process.kill(run.engine.pid!, 'SIGKILL');
    const { end } = await run.ended;
    expect(end).toMatchObject({ kind: 'killed' });
    expect(run.engine.alive).toBe(false);
  });

  it('that ran out of memory is told as such', async () => {
    const run = startEngine(24);
    run.fit(join(project.folder, 'large.energy.ts'));
    const { end } = await run.ended;
    expect(end).toMatchObject({ kind: 'out-of-memory' });
  });

  it('that cannot start is told as a crash', async () => {
    const { EngineProcess } = await import('../../../src/engine/client');
    const run = new Listened(new EngineProcess({ script: '/nowhere/engine.js' }));
    expect((await run.ended).end).toMatchObject({ kind: 'crashed' });
    expect(await run.engine.ready).toBe(false);
    expect(run.engine.log).toContain('Cannot find module');
  });

  it('comes by itself when the host goes, with a finished directory', async () => {
    const run = await running();
    const runDir = runDirOf(run);
    run.engine.dispose();
    await gone(run.engine.pid!);
    expect(readRun(runDir).events.at(-1)).toMatchObject({ type: 'end', status: 'interrupted' });
  });
});

describe('checks', () => {
  it('answer with lines or with the mistake, before a fit', async () => {
    const run = startEngine();
    const answers = [1, 2, 3].map((id) => run.next('checked', (message) => message.id === id));
    ['endless', 'stuck', 'flat'].forEach((name, i) => {
      run.send({ type: 'check', id: i + 1, file: join(project.folder, `${name}.energy.ts`) });
    });
    const [good, stuck, flat] = await Promise.all(answers);
    expect(good!.energies[0]).toMatchObject({ name: 'one', line: 4 });
    expect(good!.energies[0]!.lines.every(({ status }) => status === 'pass')).toBe(true);
    expect(stuck).toMatchObject({ energies: [], error: { line: 1, column: 1 } });
    expect(flat!.energies[0]!.lines).toMatchObject([{ name: 'data', status: 'fail' }]);
    run.fit(endless);
    await run.next('started');
  });

  it('of an editor that types on are given up, and never answered', async () => {
    const run = startEngine();
    const file = join(project.folder, 'flat.energy.ts');
    const text =
      "import { defineEnergy } from 'unblind';\nexport const typed = defineEnergy({ dim: 1, energy: (x) => x.square().sum(1) });";
    const answered: number[] = [];
    run.engine.onMessage((message) => {
      if (message.type === 'checked') answered.push(message.id);
    });
    run.send({ type: 'check', id: 1, file, text: 'for (;;);' });
    run.send({ type: 'check', id: 2, file, text: 'for (;;);' });
    run.send({ type: 'check', id: 3, file, text });
    run.send({ type: 'cancel-check', id: 1 });
    run.send({ type: 'cancel-check', id: 2 });
    const last = await run.next('checked', ({ id }) => id === 3);
    expect(last.energies).toMatchObject([{ name: 'typed', line: 2 }]);
    expect(answered).toEqual([3]);
  });

  it('and malformed messages leave the engine as it was, with a line in the log', async () => {
    const run = startEngine();
    await run.engine.ready;
    for (const wrong of [7, 'stop', [], {}, { type: 'explode' }, { type: 'fit', request: {} }, { type: 'step', count: -1 }])
      run.engine.send(wrong as unknown as ToEngine);
    run.fit(endless, { energy: 'one' });
    await run.next('frame');
    run.fit(endless);
    run.send({ type: 'check', id: 1, file: endless });
    await vi.waitFor(() => expect(run.engine.log.trim().split('\n').length).toBeGreaterThanOrEqual(8));
    expect(run.engine.log).toContain('a message that is not understood was ignored');
    expect(run.engine.log).toContain('a second fit was ignored');
    expect(run.engine.alive).toBe(true);
  });
});

describe('the pool', () => {
  it('keeps a spare that is warm, hands it out, and ends everything', async () => {
    const pool = new EnginePool({ script, heapMb: 512 }, 0);
    const first = new Listened(pool.acquire());
    await first.engine.ready;
    pool.warm();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const began = performance.now();
    const second = new Listened(pool.acquire());
    expect(await second.engine.ready).toBe(true);
    expect(performance.now() - began).toBeLessThan(20);
    expect(second.engine.pid).not.toBe(first.engine.pid);
    pool.dispose();
    await Promise.all([first, second].map(({ engine }) => gone(engine.pid!)));
    expect(() => pool.acquire()).toThrow('disposed');
  });
});
