import type { Estimate } from './density';
import type { WeightedPoints } from './points';

/** KL(p || q) by quadrature, and the mass of p on the grid, from log densities at the grid's points. */
export function klOnGrid(points: WeightedPoints, logP: Float64Array, logQ: Float64Array): { kl: Estimate; mass: number } {
  const part = (group: number | undefined): { kl: number; mass: number } => {
    let [kl, mass] = [0, 0];
    for (let i = 0; i < points.count; i++) {
      if (group !== undefined && points.groups[i] !== group) continue;
      const p = points.weights[i]! * Math.exp(logP[i]!);
      if (p === 0) continue;
      mass += p;
      kl += p * (logP[i]! - logQ[i]!);
    }
    return { kl, mass };
  };
  const whole = part(undefined);
  const halves = [part(0), part(1)].map(({ kl }) => 2 * kl) as [number, number];
  return { kl: { value: whole.kl, stdErr: Math.abs(halves[0] - halves[1]) / 2 }, mass: whole.mass };
}

/** KL(p || q) from log densities at draws of p. */
export function klFromDraws(logP: Float64Array, logQ: Float64Array): Estimate {
  const n = logP.length;
  let mean = 0;
  for (let i = 0; i < n; i++) mean += (logP[i]! - logQ[i]!) / n;
  let variance = 0;
  for (let i = 0; i < n; i++) variance += (logP[i]! - logQ[i]! - mean) ** 2 / (n - 1);
  return { value: mean, stdErr: Math.sqrt(variance / n) };
}
