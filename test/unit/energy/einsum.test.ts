import { describe, expect, it } from 'vitest';
import { einsum } from '../../../src/energy/trace/einsum';
import { sizeOf } from '../../../src/graph/graph';
import { evaluate } from '../../../src/graph/reference';
import { createGraph } from '../../../src/graph/table';
import { Random } from '../../../src/shared/random';

const sizes: Readonly<Record<string, number>> = { b: 2, i: 3, j: 4, k: 5, l: 2, n: 7 };

interface Value {
  readonly labels: string;
  readonly data: Float64Array;
}

/** The sum over all values of all labels, term by term. */
function naive(operands: readonly Value[], output: string): Float64Array {
  const labels = [...new Set(operands.flatMap((value) => [...value.labels]))];
  const out = new Float64Array(sizeOf([...output].map((label) => sizes[label]!)));
  const at = (own: string, position: ReadonlyMap<string, number>): number =>
    [...own].reduce((offset, label) => offset * sizes[label]! + position.get(label)!, 0);
  const total = sizeOf(labels.map((label) => sizes[label]!));
  for (let flat = 0; flat < total; flat++) {
    let rest = flat;
    const position = new Map(
      labels.map((label) => {
        const index = rest % sizes[label]!;
        rest = Math.floor(rest / sizes[label]!);
        return [label, index];
      }),
    );
    out[at(output, position)]! += operands.reduce((product, value) => product * value.data[at(value.labels, position)]!, 1);
  }
  return out;
}

function run(
  equation: string,
  shapes?: readonly (readonly number[])[],
): { actual: Float64Array; shape: readonly number[]; expected: (output: string) => Float64Array } {
  const graph = createGraph();
  const random = new Random(3);
  const values = equation
    .split('->')[0]!
    .split(',')
    .map((labels, i): Value & { shape: readonly number[] } => {
      const shape = shapes?.[i] ?? [...labels].map((label) => sizes[label]!);
      const data = new Float64Array(sizeOf(shape));
      random.fillNormal(data);
      return { labels, data, shape };
    });
  const nodes = values.map(({ shape }, i) => graph.input(`x${i}`, shape));
  const refuse = (message: string): never => {
    throw new Error(message);
  };
  const output = einsum(equation, nodes, refuse);
  const [actual] = evaluate([output], new Map(nodes.map((node, i) => [node, values[i]!.data])));
  return { actual: actual!, shape: output.shape, expected: (labels) => naive(values, labels) };
}

describe('einsum', () => {
  it.each([
    ['ij,jk->ik', 'ik'],
    ['ij,jk', 'ik'],
    ['ij,jk->ki', 'ki'],
    ['ni,ij,nj->n', 'n'],
    ['nij,nj->ni', 'ni'],
    ['bij,bjk->bik', 'bik'],
    ['bji,bjk->ikb', 'ikb'],
    ['nik,kj->nij', 'nij'],
    ['nikl,klj->nij', 'nij'],
    ['bnil,bkl->bnik', 'bnik'],
    ['i,j->ij', 'ij'],
    ['i,i->', ''],
    ['ij->ji', 'ji'],
    ['ij->', ''],
    ['ij->j', 'j'],
    ['ba', 'ab'],
    ['ii->', ''],
    ['ii->i', 'i'],
    ['iji,j->i', 'i'],
    ['iii->i', 'i'],
    ['ij,kj,lj->ikl', 'ikl'],
    ['ij,k->i', 'i'],
    ['nb,bi,ij,nj->nb', 'nb'],
  ])('%s', (equation, output) => {
    const shapes = equation === 'ba' ? [[2, 3]] : undefined;
    if (shapes) Object.assign(sizes, { a: 3 });
    const { actual, shape, expected } = run(equation, shapes);
    const wanted = expected(output);
    expect(shape).toEqual([...output].map((label) => sizes[label]!));
    expect(actual).toHaveLength(wanted.length);
    wanted.forEach((value, i) => expect(actual[i]).toBeCloseTo(value, 10));
  });

  it.each([
    ['i...,i->i', [[3], [3]], '"..." cannot be traced'],
    ['i->j', [[3]], '"j" of the output'],
    ['ij->ii', [[3, 4]], '"i" of the output'],
    ['i-j', [[3]], 'is not an equation'],
    [
      'ij,jk',
      [
        [3, 4],
        [5, 5],
      ],
      'axis "j" is 4 in one tensor and 5 in another',
    ],
    ['ij', [[3]], '"ij" names 2 axes, but the tensor has 1'],
  ])('refuses %s', (equation, shapes, message) => {
    expect(() => run(equation, shapes)).toThrow(message);
  });

  it('refuses another number of operands', () => {
    const graph = createGraph();
    const refuse = (message: string): never => {
      throw new Error(message);
    };
    expect(() => einsum('i,i->', [graph.input('x', [3])], refuse)).toThrow('has 2 operands, but 1 were given');
  });
});
