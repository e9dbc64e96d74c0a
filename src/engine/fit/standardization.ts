import type { FittedMoments } from '../../data/mixing';

/** The affine map z = (x - mean) / scale, per coordinate, under which a fit runs. */
export interface Standardization {
  readonly mean: Float64Array;
  readonly scale: Float64Array;
}

/** Mean, standard deviation and range of each coordinate of rows [n, dim]. */
export function momentsOf(x: Float64Array, dim: number): FittedMoments {
  const n = x.length / dim;
  const moments = {
    mean: new Float64Array(dim),
    std: new Float64Array(dim),
    low: new Float64Array(dim).fill(Infinity),
    high: new Float64Array(dim).fill(-Infinity),
  };
  for (let i = 0; i < x.length; i++) {
    const j = i % dim;
    moments.mean[j]! += x[i]! / n;
    moments.low[j] = Math.min(moments.low[j]!, x[i]!);
    moments.high[j] = Math.max(moments.high[j]!, x[i]!);
  }
  for (let i = 0; i < x.length; i++) moments.std[i % dim]! += (x[i]! - moments.mean[i % dim]!) ** 2 / n;
  for (let j = 0; j < dim; j++) moments.std[j] = Math.sqrt(moments.std[j]!);
  return moments;
}

/** Standardisation by the moments; a coordinate that does not vary is shifted only. */
export function standardizationOf(moments: FittedMoments): Standardization {
  return { mean: moments.mean, scale: moments.std.map((s) => (s > 0 ? s : 1)) };
}

export function identity(dim: number): Standardization {
  return { mean: new Float64Array(dim), scale: new Float64Array(dim).fill(1) };
}

export function standardize(x: Float64Array, { mean, scale }: Standardization): Float64Array {
  const dim = mean.length;
  return x.map((v, i) => (v - mean[i % dim]!) / scale[i % dim]!);
}

export function unstandardize(z: Float64Array, { mean, scale }: Standardization): Float64Array {
  const dim = mean.length;
  return z.map((v, i) => v * scale[i % dim]! + mean[i % dim]!);
}

/** log |det dx/dz|: subtract it from a log density of z to get one of x. */
export function logVolume({ scale }: Standardization): number {
  return scale.reduce((total, s) => total + Math.log(s), 0);
}
