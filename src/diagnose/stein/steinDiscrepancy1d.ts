/**
 * The Stein discrepancy of two densities on the line, in closed form. With the Stein operator of p, f -> s_p f + f',
 * S(q || p) = sup over f of E_q[(s_p - s_q) f] (Wenliang, "Blindness of score-based methods to isolated components and mixing
 * proportions", equation 1). Over the unit ball of L2(q) the supremum is sqrt(E_q (s_p - s_q)^2), over that of L2 it is
 * sqrt(integral of (q (s_p - s_q))^2), both by the inequality of Cauchy and Schwarz, which also gives the witnesses.
 */

import type { Target } from '../../data/target';
import { scored } from '../../data/target';
import { evaluate } from '../../graph/reference';
import { createGraph } from '../../graph/table';
import { DiagnoseError } from '../diagnoseError';

/** A supremum and the function that attains it. */
export interface Witnessed {
  readonly value: number;
  /** The witness on the grid, of norm one in its function space; zero where the discrepancy is. */
  readonly witness: Float64Array;
}

export interface SteinDiscrepancy1d {
  /** The grid, [n], and what the curves of a figure need: the normalised density q and both scores on it. */
  readonly x: Float64Array;
  readonly q: Float64Array;
  readonly scoreP: Float64Array;
  readonly scoreQ: Float64Array;
  readonly unitBallOfL2q: Witnessed;
  readonly unitBallOfL2: Witnessed;
}

/** Where to integrate: must hold all of q's mass. */
export interface Interval {
  readonly low: number;
  readonly high: number;
  /** Cells of the midpoint rule, which converges faster than any power for smooth densities that vanish at both ends. */
  readonly cells?: number;
}

const defaultCells = 4000;

/** Log density and score on a grid, in float64: float32 loses the small differences of scores that matter here. */
function curves(target: Target, x: Float64Array): { logDensity: Float64Array; score: Float64Array } {
  if (target.dim !== 1) throw new DiagnoseError('sizes', `The closed form is for one dimension, not ${target.dim}.`);
  const input = createGraph().input('x', [x.length, 1]);
  const nodes = scored(target, input);
  const [logDensity, score] = evaluate([nodes.logDensity, nodes.score], new Map([[input, x]]));
  return { logDensity: logDensity!, score: score! };
}

/**
 * S(q || p) by quadrature. Neither density needs to be normalised. Where q is zero nothing is integrated.
 * @throws DiagnoseError where a target is not one-dimensional, or q has no finite mass on the interval
 */
export function steinDiscrepancy1d(q: Target, p: Target, { low, high, cells = defaultCells }: Interval): SteinDiscrepancy1d {
  const step = (high - low) / cells;
  const x = Float64Array.from({ length: cells }, (_, i) => low + (i + 0.5) * step);
  const { logDensity, score: scoreQ } = curves(q, x);
  const { score: scoreP } = curves(p, x);
  const highest = logDensity.reduce((a, b) => Math.max(a, b), -Infinity);
  const mass = logDensity.reduce((t, v) => t + Math.exp(v - highest) * step, 0);
  if (!(mass > 0 && mass < Infinity)) throw new DiagnoseError('not-finite', `q has no finite mass between ${low} and ${high}.`);
  const density = logDensity.map((v) => Math.exp(v - highest) / mass);
  const gap = density.map((v, i) => (v === 0 ? 0 : scoreP[i]! - scoreQ[i]!));
  const weighted = gap.map((v, i) => v * density[i]!);
  return {
    x,
    q: density,
    scoreP,
    scoreQ,
    unitBallOfL2q: witnessed(gap, (v, i) => v * v * density[i]! * step),
    unitBallOfL2: witnessed(weighted, (v) => v * v * step),
  };
}

function witnessed(direction: Float64Array, squaredNorm: (v: number, i: number) => number): Witnessed {
  const value = Math.sqrt(direction.reduce((t, v, i) => t + squaredNorm(v, i), 0));
  return { value, witness: direction.map((v) => (value > 0 ? v / value : 0)) };
}
