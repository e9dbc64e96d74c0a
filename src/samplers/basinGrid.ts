/** Figure 2 of "Blindness of score-based methods" (Wenliang 2020): SVGD leaves particles in the basins they start in. */

import type { Executor } from '../executors/executor';
import { normalCdf, normalQuantile } from '../shared/normalDistribution';
import { Random } from '../shared/random';
import { mixtureTarget } from './mixtureTarget';
import { svgd } from './svgd';

export interface BasinGridSettings {
  /** Weights pi_1 of the left mode. */
  readonly weights: readonly number[];
  /** Means mu_0 and standard deviations sigma_0 of the start. */
  readonly startMeans: readonly number[];
  readonly startDeviations: readonly number[];
  /** The modes are N(-halfDistance, 1) and N(halfDistance, 1). */
  readonly halfDistance: number;
  readonly particles: number;
  readonly steps: number;
  readonly stepSize: number;
  readonly bandwidth: number;
  readonly seed: number;
  /** Edges of the histogram's equal bins, which also hold what lies beyond. */
  readonly range: readonly [number, number];
  readonly bins: number;
}

/** The paper's grid, with 200 particles, unit bandwidth and 1500 AdaGrad steps of .05. */
export const defaultBasinGrid: BasinGridSettings = {
  weights: [0.5, 0.1],
  startMeans: [-10, -5, 0, 5, 10],
  startDeviations: [1, 5, 10],
  halfDistance: 5,
  particles: 200,
  steps: 1500,
  stepSize: 0.05,
  bandwidth: 1,
  seed: 0,
  range: [-20, 20],
  bins: 80,
};

export interface BasinCell {
  readonly weight: number;
  readonly startMean: number;
  readonly startDeviation: number;
  /** Middle of each bin. */
  readonly bins: readonly number[];
  /** Densities in the bins: of the target at their middle, of the particles at the start and at the end. */
  readonly target: readonly number[];
  readonly start: readonly number[];
  readonly end: readonly number[];
  /** Share of the particles left of 0 at the end, and at the start. */
  readonly left: number;
  readonly startLeft: number;
  /** Phi(-mu_0 / sigma_0): what the basins alone predict, whatever pi_1 is. */
  readonly predicted: number;
}

/** All cells, weights outermost, then deviations, then means. */
export async function basinGrid(executor: Executor, settings: BasinGridSettings = defaultBasinGrid): Promise<BasinCell[]> {
  const cells: BasinCell[] = [];
  for (const weight of settings.weights) {
    for (const startDeviation of settings.startDeviations) {
      for (const startMean of settings.startMeans) cells.push(await basinCell(executor, settings, weight, startMean, startDeviation));
    }
  }
  return cells;
}

/** Draws of the start, one in each of n equally probable intervals: the share left of 0 then hardly varies by chance. */
function stratifiedStart({ particles, seed }: BasinGridSettings, mean: number, deviation: number): Float64Array {
  const random = new Random(seed).split('basins');
  return Float64Array.from(
    { length: particles },
    (_, i) => mean + deviation * normalQuantile((i + 0.5 + 0.98 * (random.uniform() - 0.5)) / particles),
  );
}

async function basinCell(
  executor: Executor,
  settings: BasinGridSettings,
  weight: number,
  startMean: number,
  startDeviation: number,
): Promise<BasinCell> {
  const { halfDistance, steps, stepSize, bandwidth, seed, range, bins } = settings;
  const start = stratifiedStart(settings, startMean, startDeviation);
  const target = mixtureTarget({ means: [[-halfDistance], [halfDistance]], std: [1], weights: [weight, 1 - weight] });
  const run = await svgd.start({ target, executor, start, seed }, { steps, stepSize, bandwidth, kernel: 'fixed', optimizer: 'adagrad' });
  try {
    await run.advance(steps);
    const end = run.particles();
    const width = (range[1] - range[0]) / bins;
    const middles = Array.from({ length: bins }, (_, i) => range[0] + (i + 0.5) * width);
    const normal = (x: number): number => Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
    return {
      weight,
      startMean,
      startDeviation,
      bins: middles,
      target: middles.map((x) => weight * normal(x + halfDistance) + (1 - weight) * normal(x - halfDistance)),
      start: histogram(start, range, bins),
      end: histogram(end, range, bins),
      left: shareLeft(end),
      startLeft: shareLeft(start),
      predicted: normalCdf(-startMean / startDeviation),
    };
  } finally {
    await run.dispose();
  }
}

function shareLeft(particles: Float32Array | Float64Array): number {
  return Array.from(particles).filter((x) => x < 0).length / particles.length;
}

/** Density in equal bins; what lies beyond the range counts in the outermost. */
function histogram(particles: Float32Array | Float64Array, [low, high]: readonly [number, number], bins: number): number[] {
  const out = new Array<number>(bins).fill(0);
  const width = (high - low) / bins;
  for (const x of particles) {
    const bin = Math.min(bins - 1, Math.max(0, Math.floor((x - low) / width)));
    out[bin] = (out[bin] ?? 0) + 1 / (particles.length * width);
  }
  return out;
}
