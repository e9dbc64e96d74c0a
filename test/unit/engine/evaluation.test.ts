import { afterAll, describe, expect, it } from 'vitest';
import { distributionOf } from '../../../src/data/distributions';
import { resolveMixing } from '../../../src/data/mixing';
import { ModelEvaluation } from '../../../src/engine/fit/evaluation';
import { createEvaluation } from '../../../src/engine/fit/runEvaluation';
import { builtinMixing } from '../../../src/engine/fit/mixing';
import type { Model } from '../../../src/objectives/trainingStep';
import type { FitProblem } from '../../../src/engine/fit/problem';
import { samplerSource } from '../../../src/engine/fit/source';
import { logVolume, momentsOf, standardizationOf } from '../../../src/engine/fit/standardization';
import { openExecutor } from '../../../src/executors/open';
import type { Node } from '../../../src/graph/graph';
import { add, exp, log, mul, neg, sub } from '../../../src/graph/ops';
import { mixingLogDensity } from '../../../src/objectives/mixingGraph';
import { Random } from '../../../src/shared/random';
import { defaultFitSettings, type ObjectiveName } from '../../../src/shared/settings';

const { executor } = await openExecutor('onnx');
afterAll(() => executor.dispose());

interface Case {
  readonly dim: number;
  readonly scale: number;
  readonly shift: number;
  readonly objective: ObjectiveName;
}

const beta = 0.8;
const offset = 1.5;

/** A model whose energy is exact: minus the log of the (bridged) density, plus a constant that log Z must give back. */
function exactProblem({ dim, scale, shift, objective }: Case): FitProblem {
  const means = [-1, 1].map((m) => Array<number>(dim).fill(scale * m + shift));
  const mixture = { kind: 'gaussianMixture', means, std: [0.5 * scale, 0.5 * scale], weights: [0.3, 0.7] } as const;
  const source = samplerSource(distributionOf(mixture), 'two modes', new Random(3));
  const moments = momentsOf(source.overview(20_000), dim);
  const standardization = standardizationOf(moments);
  const mixing = builtinMixing(resolveMixing({ kind: 'gaussian' }, moments), standardization);
  const vector = (values: Float64Array, x: Node): Node => x.graph.constant([...values], [dim]);
  const logData = (z: Node): Node => {
    const x = add(mul(z, vector(standardization.scale, z)), vector(standardization.mean, z));
    return add(mixingLogDensity(x, { ...mixture, kind: 'mixture' }), logVolume(standardization));
  };
  const bridged = objective === 'mfd';
  const logModel = (z: Node): Node =>
    bridged ? log(add(mul(exp(logData(z)), beta), mul(exp(mixing.logDensity(z)), 1 - beta))) : logData(z);
  return {
    file: '/exact.energy.ts',
    energy: 'exact',
    model: { dim, paramShapes: [[1]], energy: (x, [w]) => add(sub(neg(logModel(x)), offset), mul(w!, 0)) },
    paramNames: ['w'],
    initial: Float32Array.of(0),
    source,
    standardization,
    mixing,
    sigma: [],
    levels: [],
    image: null,
    settings: { ...defaultFitSettings, objective, beta },
    seed: 3,
  };
}

const cases: readonly Case[] = [
  { dim: 1, scale: 1, shift: 0, objective: 'mfd' },
  { dim: 2, scale: 1, shift: 0, objective: 'mfd' },
  { dim: 2, scale: 20, shift: 100, objective: 'mfd' },
  { dim: 2, scale: 1, shift: 0, objective: 'fisher' },
  { dim: 4, scale: 1, shift: 0, objective: 'mfd' },
  { dim: 4, scale: 3, shift: -7, objective: 'fisher' },
];

describe('the evaluation of an exact model', () => {
  for (const item of cases) {
    it(`finds no KL, right weights and the constant: ${JSON.stringify(item)}`, async () => {
      const problem = exactProblem(item);
      const evaluation = await createEvaluation(executor, problem);
      const result = await evaluation.evaluate(problem.initial);
      const grid = item.dim <= 2;
      // Grids are exact up to float32 energies (about 1e-6 relative); draws up to four of their own standard errors.
      const slack = (stdErr: number): number => (grid ? 2e-4 : 4 * stdErr);
      // exp(-E) integrates to exp(offset) in standardised coordinates, so times the volume in the user's.
      expect(Math.abs(result.logZ!.value - offset - logVolume(problem.standardization))).toBeLessThan(slack(result.logZ!.stdErr));
      expect(Math.abs(result.kl!.value)).toBeLessThan(slack(result.kl!.stdErr));
      expect(result.modes.map(({ dataWeight }) => dataWeight)).toEqual([0.3, 0.7]);
      result.modes.forEach(({ weight, dataWeight, weightStdErr }) => {
        // Parts of overlapping components hold a little of each other: at distance four deviations up to .002.
        expect(Math.abs(weight - dataWeight)).toBeLessThan(grid ? 3e-3 : 4 * weightStdErr + 3e-3);
      });
      if (item.objective === 'mfd') expect(result.negativeMass).toBeLessThan(grid ? 1e-4 : 2e-2);
      else expect(result.negativeMass).toBeNull();
      if (grid) expect(result.gridMass).toBeCloseTo(1, 4);
      expect(result.notes).toEqual([]);
      await evaluation.dispose();
    });
  }

  it("gives pictures whose density integrates to one in the user's units, and the score of the data", async () => {
    const problem = exactProblem({ dim: 2, scale: 20, shift: 100, objective: 'mfd' });
    const evaluation = await createEvaluation(executor, problem);
    const { density, extent, score } = await evaluation.snapshot(problem.initial);
    const [x0, x1, y0, y1] = [...extent!.data] as [number, number, number, number];
    const [ny, nx] = density!.shape as [number, number];
    const cell = ((x1 - x0) / nx) * ((y1 - y0) / ny);
    expect([...density!.data].reduce((a, b) => a + b, 0) * cell).toBeCloseTo(1, 2);
    const { truth } = evaluation.dataArrays();
    const top = Math.max(...truth!.data);
    const worst = Math.max(...Array.from(density!.data, (v, i) => Math.abs(v - truth!.data[i]!)));
    expect(worst / top).toBeLessThan(1e-3);
    // The arrow nearest to a mode: the score of one Gaussian, (mean - x) / std^2, in the user's units.
    const [my, mx] = score!.shape as [number, number, number];
    const at = (i: number, n: number, low: number, high: number): number => low + ((i + 0.5) * (high - low)) / n;
    const near = (n: number, low: number, high: number): number => Math.round(((120 - low) / (high - low)) * n - 0.5);
    const [i, j] = [near(mx, x0, x1), near(my, y0, y1)];
    const arrow = score!.data.slice((j * mx + i) * 2, (j * mx + i) * 2 + 2);
    expect(arrow[0]).toBeCloseTo((120 - at(i, mx, x0, x1)) / 100, 2);
    expect(arrow[1]).toBeCloseTo((120 - at(j, my, y0, y1)) / 100, 2);
    await evaluation.dispose();
  });
});

describe('a slice of an exact model', () => {
  for (const item of [
    { dim: 4, scale: 3, shift: -7, objective: 'mfd' },
    { dim: 3, scale: 1, shift: 0, objective: 'fisher' },
  ] as const) {
    it(`has the true density and score on the plane: ${JSON.stringify(item)}`, async () => {
      const problem = exactProblem(item);
      const { dim, scale, shift } = item;
      const evaluation = new ModelEvaluation(executor, problem, problem.model as Model);
      const point = Array.from({ length: dim }, (_, j) => shift + scale * (1 - 0.1 * j));
      const view = { axes: [2, 0], point } as const;
      const slice = (await evaluation.slice(problem.initial, view))!;
      const { stdErr } = (await evaluation.evaluate(problem.initial)).logZ!;
      const { shape, extent, values } = slice.density;
      const top = Math.max(...slice.truth!);
      const worst = Math.max(...values.map((v, i) => Math.abs(v - slice.truth![i]!)));
      // All values share the error of log Z, from a quarter of the draws of the result.
      expect(worst / top).toBeLessThan(4 * 2 * stdErr + 2e-3);
      // The first axis is coordinate 2, the second coordinate 0: at the cell nearest to the mode the density is that of the mode.
      const [ny, nx] = shape as [number, number];
      const near = (n: number, low: number, high: number, at: number): number => Math.round(((at - low) / (high - low)) * n - 0.5);
      const i = near(nx, extent[0]!, extent[1]!, shift + scale);
      const j = near(ny, extent[2]!, extent[3]!, shift + scale);
      const at = [...point];
      at[2] = extent[0]! + ((i + 0.5) / nx) * (extent[1]! - extent[0]!);
      at[0] = extent[2]! + ((j + 0.5) / ny) * (extent[3]! - extent[2]!);
      const exact = Math.exp(problem.source.distribution!.logDensity(Float64Array.from(at))[0]!);
      expect(slice.truth![j * nx + i]! / exact).toBeCloseTo(1, 5);
      // Near a mode of standard deviation scale / 2 the score is (mean - x) / std^2.
      const [my, mx] = slice.score.shape as [number, number, number];
      const k = near(mx, extent[0]!, extent[1]!, shift + scale);
      const l = near(my, extent[2]!, extent[3]!, shift + scale);
      const x = extent[0]! + ((k + 0.5) / mx) * (extent[1]! - extent[0]!);
      const y = extent[2]! + ((l + 0.5) / my) * (extent[3]! - extent[2]!);
      const std = 0.5 * scale;
      const found = [...slice.score.values.subarray(2 * (l * mx + k), 2 * (l * mx + k) + 2)];
      expect(Math.abs(found[0]! * std - (shift + scale - x) / std)).toBeLessThan(0.1);
      expect(Math.abs(found[1]! * std - (shift + scale - y) / std)).toBeLessThan(0.1);
      const frame = await evaluation.frame(problem.initial, view);
      expect(frame.slice?.density.values).toEqual(values);
      expect(await evaluation.slice(problem.initial, { axes: [0, 9], point })).toBeUndefined();
      await evaluation.dispose();
    });
  }
});
