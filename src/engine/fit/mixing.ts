import { mixingOf, type ResolvedMixing } from '../../data/mixing';
import type { Node } from '../../graph/graph';
import { add, mul, sub } from '../../graph/ops';
import { mixingLogDensity } from '../../objectives/mixingGraph';
import type { Random } from '../../shared/random';
import { logVolume, type Standardization, standardize } from './standardization';

/** A mixing density m in the coordinates of the fit. */
export interface Mixing {
  readonly description: string;
  /** Rows [n, dim], standardised. */
  readonly sample: (random: Random, n: number) => Float64Array;
  /** log m of standardised rows as a graph, normalised in standardised coordinates. */
  readonly logDensity: (z: Node) => Node;
}

function inUserUnits(z: Node, { mean, scale }: Standardization): Node {
  const { graph } = z;
  const dim = mean.length;
  return add(mul(z, graph.constant(Array.from(scale), [dim])), graph.constant(Array.from(mean), [dim]));
}

/** A built-in mixing density. */
export function builtinMixing(resolved: ResolvedMixing, standardization: Standardization): Mixing {
  const density = mixingOf(resolved);
  const volume = logVolume(standardization);
  return {
    description: density.description,
    sample: (random, n) => standardize(density.sample(random, n), standardization),
    logDensity: (z) => add(mixingLogDensity(inUserUnits(z, standardization), resolved), volume),
  };
}

/** A user's mixing density: `samples` [n, dim] are drawn from again and again, `logDensity` gives [n] for rows in the user's units. */
export function customMixing(samples: Float64Array, dim: number, logDensity: (x: Node) => Node, standardization: Standardization): Mixing {
  const rows = samples.length / dim;
  const standard = standardize(samples, standardization);
  const volume = logVolume(standardization);
  return {
    description: `custom, ${rows} draws`,
    sample(random, n) {
      const out = new Float64Array(n * dim);
      for (let i = 0; i < n; i++) {
        const row = random.integer(rows);
        out.set(standard.subarray(row * dim, (row + 1) * dim), i * dim);
      }
      return out;
    },
    logDensity: (z) => sub(logDensity(inUserUnits(z, standardization)), -volume),
  };
}
