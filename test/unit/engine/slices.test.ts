import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRun } from '../../../src/runs/runReader';
import { energyFile, makeProject } from '../cli/runCli';
import { startEngine } from './engineHarness';

const means = '[[-1, -1, 0], [1, 1, 0]]';
const definition = `dim: 3, ...mlp([3, 8, 1], 'swish'), data: data.gaussianMixture({ means: ${means}, std: 0.5 })`;
let project: ReturnType<typeof makeProject>;
let file = '';
beforeAll(() => {
  project = makeProject({
    'space.energy.ts': energyFile(`${definition}, fit: { steps: 50000000, batch: 64 }`),
    'package.json': '{}',
  });
  file = join(project.folder, 'space.energy.ts');
});
afterAll(() => project.remove());

const view = { axes: [0, 1], point: [0, 0, 0.25] } as const;

describe('slices', () => {
  it('come with the frames of a paused run at once, and from the snapshots of a stored one', async () => {
    const run = startEngine();
    run.fit(file, { overrides: { mixing: 'uniformBox', mixingWidth: 1.5 } });
    await run.next('frame');
    const pausing = run.next('paused');
    run.send({ type: 'pause' });
    const { step } = await pausing;
    const showing = run.next('frame');
    run.send({ type: 'view', view });
    const { frame } = await showing;
    expect(frame.step).toBe(step);
    expect(frame.slice).toMatchObject({ view, density: { shape: [128, 128] }, score: { shape: [20, 20, 2] } });
    expect(frame.slice!.truth).toHaveLength(128 * 128);
    run.send({ type: 'stop' });
    await run.ended;
    const { runDir } = run.all('started')[0]!.info;
    const { record } = readRun(runDir);
    expect(record.settings).toMatchObject({ mixing: 'uniformBox', mixingWidth: 1.5 });
    expect(record.mixing?.description).toMatch(/^uniform on the box/);

    const engine = startEngine();
    const first = engine.next('sliced');
    engine.send({ type: 'slice', id: 1, request: { runDir, step, view } });
    const stored = await first;
    expect(stored).toMatchObject({ id: 1, problem: undefined, note: undefined });
    // The same parameters, data and draws give the same numbers.
    expect(stored.slice!.density.values).toEqual(frame.slice!.density.values);

    const missing = engine.next('sliced');
    engine.send({ type: 'slice', id: 2, request: { runDir, step: 123_456_789, view } });
    expect((await missing).problem).toMatch(/no snapshot of step 123456789/);

    writeFileSync(file, energyFile(definition.replace('[3, 8, 1]', '[3, 9, 1]')));
    const changed = engine.next('sliced');
    engine.send({ type: 'slice', id: 3, request: { runDir, step, view } });
    expect((await changed).problem).toMatch(/other parameters than this run/);
    // Two engines start, and each makes its draws of three dimensions.
  }, 120_000);
});
