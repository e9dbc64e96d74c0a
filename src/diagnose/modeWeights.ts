import type { Component, Distribution } from '../data/distribution';
import { withError } from './density';
import type { WeightedPoints } from './points';

/** Parts of the space, one a mode, and the data's share of each. Rows are in the user's units. */
export interface ModePartition {
  readonly modes: readonly ModeTruth[];
  /** Index of each row's mode. */
  assign(x: Float64Array): Int32Array;
}

export interface ModeTruth extends Component {
  /** Standard error of the data's weight; 0 where it is known. */
  readonly stdErr: number;
}

/**
 * The modes that a known distribution names. The truth is the mass of the density in each part, so that overlapping
 * components are compared with what can be assigned to them: it is counted on draws of the distribution.
 */
export function knownModes(distribution: Distribution, draws: Float64Array): ModePartition | undefined {
  const { components } = distribution;
  if (components.length === 0) return undefined;
  const counts = new Float64Array(components.length);
  const assigned = distribution.componentOf(draws);
  for (const k of assigned) counts[k]! += 1 / assigned.length;
  return {
    modes: components.map((component, k) => {
      const share = counts[k]!;
      const stdErr = Math.sqrt((share * (1 - share)) / assigned.length);
      // Within three standard errors the parts are the components, whose weights are exact.
      const exact = Math.abs(share - component.weight) <= 3 * Math.max(stdErr, 1 / assigned.length);
      return { ...component, weight: exact ? component.weight : share, stdErr: exact ? 0 : stdErr };
    }),
    assign: (x) => distribution.componentOf(x),
  };
}

export interface ModeWeight {
  readonly weight: number;
  readonly stdErr: number;
}

/** Mass of a density in each part, from its log density at weighted points. */
export function modeWeights(points: WeightedPoints, logDensity: Float64Array, assigned: Int32Array, modes: number): ModeWeight[] {
  return Array.from({ length: modes }, (_, k) => {
    const { value, stdErr } = withError(points, (keep) => {
      let [inside, total] = [0, 0];
      for (let i = 0; i < points.count; i++) {
        if (!keep(i)) continue;
        const mass = points.weights[i]! * Math.exp(logDensity[i]!);
        total += mass;
        if (assigned[i] === k) inside += mass;
      }
      return inside / total;
    });
    return { weight: value, stdErr };
  });
}
