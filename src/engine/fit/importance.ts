import { drawnPoints, type WeightedPoints } from '../../diagnose/points';
import { adaptiveKernels } from '../../diagnose/proposal';
import type { Random } from '../../shared/random';
import type { Mixing } from './mixing';

const drawCount = 60_000;

/**
 * Points for integrals above two dimensions: draws of half a kernel density of the data and half m, with the density of that
 * mixture. Both are known exactly, and neither is the model: the data's own mode weights cannot leak into the model's.
 */
export async function importancePoints(
  data: Float64Array,
  dim: number,
  mixing: Mixing,
  logMixingAt: (rows: Float64Array) => Promise<Float64Array>,
  random: Random,
): Promise<WeightedPoints> {
  const kernels = adaptiveKernels(data, dim);
  const half = drawCount / 2;
  const [fromKernels, fromMixing] = [kernels.draw(half, random), mixing.sample(random, half)];
  const rows = new Float64Array(drawCount * dim);
  // Alternating, so that every group of draws has as many of each.
  for (let i = 0; i < half; i++) {
    rows.set(fromKernels.subarray(i * dim, (i + 1) * dim), 2 * i * dim);
    rows.set(fromMixing.subarray(i * dim, (i + 1) * dim), (2 * i + 1) * dim);
  }
  const logMixing = await logMixingAt(rows);
  const logProposal = kernels.logDensity(rows).map((a, i) => {
    const b = logMixing[i]!;
    return Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b))) - Math.LN2;
  });
  return drawnPoints(rows, dim, logProposal);
}
