import type { Shape } from './graph';

/** Row-major strides. */
export function stridesOf(shape: Shape): number[] {
  const strides = Array<number>(shape.length).fill(1);
  for (let i = shape.length - 2; i >= 0; i--) strides[i] = strides[i + 1]! * shape[i + 1]!;
  return strides;
}

/** Strides with which a tensor of `shape` is read when broadcast to `target`: 0 along axes of size one. */
export function broadcastStrides(shape: Shape, target: Shape): number[] {
  const own = stridesOf(shape);
  const lead = target.length - shape.length;
  return target.map((_, i) => (i < lead || shape[i - lead] === 1 ? 0 : own[i - lead]!));
}

/** Calls visit(flat index in shape, offset by the given strides) in row-major order. */
export function forEachIndex(shape: Shape, strides: readonly number[], visit: (index: number, offset: number) => void): void {
  const rank = shape.length;
  const position = Array<number>(rank).fill(0);
  let size = 1;
  for (const d of shape) size *= d;
  let offset = 0;
  for (let index = 0; index < size; index++) {
    visit(index, offset);
    for (let axis = rank - 1; axis >= 0; axis--) {
      position[axis]!++;
      offset += strides[axis]!;
      if (position[axis]! < shape[axis]!) break;
      offset -= strides[axis]! * shape[axis]!;
      position[axis] = 0;
    }
  }
}
