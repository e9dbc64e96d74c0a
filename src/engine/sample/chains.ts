import { chainsEss, rHat } from '../../diagnose/metrics/chains';
import type { ChainsRecord } from '../../runs/sampleRecord';
import type { Draws } from '../../samplers/sampler';

/** Autocorrelations cost the square of the draws of a chain: of more, evenly spaced ones are taken. */
const mostDraws = 1000;
const mostCoordinates = 16;
/** Split chains need four values each. */
const fewestDraws = 8;

/** At most `most` of 0 ... count - 1, evenly spaced. */
function evenly(count: number, most: number): number[] {
  const taken = Math.min(count, most);
  return Array.from({ length: taken }, (_, i) => Math.floor((i * count) / taken));
}

/** Agreement of chains in their worst coordinate; null where there are too few draws to say. */
export function chainsRecord({ chains, count, dim, values }: Draws): ChainsRecord | null {
  if (chains < 1 || count < fewestDraws) return null;
  const draws = evenly(count, mostDraws);
  const judged = evenly(dim, mostCoordinates).map((j) => {
    const series = Array.from({ length: chains }, (_, c) => Float64Array.from(draws, (t) => values[(c * count + t) * dim + j] ?? 0));
    return { rHat: rHat(series), ...chainsEss(series) };
  });
  return {
    chains,
    draws: draws.length,
    rHat: Math.max(...judged.map((one) => one.rHat)),
    essBulk: Math.min(...judged.map(({ bulk }) => bulk)),
    essTail: Math.min(...judged.map(({ tail }) => tail)),
  };
}
