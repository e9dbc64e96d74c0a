import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { compareRuns } from '../../../src/engine/compare/compareRuns';
import { readRun } from '../../../src/runs/runReader';
import { fiveDim, fourModesRun, modesOf, recordOf, resultOf, temporaryFolder, writeAnalyticRun } from '../runs/analyticRuns';

const folder = temporaryFolder();
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('runs side by side', () => {
  it('sets each distance beside its floor: a right model is at it, a wrong one far above', async () => {
    const runs = (['mfd', 'fisher'] as const).map((name) => readRun(fourModesRun(join(folder, name), name, { steps: 40 })));
    const { runs: found, notes } = await compareRuns(runs, { points: 400, seed: 1 });
    const [right, wrong] = [found[0]!, found[1]!];
    // The energy file of an analytic run does not exist: floors are of parts of the data.
    expect(right.floorFrom).toBe('parts of the data');
    expect(right.floor).toBe(wrong.floor);
    for (const name of ['w2', 'mmd', 'energyDistance', 'totalVariation'] as const) {
      expect(right[name], name).toBeLessThan(2.5 * right.floor[name]!.high);
      expect(wrong[name], name).toBeGreaterThan(right[name]!);
    }
    expect(wrong.w2).toBeGreaterThan(wrong.floor.w2!.high);
    expect(wrong.mmd).toBeGreaterThan(wrong.floor.mmd!.high);
    expect(wrong.weightError!.value).toBeCloseTo(0.21, 6);
    expect(wrong.weightError!.low).toBeLessThan(0.21);
    expect(right).toMatchObject({ objective: 'mfd', kl: 0.0081, seconds: 38.2, points: 400 });
    expect(notes).toEqual([]);
  });

  it('compares samples above two dimensions, and says where energies and data differ', async () => {
    const record = recordOf(5, { energy: 'five' });
    const model = { ...fiveDim, weights: [0.1, 0.1, 0.8] };
    const result = resultOf(record, { steps: 40, modes: modesOf(model, fiveDim) });
    const five = writeAnalyticRun(join(folder, 'five'), { data: fiveDim, model, extent: [], record, result });
    const runs = [readRun(five), readRun(fourModesRun(join(folder, 'again'), 'mfd', { steps: 40 }))];
    const { runs: found, notes } = await compareRuns(runs, { points: 300, seed: 1 });
    expect(found[0]!.totalVariation).toBeNull();
    expect(found[0]!.w2).toBeGreaterThan(found[0]!.floor.w2!.high);
    expect(notes).toHaveLength(2);
    expect(notes.join()).toMatch(/different energies.*different data/s);
  });
});
