import { rowsOf } from './distribution';
import type { Component, Distribution } from './distribution';
import type { Random } from '../shared/random';

/** What a mixture is made of; `offset` is where the row starts in a row-major array. */
export interface MixtureParts {
  readonly dim: number;
  /** At least one; weights sum to one. */
  readonly components: readonly Component[];
  /** Draws one row of a component into `out`. */
  drawOne(component: number, random: Random, out: Float64Array, offset: number): void;
  /** The log density of one row under one component. */
  logOne(component: number, x: Float64Array, offset: number): number;
}

/** The mixture sum_k w_k p_k of its parts: exact sampling by first drawing k, log density by log-sum-exp. */
export function mixtureDistribution(parts: MixtureParts): Distribution {
  const { dim, components } = parts;
  const count = components.length;
  const logWeights = components.map((component) => Math.log(component.weight));
  const terms = new Float64Array(count);

  const fillTerms = (x: Float64Array, offset: number): number => {
    let best = 0;
    for (let k = 0; k < count; k++) {
      terms[k] = (logWeights[k] ?? 0) + parts.logOne(k, x, offset);
      if ((terms[k] ?? 0) > (terms[best] ?? 0)) best = k;
    }
    return best;
  };

  return {
    dim,
    components,
    sample(random, n) {
      const out = new Float64Array(n * dim);
      for (let i = 0; i < n; i++) parts.drawOne(drawIndex(components, random), random, out, i * dim);
      return out;
    },
    logDensity(x) {
      const out = new Float64Array(rowsOf(x, dim));
      for (let i = 0; i < out.length; i++) {
        const largest = terms[fillTerms(x, i * dim)] ?? 0;
        let sum = 0;
        for (let k = 0; k < count; k++) sum += Math.exp((terms[k] ?? 0) - largest);
        out[i] = largest === -Infinity ? -Infinity : largest + Math.log(sum);
      }
      return out;
    },
    componentOf(x) {
      const out = new Int32Array(rowsOf(x, dim));
      for (let i = 0; i < out.length; i++) out[i] = fillTerms(x, i * dim);
      return out;
    },
  };
}

/** An index with probability its component's weight. A rounding error in the weights' sum goes to the last positive weight. */
function drawIndex(components: readonly Component[], random: Random): number {
  let left = random.uniform();
  let chosen = 0;
  for (const [index, { weight }] of components.entries()) {
    if (weight === 0) continue;
    chosen = index;
    left -= weight;
    if (left < 0) break;
  }
  return chosen;
}
