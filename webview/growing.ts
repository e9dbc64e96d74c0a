/** Buffers that grow at their end. */

/**
 * The first `used` values of a buffer with others after them. Values are written into the buffer itself while there is room, so only
 * the newest of the series that share one may be extended; what older ones see of it does not change.
 */
export function extended(buffer: Float64Array, used: number, added: ArrayLike<number>): Float64Array {
  const length = used + added.length;
  let target = buffer;
  if (length > buffer.length) {
    target = new Float64Array(Math.max(256, 2 * length));
    target.set(buffer.subarray(0, used));
  }
  target.set(added, used);
  return target;
}
