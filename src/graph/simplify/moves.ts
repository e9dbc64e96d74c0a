/** Moves of values that undo each other, or that reach what they look for. */

import { is, sameShape, sizeOf } from '../graph';
import { broadcastTo, concat, reshape, slice, transpose } from '../ops';
import { fullPermutation } from '../primitives/shapes';
import { uniform, full, type Rule } from './rule';

export const reshapeRule: Rule<'reshape'> = ({ inputs, result }) => {
  const x = inputs[0]!;
  if (sameShape(x.shape, result.shape)) return x;
  if (is(x, 'reshape')) return reshape(x.inputs[0]!, result.shape);
  const value = is(x, 'broadcastTo') ? uniform(x) : undefined;
  return value === undefined ? undefined : full(x, value, result);
};

export const transposeRule: Rule<'transpose'> = ({ inputs, attrs }) => {
  const x = inputs[0]!;
  const rank = x.shape.length;
  const perm = fullPermutation(attrs.perm, rank);
  if (perm.every((axis, i) => axis === i)) return x;
  if (is(x, 'transpose')) {
    const inner = fullPermutation(x.attrs.perm, rank);
    return transpose(
      x.inputs[0]!,
      perm.map((axis) => inner[axis]!),
    );
  }
  // Only axes of size one change places relative to the others: the order in memory stays.
  const moved = perm.filter((axis) => x.shape[axis] !== 1);
  if (moved.every((axis, i) => i === 0 || axis > moved[i - 1]!))
    return reshape(
      x,
      perm.map((axis) => x.shape[axis]!),
    );
  return undefined;
};

export const broadcastRule: Rule<'broadcastTo'> = ({ inputs, result }) => {
  const x = inputs[0]!;
  if (sameShape(x.shape, result.shape)) return x;
  if (is(x, 'broadcastTo')) return broadcastTo(x.inputs[0]!, result.shape);
  if (sizeOf(x.shape) === 1 && x.shape.length > 0) return broadcastTo(reshape(x, []), result.shape);
  return undefined;
};

export const sliceRule: Rule<'slice'> = ({ inputs, attrs, result }) => {
  const x = inputs[0]!;
  if (sameShape(x.shape, result.shape)) return x;
  const { begin, size } = attrs;
  if (is(x, 'slice') && x.attrs.begin.length === begin.length) {
    return slice(
      x.inputs[0]!,
      begin.map((b, i) => b + x.attrs.begin[i]!),
      size,
    );
  }
  if (is(x, 'concat')) {
    const { axis } = x.attrs;
    const at = axis + begin.length;
    if (at < 0) return undefined;
    let start = 0;
    for (const part of x.inputs) {
      const length = part.shape[part.shape.length + axis]!;
      if (begin[at]! >= start && begin[at]! + size[at]! <= start + length) {
        return slice(
          part,
          begin.map((b, i) => (i === at ? b - start : b)),
          size,
        );
      }
      start += length;
    }
  }
  const value = is(x, 'broadcastTo') ? uniform(x) : undefined;
  return value === undefined ? undefined : full(x, value, result);
};

export const concatRule: Rule<'concat'> = ({ inputs, attrs, result }) => {
  if (inputs.length === 1) return inputs[0];
  const kept = inputs.filter((x) => x.shape[x.shape.length + attrs.axis] !== 0);
  if (kept.length < inputs.length && kept.length > 0) return concat(kept, attrs.axis);
  const value = uniform(inputs[0]!);
  return value !== undefined && inputs.every((x) => uniform(x) === value) ? full(inputs[0]!, value, result) : undefined;
};
