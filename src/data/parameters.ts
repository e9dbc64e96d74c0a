import { DataError } from './dataError';
import type { DataErrorReason } from './dataError';

/** The logarithm of 2 pi. */
export const logTwoPi = Math.log(2 * Math.PI);

/** Checks of the parameters of a distribution; each throws a DataError that names the distribution, the parameter and the value. */
export class ParameterChecks {
  /**
   * @param subject what the messages start with, for example `data.rings`
   * @param reason the code of the errors
   */
  constructor(
    private readonly subject: string,
    private readonly reason: DataErrorReason = 'parameters',
  ) {}

  /** @throws DataError unless `holds` */
  require(holds: boolean, problem: string): void {
    if (!holds) throw new DataError(this.reason, `${this.subject}: ${problem}.`);
  }

  /** A finite number above zero. */
  positive(name: string, value: number): void {
    this.require(Number.isFinite(value) && value > 0, `${name} must be a positive number, not ${String(value)}`);
  }

  /** A finite number. */
  finite(name: string, value: number): void {
    this.require(Number.isFinite(value), `${name} must be a finite number, not ${String(value)}`);
  }

  /** An integer from `least` to `most`. */
  count(name: string, value: number, least: number, most: number): void {
    const holds = Number.isInteger(value) && value >= least && value <= most;
    this.require(holds, `${name} must be a whole number from ${String(least)} to ${String(most)}, not ${String(value)}`);
  }

  /** Non-negative weights, one for each of `count` parts, that sum to one but for rounding; returned with the sum exact. */
  weights(values: readonly number[], count: number): number[] {
    this.require(values.length === count, `there must be one weight for each of the ${String(count)} parts, not ${String(values.length)}`);
    for (const value of values) this.require(Number.isFinite(value) && value >= 0, `a weight cannot be ${String(value)}`);
    const sum = values.reduce((total, value) => total + value, 0);
    this.require(Math.abs(sum - 1) <= 1e-6, `the weights sum to ${String(Number(sum.toPrecision(6)))}; they must sum to 1`);
    return values.map((value) => value / sum);
  }

  /** Points of one dimension, at least one of them; returns the dimension. */
  points(name: string, values: readonly (readonly number[])[]): number {
    const dim = values[0]?.length ?? 0;
    this.require(values.length > 0 && dim > 0, `${name} must hold at least one point`);
    for (const point of values) {
      this.require(point.length === dim, `${name} must all have ${String(dim)} coordinates, but one has ${String(point.length)}`);
      for (const value of point) this.finite(`every coordinate of ${name}`, value);
    }
    return dim;
  }

  /** One positive number for all of `count` parts or one for each; returned as one for each. */
  perPart(name: string, values: readonly number[], count: number): number[] {
    const holds = values.length === 1 || values.length === count;
    this.require(holds, `${name} must be one number or one for each of the ${String(count)} parts, not ${String(values.length)}`);
    for (const value of values) this.positive(name, value);
    return Array.from({ length: count }, (_, k) => (values.length === 1 ? values[0] : values[k]) ?? 0);
  }
}
