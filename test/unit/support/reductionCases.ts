import type { Shape } from '../../../src/graph/graph';
import { awayFromZero, distinct } from './numbers';
import { type CaseInput, float, type CaseOf, type PrimitiveCase, type PrimitiveCases, type Reader } from './primitiveCase';

type Reductions = 'sum' | 'reduceMax' | 'reduceMin' | 'argMax' | 'cumsum' | 'matMul';

const tensor = (shape: Shape, seed: number): CaseInput =>
  float(
    shape,
    awayFromZero(
      shape.reduce((a, b) => a * b, 1),
      0.1,
      1.5,
      seed,
    ),
  );

/** All elements of x that are reduced into position `index`, in row-major order. */
function group(x: Reader, shape: Shape, axes: readonly number[], index: readonly number[]): number[] {
  let positions: number[][] = [[]];
  shape.forEach((size, i) => {
    const choices = axes.includes(i - shape.length) ? [...Array(size).keys()] : [index[i]!];
    positions = positions.flatMap((p) => choices.map((c) => [...p, c]));
  });
  return positions.map((p) => x.at(...p));
}

const layouts: readonly { shape: Shape; axes: readonly number[]; kept: Shape }[] = [
  { shape: [4], axes: [-1], kept: [1] },
  { shape: [2, 3, 4], axes: [-2], kept: [2, 1, 4] },
  { shape: [3, 2, 3], axes: [-3, -1], kept: [1, 2, 1] },
  { shape: [2, 2, 1, 3], axes: [-4, -3, -2, -1], kept: [1, 1, 1, 1] },
];

type Fold = (values: readonly number[]) => number;

function reductions<P extends 'sum' | 'reduceMax' | 'reduceMin'>(fold: Fold, seed: number): CaseOf<P>[] {
  return layouts.map(({ shape, axes, kept }) => ({
    label: `[${shape.join(', ')}] over ${axes.join(', ')}`,
    // Distinct values, so that maxima are unique; ties have a test of their own.
    inputs: [
      float(
        shape,
        distinct(
          shape.reduce((a, b) => a * b, 1),
          0.15,
          seed,
        ),
      ),
    ],
    attrs: { axes },
    shape: kept,
    dtype: 'float32' as const,
    value: (index, x) => fold(group(x, shape, axes, index)),
  }));
}

function tied<P extends 'reduceMax' | 'reduceMin'>(fold: Fold): CaseOf<P> {
  return {
    label: 'ties',
    inputs: [float([2, 3], [1, 1, -1, -1, 0, -1])],
    attrs: { axes: [-1] },
    shape: [2, 1],
    dtype: 'float32',
    active: [],
    value: (index, x) => fold(group(x, [2, 3], [-1], index)),
  };
}

const greatest: Fold = (values) => [...values].sort((a, b) => b - a)[0]!;
const least: Fold = (values) => [...values].sort((a, b) => a - b)[0]!;

function argMaxCase(label: string, input: CaseInput, axis: number): CaseOf<'argMax'> {
  const { shape } = input;
  const kept = shape.map((d, i) => (i === shape.length + axis ? 1 : d));
  const value: PrimitiveCase['value'] = (index, x) => {
    const values = group(x, shape, [axis], index);
    return values.indexOf(greatest(values));
  };
  return { label, inputs: [input], attrs: { axis }, shape: kept, dtype: 'int32', value };
}

function cumsumCase(shape: Shape, axis: number, exclusive: boolean, reverse: boolean): CaseOf<'cumsum'> {
  const at = axis + shape.length;
  const value: PrimitiveCase['value'] = (index, x) => {
    const line = group(x, shape, [axis], index);
    const i = index[at]!;
    const counted = line.filter((_, k) => (reverse ? k > i : k < i) || (!exclusive && k === i));
    return counted.reduce((a, b) => a + b, 0);
  };
  const label = `[${shape.join(', ')}] along ${axis}${exclusive ? ', exclusive' : ''}${reverse ? ', reverse' : ''}`;
  return { label, inputs: [tensor(shape, 83)], attrs: { axis, exclusive, reverse }, shape, dtype: 'float32', value };
}

function matMulCase(left: Shape, right: Shape, shape: Shape, seed: number): CaseOf<'matMul'> {
  const inner = left[left.length - 1]!;
  const value: PrimitiveCase['value'] = (index, a, b) => {
    const [lead, i, j] = [index.slice(0, -2), index[index.length - 2]!, index[index.length - 1]!];
    let total = 0;
    // Rows and columns of the matrices are never of size one where the index is not zero, so broadcasting reads them right.
    for (let k = 0; k < inner; k++) total += a.under([...lead, i, k]) * b.under([...lead, k, j]);
    return total;
  };
  const label = `[${left.join(', ')}] times [${right.join(', ')}]`;
  return { label, inputs: [tensor(left, seed), tensor(right, seed + 1)], attrs: {}, shape, dtype: 'float32', value };
}

export const reductionCases: Pick<PrimitiveCases, Reductions> = {
  sum: reductions((values) => values.reduce((a, b) => a + b, 0), 80),
  reduceMax: [...reductions<'reduceMax'>(greatest, 81), tied(greatest)],
  reduceMin: [...reductions<'reduceMin'>(least, 82), tied(least)],
  argMax: [
    argMaxCase('[2, 3] along -1', float([2, 3], distinct(6, 0.3, 84)), -1),
    argMaxCase('[2, 3, 2] along -2', float([2, 3, 2], distinct(12, 0.3, 85)), -2),
    argMaxCase('ties: the first', float([2, 4], [0, 2, 2, 1, -1, -1, -3, -1]), -1),
  ],
  cumsum: [
    cumsumCase([4], -1, false, false),
    cumsumCase([2, 3], -1, true, false),
    cumsumCase([2, 3, 2], -2, false, true),
    cumsumCase([3, 1, 2], -3, true, true),
  ],
  matMul: [
    matMulCase([2, 3], [3, 4], [2, 4], 90),
    matMulCase([1, 3], [3, 1], [1, 1], 92),
    matMulCase([3, 1], [1, 2], [3, 2], 94),
    matMulCase([2, 2, 3], [3, 4], [2, 2, 4], 96),
    matMulCase([2, 3], [3, 3, 2], [3, 2, 2], 98),
    matMulCase([2, 1, 2, 3], [3, 3, 2], [2, 3, 2, 2], 100),
    matMulCase([1, 2, 3], [2, 3, 2], [2, 2, 2], 102),
    matMulCase([2, 1, 2, 3], [3, 2], [2, 1, 2, 2], 104),
  ],
};
