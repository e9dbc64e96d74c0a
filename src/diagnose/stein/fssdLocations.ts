import type { Executor } from '../../executors/executor';
import { gradient } from '../../graph/differentiate';
import { exp } from '../../graph/ops';
import { createGraph } from '../../graph/table';
import { fssdFeatures, fssdPower } from './fssdFeatures';
import type { ScoredRows } from './steinSums';

/** Where a test looks, and how widely. */
export interface TestLocations {
  /** [J, d] */
  readonly locations: Float32Array;
  readonly bandwidth: number;
}

/** Own choices: steps of Adam, and their size in units of the data's scale. */
const steps = 150;
const stepSize = 0.05;
/** Bandwidths stay within this factor of where they start. */
const mostScaling = 5;

/**
 * Ascends the power of the test in the locations and the bandwidth, from the given ones, by Adam (Kingma and Ba 2015).
 * Locations stay in the box of the training rows, where the test has something to see.
 * @param training rows of about unit scale
 */
export async function optimisedLocations(
  executor: Executor,
  { dim, points, scores }: ScoredRows,
  { locations, bandwidth }: TestLocations,
): Promise<TestLocations> {
  const n = points.length / dim;
  const graph = createGraph();
  const x = graph.input('x', [n, dim]);
  const s = graph.input('s', [n, dim]);
  const v = graph.input('v', [locations.length / dim, dim]);
  const logBandwidth = graph.input('logBandwidth', []);
  const power = fssdPower(fssdFeatures(x, s, v, exp(logBandwidth)));
  const program = await executor.compile({ inputs: [x, s, v, logBandwidth], outputs: gradient(power, [v, logBandwidth]) });
  try {
    const [rows, scoresOfRows] = [Float32Array.from(points), Float32Array.from(scores)];
    const low = new Float64Array(dim).fill(Infinity);
    const high = new Float64Array(dim).fill(-Infinity);
    points.forEach((p, i) => {
      low[i % dim] = Math.min(low[i % dim]!, p);
      high[i % dim] = Math.max(high[i % dim]!, p);
    });
    // The bandwidth's logarithm is the last parameter.
    const last = locations.length;
    const parameters = Float64Array.of(...locations, Math.log(bandwidth));
    const limits = parameters.map((p, i) => (i === last ? p - Math.log(mostScaling) : low[i % dim]!));
    const ceilings = parameters.map((p, i) => (i === last ? p + Math.log(mostScaling) : high[i % dim]!));
    const first = new Float64Array(last + 1);
    const second = new Float64Array(last + 1);
    for (let step = 1; step <= steps; step++) {
      const at = Float32Array.from(parameters);
      const [slopes, slope] = await program.run([rows, scoresOfRows, at.subarray(0, last), at.subarray(last)]);
      for (let i = 0; i <= last; i++) {
        const g = i === last ? slope![0]! : slopes![i]!;
        first[i] = 0.9 * first[i]! + 0.1 * g;
        second[i] = 0.999 * second[i]! + 0.001 * g * g;
        const corrected = first[i]! / (1 - 0.9 ** step) / (Math.sqrt(second[i]! / (1 - 0.999 ** step)) + 1e-8);
        parameters[i] = Math.min(Math.max(parameters[i]! + stepSize * corrected, limits[i]!), ceilings[i]!);
      }
    }
    return { locations: Float32Array.from(parameters.subarray(0, last)), bandwidth: Math.exp(parameters[last]!) };
  } finally {
    await program.dispose();
  }
}
