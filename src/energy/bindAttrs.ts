/** Attributes of traced nodes, checked and with sizes for a number of rows. */

import type { ActivationFunction, DType, Node, PrimitiveAttrs, PrimitiveName } from '../graph/graph';
import type { SymbolicSize } from './traced';

/** A traced program is not well formed. */
export class ProgramError extends Error {
  override readonly name = 'ProgramError';
}

/** The largest number of elements that a tensor of a program may have. */
export const largestTensor = 2 ** 31 - 1;

/** A size for n rows. @throws ProgramError where there is none */
export function sizeFor(size: SymbolicSize, n: number): number {
  const value = typeof size === 'number' ? size : size.n * n + size.plus;
  if (!Number.isInteger(value) || value < 0 || value > largestTensor) throw new ProgramError(`a size is ${value} for ${n} rows`);
  return value;
}

/** A node's attributes, as they came. */
interface Source {
  readonly op: PrimitiveName;
  readonly attrs: Readonly<Record<string, unknown>>;
  readonly inputs: readonly Node[];
  readonly rows: number;
}

class Reader {
  constructor(private readonly source: Source) {}

  private fail(name: string): never {
    throw new ProgramError(`${this.source.op}: ${name} is wrong`);
  }

  get rank(): number {
    return this.source.inputs[0]?.shape.length ?? 0;
  }

  sizes(name: string): number[] {
    const value = this.source.attrs[name];
    return Array.isArray(value) ? value.map((size: SymbolicSize) => sizeFor(size, this.source.rows)) : this.fail(name);
  }

  size(name: string): number {
    return sizeFor(this.source.attrs[name] as SymbolicSize, this.source.rows);
  }

  number(name: string): number {
    const value = this.source.attrs[name];
    return typeof value === 'number' ? value : this.fail(name);
  }

  flag(name: string): boolean {
    const value = this.source.attrs[name];
    return typeof value === 'boolean' ? value : this.fail(name);
  }

  oneOf<T extends string>(name: string, names: readonly T[]): T {
    return names.find((known) => known === this.source.attrs[name]) ?? this.fail(name);
  }

  /** Axes from the right, without repetition. */
  axes(name: string): number[] {
    const value = this.source.attrs[name];
    const list: readonly unknown[] = Array.isArray(value) ? value : this.fail(name);
    const axes = list.map((axis) => this.checkAxis(name, axis));
    return new Set(axes).size === axes.length ? axes : this.fail(name);
  }

  axis(name: string): number {
    return this.checkAxis(name, this.source.attrs[name]);
  }

  private checkAxis(name: string, axis: unknown): number {
    return typeof axis === 'number' && Number.isInteger(axis) && axis < 0 && axis >= -this.rank ? axis : this.fail(name);
  }

  /** As long as another list, and no longer than the rank. */
  paired(name: string, other: string): number[] {
    const list = this.sizes(name);
    return list.length === this.sizes(other).length && list.length <= this.rank ? list : this.fail(name);
  }

  permutation(name: string): number[] {
    const perm = this.axes(name);
    return perm.every((axis) => axis >= -perm.length) ? perm : this.fail(name);
  }

  data(name: string): Float64Array {
    const value = this.source.attrs[name];
    return value instanceof Float64Array ? value : this.fail(name);
  }
}

const activations: readonly ActivationFunction[] = [
  'sigmoid',
  'tanh',
  'softplus',
  'swish',
  'gelu',
  'mish',
  'relu',
  'leakyRelu',
  'elu',
  'selu',
];
const dtypes: readonly DType[] = ['float32', 'int32', 'bool'];

type Readers = { readonly [P in PrimitiveName]?: (read: Reader) => PrimitiveAttrs[P] };

/** Primitives with attributes; the others have none. */
const readers: Readers = {
  constant: (read) => ({ data: read.data('data') }),
  activation: (read) => ({ fn: read.oneOf('fn', activations), order: 0, alpha: read.number('alpha') }),
  cast: (read) => ({ dtype: read.oneOf('dtype', dtypes) }),
  sum: (read) => ({ axes: read.axes('axes') }),
  reduceMax: (read) => ({ axes: read.axes('axes') }),
  reduceMin: (read) => ({ axes: read.axes('axes') }),
  argMax: (read) => ({ axis: read.axis('axis') }),
  reshape: (read) => ({ shape: read.sizes('shape') }),
  transpose: (read) => ({ perm: read.permutation('perm') }),
  broadcastTo: (read) => ({ shape: read.sizes('shape') }),
  slice: (read) => ({ begin: read.paired('begin', 'size'), size: read.paired('size', 'begin') }),
  pad: (read) => ({ before: read.paired('before', 'after'), after: read.paired('after', 'before'), value: read.number('value') }),
  concat: (read) => ({ axis: read.axis('axis') }),
  gather: (read) => ({ axis: read.axis('axis') }),
  scatterAdd: (read) => ({ axis: read.axis('axis'), size: read.size('size') }),
  cumsum: (read) => ({ axis: read.axis('axis'), exclusive: read.flag('exclusive'), reverse: read.flag('reverse') }),
};

/**
 * The attributes of a node for a number of rows.
 *
 * @throws ProgramError where an attribute is missing, of a wrong type or out of range
 */
export function readAttrs(source: Source): PrimitiveAttrs[PrimitiveName] {
  const read = readers[source.op] as ((read: Reader) => PrimitiveAttrs[PrimitiveName]) | undefined;
  return read ? read(new Reader(source)) : {};
}
