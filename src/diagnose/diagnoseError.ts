/** Why a diagnosis cannot be made of what it was given. */
export type DiagnoseReason = 'too-few-points' | 'not-finite' | 'sizes' | 'setting';

/** A diagnosis was asked of numbers that it cannot be made of. The message is one sentence for the user, with the cure. */
export class DiagnoseError extends Error {
  override readonly name = 'DiagnoseError';
  constructor(
    readonly reason: DiagnoseReason,
    message: string,
  ) {
    super(message);
  }
}

/**
 * The number of rows in row-major points [n, dim].
 * @param least fewest rows that will do
 * @throws DiagnoseError where the length is no multiple of dim, rows are too few, or a number is not finite
 */
export function checkedRows(name: string, points: Float64Array, dim: number, least: number): number {
  const n = points.length / dim;
  if (!Number.isInteger(n)) throw new DiagnoseError('sizes', `${name}: ${points.length} numbers are no rows of ${dim}; give [n, ${dim}].`);
  if (n < least) throw new DiagnoseError('too-few-points', `${name}: ${n} points are too few; give at least ${least}.`);
  checkFinite(name, points, dim);
  return n;
}

/** @throws DiagnoseError ('not-finite') that names the first row with a NaN or an infinity */
export function checkFinite(name: string, values: Float64Array, dim = 1): void {
  const at = values.findIndex((v) => !Number.isFinite(v));
  if (at < 0) return;
  const row = Math.floor(at / dim);
  throw new DiagnoseError('not-finite', `${name}: row ${row} holds ${String(values[at])}; leave out rows that are not finite.`);
}
