/** A mode's rows as a small mixture of Gaussians: what soft memberships are made of where the parts of a density are not known. */

import type { Random } from '../../shared/random';
import { type GaussianComponents, partsAt } from '../fields/gaussianComponents';

const sizes = [1, 2, 4, 8, 16];
const rounds = 25;
/** A component has at least so many rows, on average. */
const rowsPerComponent = 12;

function single(rows: Float64Array, dim: number, responsibility: Float64Array): { mean: Float64Array; std: Float64Array; weight: number } {
  const mean = new Float64Array(dim);
  const std = new Float64Array(dim);
  const weight = responsibility.reduce((a, b) => a + b, 0);
  rows.forEach((x, i) => (mean[i % dim]! += (responsibility[Math.floor(i / dim)]! * x) / weight));
  rows.forEach((x, i) => (std[i % dim]! += (responsibility[Math.floor(i / dim)]! * (x - mean[i % dim]!) ** 2) / weight));
  return { mean, std: std.map(Math.sqrt), weight };
}

function assembled(fits: readonly ReturnType<typeof single>[], dim: number, floor: Float64Array): GaussianComponents {
  const total = fits.reduce((t, { weight }) => t + weight, 0);
  return {
    dim,
    means: Float64Array.from(fits.flatMap(({ mean }) => Array.from(mean))),
    std: Float64Array.from(fits.flatMap(({ std }) => Array.from(std, (s, c) => Math.max(s, floor[c]!)))),
    logWeights: Float64Array.from(fits, ({ weight }) => Math.log(weight / total)),
    partOf: Int32Array.from(fits, (_, k) => k),
    parts: fits.length,
  };
}

/** Responsibilities of every component for every row, one array a component, and the log likelihood. */
function expectationStep(components: GaussianComponents, rows: Float64Array): { shares: Float64Array[]; likelihood: number } {
  const { log, parts } = partsAt(components, rows);
  const n = log.length / parts;
  const shares = Array.from({ length: parts }, () => new Float64Array(n));
  let likelihood = 0;
  for (let i = 0; i < n; i++) {
    const terms = log.subarray(i * parts, (i + 1) * parts);
    const largest = terms.reduce((a, b) => Math.max(a, b), -Infinity);
    const total = terms.reduce((t, l) => t + Math.exp(l - largest), 0);
    likelihood += largest + Math.log(total);
    terms.forEach((l, k) => (shares[k]![i] = Math.exp(l - largest) / total));
  }
  return { shares, likelihood };
}

/** Centres far from each other: each the row farthest from those before it (Gonzalez 1985), in units of the rows' spread. */
function spreadRows(rows: Float64Array, dim: number, std: Float64Array, count: number, random: Random): number[] {
  const n = rows.length / dim;
  const chosen = [random.integer(n)];
  const nearest = new Float64Array(n).fill(Infinity);
  while (chosen.length < count) {
    const last = chosen[chosen.length - 1]!;
    for (let i = 0; i < n; i++) {
      let squared = 0;
      for (let c = 0; c < dim; c++) squared += ((rows[i * dim + c]! - rows[last * dim + c]!) / (std[c]! || 1)) ** 2;
      nearest[i] = Math.min(nearest[i]!, squared);
    }
    chosen.push(nearest.reduce((best, d, i) => (d > nearest[best]! ? i : best), 0));
  }
  return chosen;
}

/**
 * The mixture of up to sixteen Gaussians with diagonal covariances, of weight one together, that the Bayesian information criterion
 * prefers for rows [n, dim]; fitted by expectation maximisation. One Gaussian describes a Gaussian mode, so that memberships between
 * such modes are the exact ones; a ring gets many.
 */
export function describeMode(rows: Float64Array, dim: number, random: Random): GaussianComponents {
  const n = rows.length / dim;
  const whole = single(rows, dim, new Float64Array(n).fill(1));
  const floor = whole.std.map((s) => 1e-3 * s || 1e-6);
  let best: { components: GaussianComponents; criterion: number } | undefined;
  for (const size of sizes) {
    if (best && size * rowsPerComponent > n) break;
    let components = assembled([whole], dim, floor);
    if (size > 1) {
      const starts = spreadRows(rows, dim, whole.std, size, random);
      const std = whole.std.map((s) => Math.max(s / size ** (1 / dim), 1e-6));
      components = assembled(
        starts.map((i) => ({ mean: rows.slice(i * dim, (i + 1) * dim), std, weight: 1 })),
        dim,
        floor,
      );
      for (let round = 0; round < rounds; round++) {
        const { shares } = expectationStep(components, rows);
        const alive = shares.filter((share) => share.reduce((a, b) => a + b, 0) > dim + 1);
        components = assembled(
          alive.map((share) => single(rows, dim, share)),
          dim,
          floor,
        );
      }
    }
    const { likelihood } = expectationStep(components, rows);
    const criterion = -2 * likelihood + components.parts * (2 * dim + 1) * Math.log(n);
    if (best && criterion >= best.criterion) break;
    best = { components, criterion };
  }
  if (!best) throw new RangeError('a mode has at least one row');
  return best.components;
}

/** The mixtures of several modes as the parts of one, weighted. */
export function asParts(modes: readonly GaussianComponents[], weights: readonly number[]): GaussianComponents {
  return {
    dim: modes[0]?.dim ?? 0,
    means: Float64Array.from(modes.flatMap(({ means }) => Array.from(means))),
    std: Float64Array.from(modes.flatMap(({ std }) => Array.from(std))),
    logWeights: Float64Array.from(modes.flatMap(({ logWeights }, k) => Array.from(logWeights, (l) => l + Math.log(weights[k]!)))),
    partOf: Int32Array.from(modes.flatMap(({ logWeights }, k) => Array.from(logWeights, () => k))),
    parts: modes.length,
  };
}
