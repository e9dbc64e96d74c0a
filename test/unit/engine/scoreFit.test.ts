import { afterAll, describe, expect, it } from 'vitest';
import { AnnealedSampler } from '../../../src/engine/fit/annealedSampler';
import { noiseLevels } from '../../../src/engine/fit/levels';
import { openExecutor } from '../../../src/executors/open';
import { gradient } from '../../../src/graph/differentiate';
import type { Node } from '../../../src/graph/graph';
import { add, exp, expandDims, log, mul, reciprocal, square, sub, sum } from '../../../src/graph/ops';
import type { ScoreModel } from '../../../src/objectives/trainingStep';
import { Random } from '../../../src/shared/random';

const { executor } = await openExecutor('onnx');
afterAll(() => executor.dispose());

const means = [
  [5, 5],
  [-5, -5],
];
const weights = [0.8, 0.2];

/** The exact score of .8 N((5, 5), I) + .2 N((-5, -5), I) with noise sigma; the parameter is a factor on it. */
const corners: ScoreModel = {
  dim: 2,
  paramShapes: [[1]],
  score(x, sigma, [factor]) {
    const { graph } = x;
    const variance = add(square(sigma), 1);
    const offset = sub(expandDims(x, 1), graph.constant(means.flat(), [2, 2]));
    const exponent = mul(mul(sum(square(offset), 2), -0.5), reciprocal(variance));
    const logDensity: Node = log(sum(exp(add(exponent, graph.constant(weights.map(Math.log), [2]))), 1));
    return mul(gradient(sum(logDensity), [x])[0]!, factor!);
  },
};

describe('annealed Langevin dynamics of a score network', () => {
  it('finds the weights of the toy of Song and Ermon', async () => {
    const sampler = await AnnealedSampler.create(executor, corners, 1280);
    const levels = Array.from({ length: 10 }, (_, i) => Math.exp(Math.log(20) * (1 - i / 9)));
    const share = async (seed: number): Promise<number> => {
      const particles = await sampler.draw(Float32Array.of(1), { levels, stepsPerLevel: 100, stepSize: 0.1 }, new Random(seed));
      let upper = 0;
      for (let i = 0; i < particles.length; i += 2) if (particles[i]! + particles[i + 1]! > 0) upper++;
      return upper / 1280;
    };
    const shares = [await share(1), await share(2), await share(3)];
    // .78 with a standard error of .0115 a run (science of the toy: the anneal is not infinitely slow).
    expect(Math.abs((shares[0]! + shares[1]! + shares[2]!) / 3 - 0.78)).toBeLessThan(0.02);
    expect(await share(1)).toBe(shares[0]);
    await sampler.dispose();
  });
});

describe('noise levels', () => {
  const rows = Float64Array.from([-1, -1, 1, 1, 0.5, -0.5]);
  const scale = new Float64Array(2).fill(2);

  it('are geometric between those that are named, in standardised units', () => {
    const levels = noiseLevels({ largest: 20, smallest: 0.2, levels: 3 }, rows, scale);
    expect(levels.map((v) => Math.round(1e9 * v) / 1e9)).toEqual([10, 1, 0.1]);
  });

  it('reach from the diameter of the data to a hundredth of its deviation where none is named, in small steps', () => {
    const levels = noiseLevels({ largest: null, smallest: null, levels: null }, rows, scale);
    expect(levels[0]).toBeCloseTo(Math.sqrt(8), 12);
    expect(levels.at(-1)).toBeCloseTo(0.01, 12);
    for (let i = 1; i < levels.length; i++) expect(levels[i - 1]! / levels[i]!).toBeLessThanOrEqual(1.6);
  });

  it('lie closer in many dimensions', () => {
    const many = noiseLevels({ largest: 10, smallest: 0.01, levels: null }, new Float64Array(64), new Float64Array(64).fill(1));
    // Technique 2 in 64 dimensions: ratio 1.36.
    expect(many[0]! / many[1]!).toBeGreaterThan(1.3);
    expect(many[0]! / many[1]!).toBeLessThan(1.37);
  });

  it('may be one', () => {
    expect(noiseLevels({ largest: 4, smallest: 4, levels: 1 }, rows, scale)).toEqual([2]);
  });
});
