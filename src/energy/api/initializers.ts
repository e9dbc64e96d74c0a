/** Initial values of parameters, from a seeded stream. */

import { tensor, type Tensor } from '@tensorflow/tfjs-core';
import type { Random } from '../../shared/random';
import * as check from './check';
import type { Init, TensorOfShape } from './parameters';

const largestParameter = 1 << 26;

function sizeOfShape(where: string, shape: unknown): number {
  check.require(Array.isArray(shape), `${where} takes a shape, such as [2, 64], not ${check.show(shape)}.`);
  const size = shape.reduce((n: number, d: unknown) => n * check.count(`${where}: every size of the shape`, d, 1, largestParameter), 1);
  check.require(size <= largestParameter, `${where}: a parameter of ${size} numbers is too large.`);
  return size;
}

function build<S extends readonly number[]>(shape: S, size: number, value: (i: number) => number): TensorOfShape<S> {
  const values = Float32Array.from({ length: size }, (_, i) => value(i));
  const made: Tensor = tensor(values, [...shape]);
  return made as TensorOfShape<S>;
}

/** Size of the layer's input and output, as for a dense layer's [inputs, outputs]; a vector counts as one column. */
function fans(shape: readonly number[]): { rows: number; columns: number } {
  const columns = shape.length > 1 ? shape[shape.length - 1]! : 1;
  return { rows: shape.slice(0, Math.max(shape.length - 1, 1)).reduce((n, d) => n * d, 1), columns };
}

/**
 * @param random draws of each initial value come from here, in the order of the calls
 */
export function createInit(random: Random): Init {
  const normal = <const S extends readonly number[]>(where: string, shape: S, std: (s: S) => number): TensorOfShape<S> => {
    const size = sizeOfShape(where, shape);
    const scale = std(shape);
    return build(shape, size, () => random.normal() * scale);
  };
  return {
    glorot: (shape) =>
      normal('init.glorot', shape, (s) => {
        const { rows, columns } = fans(s);
        return Math.sqrt(2 / (rows + columns));
      }),
    he: (shape) => normal('init.he', shape, (s) => Math.sqrt(2 / fans(s).rows)),
    normal: (shape, std = 1) => normal('init.normal', shape, () => check.positive('init.normal: std', std)),
    uniform: (shape, low = -1, high = 1) => {
      const size = sizeOfShape('init.uniform', shape);
      const from = check.finite('init.uniform: low', low);
      const to = check.finite('init.uniform: high', high);
      check.require(from < to, `init.uniform: low must be below high, but ${from} is not below ${to}.`);
      return build(shape, size, () => from + (to - from) * random.uniform());
    },
    zeros: (shape) => build(shape, sizeOfShape('init.zeros', shape), () => 0),
    ones: (shape) => build(shape, sizeOfShape('init.ones', shape), () => 1),
    constant: (shape, value) => {
      const size = sizeOfShape('init.constant', shape);
      if (!Array.isArray(value)) {
        const single = check.finite('init.constant: value', value);
        return build(shape, size, () => single);
      }
      const values = check.numbers('init.constant: value', value);
      check.require(values.length === size, `init.constant: shape [${shape.join(', ')}] needs ${size} numbers, not ${values.length}.`);
      return build(shape, size, (i) => values[i]!);
    },
  };
}
