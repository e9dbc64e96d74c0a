import { describe, expect, it } from 'vitest';
import { gaussianMixture } from '../../../src/data/builtin/gaussianMixture';
import { componentsOf } from '../../../src/diagnose/fields/gaussianComponents';
import { gaussianField } from '../../../src/diagnose/fields/gaussianField';
import { type ModeSurvey, surveyModes } from '../../../src/diagnose/modes/surveyModes';
import { fssdTest, temperingOf } from '../../../src/engine/diagnose/misfitTests';
import { Watch } from '../../../src/engine/diagnose/watch';
import { mul } from '../../../src/graph/ops';
import { mixtureTarget } from '../../../src/samplers/mixtureTarget';
import { misfitLevel } from '../../../src/shared/misfit';
import { Random } from '../../../src/shared/random';
import { executorOf } from '../support/executors';

const model = {
  means: [
    [-2, 1],
    [2, -1],
  ],
  std: [0.6],
  weights: [0.3, 0.7],
};
const target = mixtureTarget(model);

function drawn(weights: readonly number[], seed: number, n = 2000): Float64Array {
  return gaussianMixture({ ...model, weights: [...weights] }).sample(new Random(seed), n);
}

async function surveyed(): Promise<ModeSurvey> {
  const field = gaussianField(componentsOf(model.means, model.std, model.weights));
  const survey = await surveyModes(field, { data: drawn(model.weights, 1), random: new Random(1) });
  if (!('cloud' in survey)) throw new Error('the mixture has modes');
  return survey;
}

async function tempered(samples: Float64Array, seed: number) {
  const problem = { target, executor: await executorOf('onnx'), watch: new Watch({}), seed };
  const found = await temperingOf(problem, await surveyed(), samples, new Random(seed));
  if (typeof found === 'string') throw new Error(found);
  return found;
}

describe('FSSD of a diagnosis', () => {
  it('finds shifted samples near where they lie, in the units of the data', async () => {
    const shifted = drawn(model.weights, 2).map((value, i) => 100 + 20 * (i % 2 === 0 ? value + 0.4 : value));
    const wide = mixtureTarget({ means: model.means.map((mean) => mean.map((m) => 100 + 20 * m)), std: [12], weights: model.weights });
    const found = await fssdTest(wide, await executorOf('onnx'), shifted, new Random(1));
    if (typeof found === 'string') throw new Error(found);
    expect(found.pValue).toBeLessThan(misfitLevel);
    expect(found.locations.length).toBeGreaterThan(0);
    // Within two standard deviations of a mode: its centre is where a shift shows most.
    const distances = model.means.map((mean) => Math.hypot(...mean.map((m, k) => found.locations[0]![k]! - (100 + 20 * m))));
    expect(Math.min(...distances)).toBeLessThan(2 * 12);
  });

  it('finds samples that lack a mode near the other one, by the slope between them', async () => {
    const near = { means: [[-1], [1]], std: [0.6], weights: [0.5, 0.5] };
    const left = gaussianMixture({ ...near, weights: [1, 0] }).sample(new Random(3), 2000);
    const found = await fssdTest(mixtureTarget(near), await executorOf('onnx'), left, new Random(1));
    if (typeof found === 'string') throw new Error(found);
    expect(found.pValue).toBeLessThan(misfitLevel);
    // The scores differ towards the missing mode, and not on the far side.
    expect(found.locations[0]![0]).toBeGreaterThan(-1);
  });

  it('does not send anyone to an empty corner: a shifted Gaussian misfits where its samples are', async () => {
    const single = { means: [[0, 0, 0]], std: [1], weights: [1] };
    const samples = gaussianMixture({ ...single, means: [[0.3, 0, 0]] }).sample(new Random(5), 2000);
    const found = await fssdTest(mixtureTarget(single), await executorOf('onnx'), samples, new Random(1));
    if (typeof found === 'string') throw new Error(found);
    // The mean feature is -(.3, 0, 0) times the density of the samples convolved with the kernel: largest at their centre.
    expect(Math.hypot(found.locations[0]![0]! - 0.3, found.locations[0]![1]!, found.locations[0]![2]!)).toBeLessThan(1);
  });

  it('is quiet about exact samples: of 8 at most one below its level', async () => {
    const executor = await executorOf('onnx');
    const found = await Promise.all(
      [1, 2, 3, 4, 5, 6, 7, 8].map((seed) => fssdTest(target, executor, drawn(model.weights, 10 + seed), new Random(seed))),
    );
    // Binomial(8, .01) exceeds 1 with probability .003.
    expect(found.filter((one) => typeof one === 'string' || one.pValue < misfitLevel).length).toBeLessThanOrEqual(1);
  });

  it('says in a sentence why there is none', async () => {
    const executor = await executorOf('onnx');
    expect(await fssdTest(target, executor, drawn(model.weights, 1, 12), new Random(1))).toMatch(
      /^no FSSD test: The sample: 12 points are too few/,
    );
    const many = mixtureTarget({ means: [new Array<number>(300).fill(0)], std: [1], weights: [1] });
    expect(await fssdTest(many, executor, new Float64Array(300 * 20), new Random(1))).toMatch(/at most 200 dimensions, not in 300/);
  });
});

describe('the tempering test of a diagnosis', () => {
  it('moves samples of one mode of two to the other', async () => {
    const found = await tempered(drawn([0, 1], 4), 4);
    expect(found.pValue).toBeLessThan(1e-6);
    expect(found.moved).toBeGreaterThan(0.1);
    expect(found.rows).toBe(500);
    const empty = found.before.indexOf(Math.min(...found.before));
    expect(found.before[empty]).toBe(0);
    expect(found.after[empty]).toBeGreaterThan(0.1);
  });

  it('leaves the shares of exact samples: of 8 at most one below its level, though many change their mode', async () => {
    const found = await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map((seed) => tempered(drawn(model.weights, 20 + seed), seed)));
    // Binomial(8, .01) exceeds 1 with probability .003.
    expect(found.filter(({ pValue }) => pValue < misfitLevel).length).toBeLessThanOrEqual(1);
    expect(Math.min(...found.map(({ moved }) => moved))).toBeGreaterThan(0.1);
  });

  it('says in a sentence where samplers cannot start', async () => {
    const nowhere = { ...target, logDensity: (x: Parameters<typeof target.logDensity>[0]) => mul(target.logDensity(x), NaN) };
    const problem = { target: nowhere, executor: await executorOf('onnx'), watch: new Watch({}), seed: 1 };
    expect(await temperingOf(problem, await surveyed(), drawn(model.weights, 1), new Random(1))).toMatch(/^no tempering test: /);
  });
});
