/**
 * KL spectrum: KL(p || q) = integral over t of FD(p * N(0, tI) || q * N(0, tI)) dt (de Bruijn's identity for a pair). The
 * integrand against the noise sigma = sqrt(t) says at which noise the difference becomes visible to a score.
 */

import type { Estimate } from '../density';

/** FD of the pair convolved with N(0, variance I); undefined where it cannot be told. */
export type NoisedFisher = (variance: number) => Promise<Estimate | undefined>;

export interface KlSpectrum {
  readonly sigma: readonly number[];
  /** FD at each noise; undefined where it is not known. */
  readonly fisher: readonly (Estimate | undefined)[];
  /** Integral over the noise variance; undefined where part of it is not known. */
  readonly integral: number | undefined;
  readonly kl: number;
  /** Share of KL below each sigma; undefined where the integral above is not known. */
  readonly fractionBelow: readonly (number | undefined)[];
  /** The noise below which a tenth of KL lies: from here on the difference shows in the scores. */
  readonly visibleFrom: number | undefined;
}

/** Noise levels as multiples of the data's spread: far below every feature, far above the whole. */
const [lowest, highest] = [0.01, 40];
const levels = 84;
/** Own choice: at the noise where this share of KL is reached the weights are called visible. */
const visibleShare = 0.1;

/** Noise levels for a density of the given standard deviation. */
export function noiseLevels(spread: number, count = levels): number[] {
  return Array.from({ length: count }, (_, i) => spread * lowest * (highest / lowest) ** (i / (count - 1)));
}

/** Value at a share by straight lines in log sigma. */
function sigmaAt(share: number, sigma: readonly number[], fraction: readonly (number | undefined)[]): number | undefined {
  for (let i = 1; i < sigma.length; i++) {
    const [a, b] = [fraction[i - 1], fraction[i]];
    if (b === undefined || b < share) continue;
    if (a === undefined || a > share) return undefined;
    return sigma[i - 1]! * (sigma[i]! / sigma[i - 1]!) ** ((share - a) / (b - a));
  }
  return undefined;
}

/** The share of KL below a noise, by straight lines in log sigma between the levels; undefined outside what is known. */
export function fractionBelow({ sigma, fractionBelow: fraction }: KlSpectrum, at: number): number | undefined {
  const i = sigma.findIndex((s) => s >= at);
  const [a, b] = [fraction[i - 1], fraction[i]];
  if (i < 1 || a === undefined || b === undefined) return undefined;
  return a + ((b - a) * Math.log(at / sigma[i - 1]!)) / Math.log(sigma[i]! / sigma[i - 1]!);
}

/**
 * The spectrum on geometric noise levels, by the trapezium rule in log t. Above the last level FD falls as 1 / t^2 (there the
 * pair is two Gaussians with different means), below the first it is constant. Each level is one call.
 * @param kl KL(p || q), from elsewhere: what the integral is compared with, and what shares are of where low levels are not known
 */
export async function klSpectrum(noisedFisher: NoisedFisher, kl: number, sigma: readonly number[]): Promise<KlSpectrum> {
  const fisher: (Estimate | undefined)[] = [];
  for (const s of sigma) fisher.push(await noisedFisher(s * s));
  const last = sigma.length - 1;
  const height = (i: number): number => (fisher[i]?.value ?? NaN) * sigma[i]! ** 2;
  const above = new Array<number>(sigma.length);
  above[last] = height(last);
  for (let i = last - 1; i >= 0; i--)
    above[i] = above[i + 1]! + ((height(i) + height(i + 1)) / 2) * 2 * Math.log(sigma[i + 1]! / sigma[i]!);
  const integral = above[0]! + height(0);
  const known = Number.isFinite(integral);
  const whole = known ? integral : kl;
  const fraction = above.map((a) => (Number.isFinite(a) ? Math.min(1, Math.max(0, 1 - a / whole)) : undefined));
  return {
    sigma,
    fisher,
    integral: known ? integral : undefined,
    kl,
    fractionBelow: fraction,
    visibleFrom: sigmaAt(visibleShare, sigma, fraction),
  };
}
