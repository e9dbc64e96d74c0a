import { describe, expect, it } from 'vitest';
import { distributionOf } from '../../../src/data/distributions';
import { correctedLogDensity } from '../../../src/diagnose/density';
import { builtinMixing } from '../../../src/engine/fit/mixing';
import type { FitProblem } from '../../../src/engine/fit/problem';
import { samplerSource } from '../../../src/engine/fit/source';
import { modelTarget } from '../../../src/engine/modelTarget';
import { mixingOf } from '../../../src/data/mixing';
import { RowFunction } from '../../../src/executors/rowFunction';
import { mul, square, sum } from '../../../src/graph/ops';
import type { Run } from '../../../src/runs/runReader';
import { Random } from '../../../src/shared/random';
import { defaultFitSettings, type ObjectiveName } from '../../../src/shared/settings';
import { recordOf, resultOf } from '../runs/analyticRuns';
import { executorOf } from '../support/executors';

const standardization = { mean: Float64Array.of(2, -1), scale: Float64Array.of(3, 0.5) };
const resolved = { kind: 'gaussian' as const, mean: [2, -1], std: [4, 1] };
const [beta, logZ, width] = [0.8, 1.3, 0.7];

function problemOf(objective: ObjectiveName): FitProblem {
  const spec = { kind: 'gaussianMixture', means: [[2, -1]], std: [1], weights: [1] } as const;
  return {
    file: '/x.energy.ts',
    energy: 'fourModes',
    // E = w |z|^2, so that everything can be written down.
    model: { dim: 2, paramShapes: [[1]], energy: (z, [w]) => mul(sum(square(z), 1), w!) },
    paramNames: ['w'],
    initial: Float32Array.of(0),
    source: samplerSource(distributionOf(spec), 'one', new Random(1)),
    standardization,
    mixing: builtinMixing(resolved, standardization),
    sigma: [],
    levels: [],
    image: null,
    settings: { ...defaultFitSettings, objective, beta },
    seed: 0,
  };
}

function runOf(objective: ObjectiveName, change: Partial<Run> = {}): Run {
  const record = recordOf(2, {
    objective,
    settings: { ...defaultFitSettings, objective, beta },
    params: [{ name: 'w', shape: [1] }],
    standardization: { mean: [2, -1], scale: [3, 0.5] },
    mixing: { description: mixingOf(resolved).description },
  });
  const params = { shape: [1], data: Float32Array.of(width) };
  const snapshot = {
    step: 9,
    params,
    density: null,
    extent: null,
    score: null,
    scoreError: null,
    samples: null,
    path: null,
    arrays: { params },
  };
  return {
    kind: 'fit',
    live: false,
    directory: '/runs/one',
    record,
    result: resultOf(record, { logZ }),
    events: [],
    skippedLines: 0,
    snapshots: () => [{ step: 9, file: '' }],
    readSnapshot: () => snapshot,
    readData: () => null,
    ...change,
  };
}

/** In the middle, where the correction is clamped, and far out, where m is all there is. */
const rows = Float64Array.of(2, -1, 3, -0.6, 5, 0, 8, -1, 60, 20);

async function logDensities(objective: ObjectiveName): Promise<Float64Array> {
  const { density } = modelTarget(problemOf(objective), runOf(objective));
  const at = await RowFunction.create(await executorOf('onnx'), 2, (x) => [density.logDensity(x)], 8);
  try {
    return (await at.at(rows))[0]!;
  } finally {
    await at.dispose();
  }
}

describe('the density of a run', () => {
  it.each(['mfd', 'fisher'] as const)('is the corrected one in the units of the user: %s', async (objective) => {
    const found = await logDensities(objective);
    const logMixing = mixingOf(resolved).logDensity(rows);
    found.forEach((value, i) => {
      const z = [0, 1].map((j) => (rows[2 * i + j]! - standardization.mean[j]!) / standardization.scale[j]!);
      const energy = width * z.reduce((t, v) => t + v * v, 0);
      const bridge = objective === 'mfd' ? { beta, logMixing: logMixing[i]! } : undefined;
      const wanted = correctedLogDensity(energy, logZ, 0, bridge);
      // float32: six digits of the value.
      expect(Math.abs(value - wanted), `row ${i}`).toBeLessThan(2e-5 * Math.max(1, Math.abs(wanted)));
    });
  });

  it('is refused where the run has not finished, has no normaliser, or is of something else by now', () => {
    const { record, result } = runOf('mfd');
    const from = (change: Partial<Run>) => (): unknown => modelTarget(problemOf('mfd'), runOf('mfd', change));
    expect(from({ result: null })).toThrow(/has not finished/);
    expect(from({ result: { ...result!, logZ: null } })).toThrow(/has no density/);
    expect(from({ record: { ...record, params: [{ name: 'w', shape: [2] }] } })).toThrow(/parameters of fourModes have changed/);
    expect(from({ record: { ...record, standardization: { mean: [2, -1], scale: [3, 0.6] } } })).toThrow(/data of fourModes have changed/);
    expect(from({ record: { ...record, mixing: { description: 'N(0, 1)' } } })).toThrow(/mixing density of fourModes has changed/);
  });
});
