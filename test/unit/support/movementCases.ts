import { type Shape, sizeOf } from '../../../src/graph/graph';
import { awayFromZero } from './numbers';
import { bool, type CaseInput, float, int, type CaseOf, type PrimitiveCase, type PrimitiveCases } from './primitiveCase';

type Movements = 'reshape' | 'transpose' | 'broadcastTo' | 'slice' | 'pad' | 'concat' | 'gather' | 'scatterAdd';

const tensor = (shape: Shape, seed: number): CaseInput => float(shape, awayFromZero(sizeOf(shape), 0.1, 1.5, seed));
const list = (values: readonly number[]): string => `[${values.join(', ')}]`;

/** Row-major position of an index, and back. */
function flatten(index: readonly number[], shape: Shape): number {
  return index.reduce((flat, i, axis) => flat * shape[axis]! + i, 0);
}
function unflatten(flat: number, shape: Shape): number[] {
  const index: number[] = [];
  for (let axis = shape.length - 1, rest = flat; axis >= 0; axis--) {
    index.unshift(rest % shape[axis]!);
    rest = Math.floor(rest / shape[axis]!);
  }
  return index;
}

function reshapeCase(from: Shape, to: Shape): CaseOf<'reshape'> {
  const value: PrimitiveCase['value'] = (index, x) => x.at(...unflatten(flatten(index, to), from));
  return { label: `${list(from)} to ${list(to)}`, inputs: [tensor(from, 110)], attrs: { shape: to }, shape: to, dtype: 'float32', value };
}

/** `from[i]` names the axis of the input, counted from the left, that axis i of the result is. */
function transposeCase(shape: Shape, perm: readonly number[], from: readonly number[]): CaseOf<'transpose'> {
  const value: PrimitiveCase['value'] = (index, x) => x.at(...shape.map((_, axis) => index[from.indexOf(axis)]!));
  const attrs = { perm };
  return {
    label: `${list(shape)} by ${list(perm)}`,
    inputs: [tensor(shape, 111)],
    attrs,
    shape: from.map((a) => shape[a]!),
    dtype: 'float32',
    value,
  };
}

function broadcastCase(input: CaseInput, to: Shape): CaseOf<'broadcastTo'> {
  const label = `${input.dtype} ${list(input.shape)} to ${list(to)}`;
  return { label, inputs: [input], attrs: { shape: to }, shape: to, dtype: input.dtype, value: (index, x) => x.under(index) };
}

function sliceCase(shape: Shape, begin: readonly number[], size: readonly number[]): CaseOf<'slice'> {
  const lead = shape.length - begin.length;
  const value: PrimitiveCase['value'] = (index, x) => x.at(...index.map((i, axis) => (axis < lead ? i : i + begin[axis - lead]!)));
  const label = `${list(size)} of ${list(shape)} from ${list(begin)}`;
  return {
    label,
    inputs: [tensor(shape, 112)],
    attrs: { begin, size },
    shape: [...shape.slice(0, lead), ...size],
    dtype: 'float32',
    value,
  };
}

function padCase(from: Shape, before: readonly number[], after: readonly number[], fill: number, to: Shape): CaseOf<'pad'> {
  const lead = from.length - before.length;
  const value: PrimitiveCase['value'] = (index, x) => {
    const position = index.map((i, axis) => (axis < lead ? i : i - before[axis - lead]!));
    return position.every((p, axis) => p >= 0 && p < from[axis]!) ? x.at(...position) : fill;
  };
  const label = `${list(from)} by ${list(before)} and ${list(after)} with ${fill}`;
  return { label, inputs: [tensor(from, 113)], attrs: { before, after, value: fill }, shape: to, dtype: 'float32', value };
}

function concatCase(shapes: readonly Shape[], axis: number, shape: Shape): CaseOf<'concat'> {
  const at = axis + shape.length;
  const value: PrimitiveCase['value'] = (index, ...parts) => {
    let position = index[at]!;
    let part = 0;
    while (position >= shapes[part]![at]!) position -= shapes[part++]![at]!;
    return parts[part]!.at(...index.map((i, a) => (a === at ? position : i)));
  };
  const inputs = shapes.map((s, i) => tensor(s, 114 + i));
  return { label: `${shapes.map(list).join(', ')} along ${axis}`, inputs, attrs: { axis }, shape, dtype: 'float32', value };
}

function gatherCase(shape: Shape, indices: readonly number[], axis: number): CaseOf<'gather'> {
  const at = axis + shape.length;
  const value: PrimitiveCase['value'] = (index, x, picks) => x.at(...index.map((i, a) => (a === at ? picks.at(i) : i)));
  const to = shape.map((d, a) => (a === at ? indices.length : d));
  const inputs = [tensor(shape, 120), int([indices.length], indices)];
  return { label: `${list(shape)} at ${list(indices)} along ${axis}`, inputs, attrs: { axis }, shape: to, dtype: 'float32', value };
}

function scatterCase(shape: Shape, indices: readonly number[], axis: number, size: number): CaseOf<'scatterAdd'> {
  const at = axis + shape.length;
  const value: PrimitiveCase['value'] = (index, x) =>
    indices.reduce((total, target, k) => (target === index[at] ? total + x.at(...index.map((i, a) => (a === at ? k : i))) : total), 0);
  const to = shape.map((d, a) => (a === at ? size : d));
  const inputs = [tensor(shape, 121), int([indices.length], indices)];
  return {
    label: `${list(shape)} to ${list(indices)} of ${size} along ${axis}`,
    inputs,
    attrs: { axis, size },
    shape: to,
    dtype: 'float32',
    value,
  };
}

export const movementCases: Pick<PrimitiveCases, Movements> = {
  reshape: [reshapeCase([2, 3, 4], [4, 6]), reshapeCase([], [1, 1]), reshapeCase([1, 3, 1, 2], [6]), reshapeCase([1], [])],
  transpose: [
    transposeCase([2, 3], [-1, -2], [1, 0]),
    transposeCase([2, 3, 4], [-1, -2], [0, 2, 1]),
    transposeCase([2, 3, 4], [-2, -1, -3], [1, 2, 0]),
    transposeCase([2, 1, 3, 2], [-1, -4, -2, -3], [3, 0, 2, 1]),
  ],
  broadcastTo: [
    broadcastCase(tensor([3, 1], 122), [2, 3, 4]),
    broadcastCase(tensor([], 123), [2, 2]),
    broadcastCase(tensor([1, 2, 1, 1], 124), [3, 2, 1, 2]),
    broadcastCase(bool([2, 1], [0, 1]), [2, 3]),
  ],
  slice: [
    sliceCase([2, 5], [1], [3]),
    sliceCase([4, 3], [2, 0], [2, 3]),
    sliceCase([2, 3, 4], [1, 2], [2, 1]),
    sliceCase([2, 3, 2, 3], [1, 0, 1, 1], [1, 2, 1, 2]),
  ],
  pad: [
    padCase([3], [2], [1], 0, [6]),
    padCase([2, 3], [1], [2], 0.5, [2, 6]),
    padCase([2, 1, 2], [0, 2], [1, 0], -1.5, [2, 2, 4]),
    padCase([1, 2, 2, 1], [1, 0, 0, 1], [0, 1, 0, 0], 0, [2, 3, 2, 2]),
  ],
  concat: [
    concatCase([[2], [1], [3]], -1, [6]),
    concatCase(
      [
        [2, 1],
        [2, 3],
      ],
      -1,
      [2, 4],
    ),
    concatCase(
      [
        [1, 3, 2],
        [2, 3, 2],
        [1, 3, 2],
      ],
      -3,
      [4, 3, 2],
    ),
    concatCase(
      [
        [2, 1, 2, 3],
        [2, 2, 2, 3],
      ],
      -3,
      [2, 3, 2, 3],
    ),
  ],
  gather: [
    gatherCase([4], [3, 0, 3], -1),
    gatherCase([2, 3], [2, 1, 1, 0], -1),
    gatherCase([3, 2, 2], [2, 0], -3),
    gatherCase([2, 3, 1, 2], [0, 2, 2], -3),
  ],
  scatterAdd: [
    scatterCase([3], [3, 0, 3], -1, 4),
    scatterCase([2, 4], [2, 1, 1, 0], -1, 3),
    scatterCase([2, 2, 2], [2, 0], -3, 3),
    scatterCase([2, 3, 1, 2], [0, 2, 2], -3, 4),
  ],
};
