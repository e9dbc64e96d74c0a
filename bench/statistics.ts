/** The arithmetic of the benchmark. */

export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** @throws RangeError where there are no values */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('The median of no values is undefined.');
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** @throws RangeError where there are no values */
export function spread(values: readonly number[]): Spread {
  return { median: median(values), least: Math.min(...values), most: Math.max(...values) };
}

/** What one contestant did: its steps per second, one number a round that it took part in. */
export interface Series {
  readonly name: string;
  readonly rates: readonly number[];
}

/** The series with the highest median; undefined where none has a value. */
export function fastest(series: readonly Series[]): Series | undefined {
  return series
    .filter(({ rates }) => rates.length > 0)
    .reduce<Series | undefined>((best, one) => (best === undefined || median(one.rates) > median(best.rates) ? one : best), undefined);
}

export interface Ratio extends Spread {
  readonly ours: string;
  readonly theirs: string;
}

/**
 * How many times faster the fastest of `ours` is than the fastest of `theirs`. Rounds are compared one by one, because
 * what slows a machine down slows both sides of a round.
 */
export function ratioOf(ours: readonly Series[], theirs: readonly Series[]): Ratio | undefined {
  const [left, right] = [fastest(ours), fastest(theirs)];
  if (left === undefined || right === undefined) return undefined;
  const rounds = Math.min(left.rates.length, right.rates.length);
  return {
    ours: left.name,
    theirs: right.name,
    ...spread(Array.from({ length: rounds }, (_, round) => left.rates[round]! / right.rates[round]!)),
  };
}

/** Difference relative to the larger of the two; infinite where one is not a number. */
export function relativeDifference(a: number, b: number): number {
  if (a === b) return 0;
  const difference = Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b));
  return Number.isFinite(difference) ? difference : Infinity;
}

/** `items` beginning with another one each round, so that none always runs first or after the same neighbour. */
export function rotated<T>(items: readonly T[], round: number): T[] {
  const first = items.length === 0 ? 0 : round % items.length;
  return [...items.slice(first), ...items.slice(0, first)];
}
