import type { Distribution } from '../../data/distribution';
import type { GaussianComponents } from '../../diagnose/fields/gaussianComponents';
import type { Random } from '../../shared/random';

/** Where minibatches come from, in the user's units. */
export interface DataSource {
  readonly dim: number;
  readonly description: string;
  /** Rows of a finite data set; null for a sampler that never ends. */
  readonly rows: number | null;
  /** The exact density, where it is known. */
  readonly distribution: Distribution | null;
  /** The same as Gaussian components, where it consists of them. */
  readonly mixture?: GaussianComponents | undefined;
  /** Rows [n, dim] for moments, modes and pictures: all of a small data set, a fixed share of a large one. */
  overview(n: number): Float64Array;
  /** An endless stream of rows that depends on the generator alone. */
  stream(random: Random): (n: number) => Float64Array;
}

export function samplerSource(
  distribution: Distribution,
  description: string,
  overviewRandom: Random,
  mixture?: GaussianComponents,
): DataSource {
  return {
    dim: distribution.dim,
    description,
    rows: null,
    distribution,
    mixture,
    overview: (n) => distribution.sample(overviewRandom.split('overview'), n),
    stream: (random) => (n) => distribution.sample(random, n),
  };
}

function shuffle(order: Int32Array, random: Random): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    const held = order[i]!;
    order[i] = order[j]!;
    order[j] = held;
  }
}

/** A finite data set, row-major [rows, dim]: shuffled epochs, so that every row is seen equally often. */
export function tableSource(values: Float64Array, dim: number, description: string): DataSource {
  const rows = values.length / dim;
  const copyRows = (order: ArrayLike<number>, count: number): Float64Array => {
    const out = new Float64Array(count * dim);
    for (let i = 0; i < count; i++) out.set(values.subarray(order[i]! * dim, (order[i]! + 1) * dim), i * dim);
    return out;
  };
  return {
    dim,
    description,
    rows,
    distribution: null,
    overview(n) {
      const count = Math.min(n, rows);
      return copyRows(evenly(count, rows), count);
    },
    stream(random) {
      const order = Int32Array.from({ length: rows }, (_, i) => i);
      let next = rows;
      return (n) => {
        const chosen = new Int32Array(n);
        for (let i = 0; i < n; i++) {
          if (next >= rows) {
            shuffle(order, random);
            next = 0;
          }
          chosen[i] = order[next++]!;
        }
        return copyRows(chosen, n);
      };
    },
  };
}

/** `count` row numbers spread evenly over `rows`. */
function evenly(count: number, rows: number): Int32Array {
  return Int32Array.from({ length: count }, (_, i) => Math.floor((i * rows) / count));
}
