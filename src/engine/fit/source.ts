import type { Distribution } from '../../data/distribution';
import type { GaussianComponents } from '../../diagnose/fields/gaussianComponents';
import { Random } from '../../shared/random';

/** Where a stream of rows is: the state of its generator, and how many rows it has given. */
export interface RowsState {
  readonly random: readonly number[];
  readonly drawn: number;
}

/** An endless stream of rows. */
export interface RowStream {
  /** The next rows, [n, dim]. */
  next(n: number): Float64Array;
  state(): RowsState;
}

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
  /**
   * A stream of rows that depends on the generator alone, at its beginning or where an earlier stream of the same generator was.
   * Throws RangeError for a state that no such stream can have.
   */
  stream(random: Random, from?: RowsState): RowStream;
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
    stream(random, from) {
      const own = from ? Random.fromState(from.random) : random;
      let drawn = from?.drawn ?? 0;
      return {
        next(n) {
          drawn += n;
          return distribution.sample(own, n);
        },
        state: () => ({ random: own.state(), drawn }),
      };
    },
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

/** Shuffled epochs of a finite data set. */
class Epochs implements RowStream {
  private readonly order: Int32Array;
  /** Rows given, in all epochs. */
  private drawn = 0;

  constructor(
    private readonly rows: number,
    private readonly copyRows: (order: ArrayLike<number>, count: number) => Float64Array,
    private readonly random: Random,
    from: RowsState | undefined,
  ) {
    this.order = Int32Array.from({ length: rows }, (_, i) => i);
    if (from) this.goTo(from);
  }

  /** Shuffles as often as the earlier stream did, which takes nanoseconds a row and spares a checkpoint the order of all rows. */
  private goTo({ drawn, random }: RowsState): void {
    for (let begun = 0; begun < drawn; begun += this.rows) shuffle(this.order, this.random);
    this.drawn = drawn;
    if (this.random.state().some((word, i) => word !== random[i])) throw new RangeError('This is not the state of a stream of these rows.');
  }

  next(n: number): Float64Array {
    const chosen = new Int32Array(n);
    for (let i = 0; i < n; i++) {
      const at = this.drawn % this.rows;
      if (at === 0) shuffle(this.order, this.random);
      chosen[i] = this.order[at]!;
      this.drawn++;
    }
    return this.copyRows(chosen, n);
  }

  state(): RowsState {
    return { random: this.random.state(), drawn: this.drawn };
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
    stream: (random, from) => new Epochs(rows, copyRows, random, from),
  };
}

/** `count` row numbers spread evenly over `rows`. */
function evenly(count: number, rows: number): Int32Array {
  return Int32Array.from({ length: count }, (_, i) => Math.floor((i * rows) / count));
}
