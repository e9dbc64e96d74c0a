import { describe, expect, it } from 'vitest';
import type { AscentMode } from '../../../../src/diagnose/ascentModes';
import { jumped, jumpFrames, laplaceLogMass } from '../../../../src/diagnose/stein/jumps';
import { Random } from '../../../../src/shared/random';

/** Two normal densities of different weights and widths on the line: .3 N(-4, 1) + .7 N(5, 2^2). */
const parts = [
  { weight: 0.3, mean: -4, std: 1 },
  { weight: 0.7, mean: 5, std: 2 },
];
const density = (x: number): number =>
  parts.reduce((t, { weight, mean, std }) => t + (weight / std) * Math.exp(-((x - mean) ** 2) / (2 * std * std)), 0);
const logDensity = (rows: Float64Array): Promise<Float64Array> => Promise.resolve(rows.map((x) => Math.log(density(x))));
const modes: AscentMode[] = parts.map(({ mean, std }) => ({
  center: [mean],
  logDensity: Math.log(density(mean)),
  hessian: Float64Array.of(-1 / (std * std)),
}));

function draws(n: number, seed: number, rightShare = 0.7): Float64Array {
  const random = new Random(seed);
  return Float64Array.from({ length: n }, () => {
    const { mean, std } = parts[random.uniform() < rightShare ? 1 : 0]!;
    return mean + std * random.normal();
  });
}

/** Largest difference of the empirical distribution function from that of the model (Kolmogorov), times sqrt n. */
function kolmogorov(sample: Float64Array): number {
  const cells = 4000;
  const [low, high] = [-12, 18];
  const step = (high - low) / cells;
  const sorted = sample.toSorted();
  let [mass, total] = [0, 0];
  for (let i = 0; i < cells; i++) total += density(low + (i + 0.5) * step);
  let [below, worst] = [0, 0];
  for (let i = 0; i < cells; i++) {
    mass += density(low + (i + 0.5) * step) / total;
    while (below < sorted.length && sorted[below]! <= low + (i + 1) * step) below++;
    worst = Math.max(worst, Math.abs(below / sorted.length - mass));
  }
  return worst * Math.sqrt(sample.length);
}

describe('jumps', () => {
  it.each([0.8, 0.95, 1, 1.1])('leave the model as it is at scale %f, for modes of different weights and widths', async (theta) => {
    const after = await jumped(logDensity, draws(20_000, 1), jumpFrames(modes, 1), theta, 10, new Random(2));
    // Above 1.95 with probability .001.
    expect(kolmogorov(after)).toBeLessThan(1.95);
  });

  it('leave the model as it is where modes and Hessians are wrong', async () => {
    const wrong = [
      { ...modes[0]!, center: [-3], hessian: Float64Array.of(-3) },
      { ...modes[1]!, center: [6.5] },
    ];
    const after = await jumped(logDensity, draws(20_000, 3), jumpFrames(wrong, 1), 1, 10, new Random(4));
    expect(kolmogorov(after)).toBeLessThan(1.95);
  });

  it('bring a sample of one mode to both, in their weights', async () => {
    const left = draws(4000, 5, 0);
    const after = await jumped(logDensity, left, jumpFrames(modes, 1), 1, 40, new Random(6));
    const share = after.reduce((t, x) => t + (x > 0 ? 1 : 0), 0) / 4000;
    // Four standard errors of a binomial share.
    expect(Math.abs(share - 0.7)).toBeLessThan(4 * Math.sqrt(0.21 / 4000));
    expect(left.every((x) => x < 0.5)).toBe(true);
  });

  it('do not move at all between fewer than two modes', async () => {
    const x = draws(10, 1);
    expect(await jumped(logDensity, x, jumpFrames(modes.slice(1), 1), 1, 10, new Random(1))).toEqual(x);
    expect(await jumped(logDensity, x, jumpFrames([], 1), 1, 10, new Random(1))).toEqual(x);
  });

  it('weigh modes by Laplace, leave out those without mass and measure distances in local deviations', () => {
    expect(laplaceLogMass(modes[1]!) - laplaceLogMass(modes[0]!)).toBeCloseTo(Math.log(0.7 / 0.3), 3);
    const speck: AscentMode = { center: [30], logDensity: -40, hessian: Float64Array.of(-1) };
    const { frames, distance, middle } = jumpFrames([...modes, speck], 1);
    expect(frames).toHaveLength(2);
    // Nine apart: nine deviations of the one, 4.5 of the other.
    expect(distance).toBeCloseTo(6.75, 6);
    expect(middle[0]).toBeCloseTo(0.5, 6);
  });
});
