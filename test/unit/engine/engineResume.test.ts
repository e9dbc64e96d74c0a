import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isToEngine } from '../../../src/engine/validate';
import { readRun } from '../../../src/runs/runReader';
import { energyFile, makeProject } from '../cli/runCli';
import { startEngine } from './engineHarness';

let project: ReturnType<typeof makeProject>;
let file: string;
beforeAll(() => {
  const text = `dim: 2, ...mlp([2, 16, 16, 1], 'swish'), data: data.gaussianMixture(), fit: { steps: 600, batch: 64 }`;
  project = makeProject({ 'small.energy.ts': energyFile(text), 'package.json': '{}' });
  file = join(project.folder, 'small.energy.ts');
});
afterAll(() => {
  project.remove();
});

describe('a run whose engine was killed', { timeout: 120_000 }, () => {
  it('is resumed by message, in its directory, to the result of an undisturbed one', async () => {
    const whole = startEngine();
    whole.fit(file);
    expect((await whole.ended).end).toEqual({ kind: 'done' });
    const killed = startEngine();
    killed.fit(file);
    // After the first frame the start is kept, and steps run.
    await killed.next('frame');
    const [{ info }] = killed.all('started') as [ReturnType<typeof killed.all<'started'>>[0]];
    const early = startEngine();
    early.fit('', { energy: '', resume: info.runDir, executor: 'auto' });
    expect((await early.ended).end).toMatchObject({ kind: 'bad-input', message: expect.stringContaining('still going on') as string });
    killed.engine.kill();
    expect((await killed.ended).end.kind).toBe('killed');

    const resumed = startEngine();
    resumed.fit('', { energy: '', resume: info.runDir, executor: 'auto' });
    const { end, notes } = await resumed.ended;
    expect(end, resumed.engine.log).toEqual({ kind: 'done' });
    expect(notes[0]).toMatch(/^resumed /);
    expect(resumed.all('started')[0]!.info).toMatchObject({
      runDir: info.runDir,
      id: info.id,
      file,
      energy: 'one',
      seed: 1,
      executor: 'onnx',
    });
    const steps = resumed.all('progress').flatMap(({ points }) => [...points.steps]);
    expect(steps.every((step, i) => i === 0 || step > steps[i - 1]!)).toBe(true);
    const result = (directory: string): unknown => ({ ...readRun(directory).result!, runDir: '', seconds: 0, stepsPerSecond: 0 });
    expect(result(info.runDir)).toEqual(result(whole.all('started')[0]!.info.runDir));

    const again = startEngine();
    again.fit('', { energy: '', resume: info.runDir });
    expect((await again.ended).end).toMatchObject({ kind: 'bad-input', message: expect.stringContaining('is finished') as string });
  });

  it('is asked for by a path and nothing else', () => {
    const request = { file: '', energy: '', executor: 'auto', seed: 0, overrides: {}, warmFrom: undefined };
    expect(isToEngine({ type: 'fit', request })).toBe(true);
    expect(isToEngine({ type: 'fit', request: { ...request, resume: '/runs/one' } })).toBe(true);
    expect(isToEngine({ type: 'fit', request: { ...request, resume: 1 } })).toBe(false);
  });
});
