import { describe, expect, it } from 'vitest';
import { gradient, jvp, vjp } from '../../../src/graph/differentiate';
import type { Node } from '../../../src/graph/graph';
import { binary, gather, mul, reduceMax, reduceMin, square, sum, unary } from '../../../src/graph/ops';
import { evaluate } from '../../../src/graph/reference';
import { createGraph } from '../../../src/graph/table';

const graph = createGraph();
const a = graph.input('a', [3]);
const b = graph.input('b', [3]);

function values(nodes: readonly Node[], feeds: ReadonlyMap<Node, readonly number[]>): number[][] {
  return evaluate(nodes, feeds).map((v) => Array.from(v));
}

describe('where a derivative jumps', () => {
  it.each([
    { op: 'maximum', share: [1, 0.5, 0] },
    { op: 'minimum', share: [0, 0.5, 1] },
  ] as const)('$op gives the gradient to the winner, and half of it to each at a tie', ({ op, share }) => {
    const y = binary(op, a, b);
    const feeds = new Map([
      [a, [2, 1, -1]],
      [b, [1, 1, 3]],
    ]);
    const [ofA, ofB] = values(gradient(sum(y), [a, b]), feeds);
    expect(ofA).toEqual(share);
    expect(ofB).toEqual(share.map((s) => 1 - s));
    const tangents = new Map([[a, graph.constant([1, 10, 100], [3])]]);
    expect(values([jvp([y], tangents)[0]!], feeds)[0]).toEqual([share[0], 10 * share[1], 100 * share[2]]);
  });

  it.each([
    { name: 'reduceMax', reduce: reduceMax, x: [4, 4, 1] },
    { name: 'reduceMin', reduce: reduceMin, x: [-4, -4, 1] },
  ])('$name shares the gradient evenly among ties', ({ reduce, x }) => {
    const y = reduce(a);
    expect(values(gradient(y, [a]), new Map([[a, x]]))[0]).toEqual([0.5, 0.5, 0]);
    const tangent = new Map([[a, graph.constant([1, 10, 100], [3])]]);
    expect(values([jvp([y], tangent)[0]!], new Map([[a, x]]))[0]).toEqual([5.5]);
  });

  it('relu and abs have slope 0 at zero', () => {
    for (const op of ['relu', 'abs'] as const) {
      expect(values(gradient(sum(unary(op, a)), [a]), new Map([[a, [0, 1, 2]]]))[0]).toEqual([0, 1, 1]);
    }
  });

  it('stopGradient is the identity without derivative', () => {
    const y = mul(a, unary('stopGradient', square(a)));
    const feeds = new Map([[a, [1, 2, 3]]]);
    expect(values([y, ...gradient(sum(y), [a])], feeds)).toEqual([
      [1, 8, 27],
      [1, 4, 9],
    ]);
    expect(jvp([unary('stopGradient', a)], new Map([[a, b]]))).toEqual([undefined]);
  });

  it('a target on which no output depends gets zeros, and repeated outputs add up', () => {
    const y = square(a);
    const one = graph.constant([1, 1, 1], [3]);
    expect(values(vjp([y, y], [one, one], [a, b]), new Map([[a, [1, 2, 3]]]))).toEqual([
      [4, 8, 12],
      [0, 0, 0],
    ]);
  });

  it('a target behind another is reached through it', () => {
    const y = square(a);
    const feeds = new Map([[a, [1, 2, 3]]]);
    expect(values(gradient(sum(mul(y, y)), [a, y]), feeds)).toEqual([
      [4, 32, 108],
      [2, 8, 18],
    ]);
  });

  it('integers carry no derivative', () => {
    const picks = graph.constant([2, 0], [2], 'int32');
    const y = gather(a, picks, 0);
    expect(jvp([y], new Map([[b, a]]))).toEqual([undefined]);
    const whole = graph.emit('cast', [graph.emit('cast', [a], { dtype: 'int32' })], { dtype: 'float32' });
    expect(jvp([whole], new Map([[a, b]]))).toEqual([undefined]);
    expect(values(gradient(sum(whole), [a]), new Map([[a, [1.5, 2.5, 3.5]]]))[0]).toEqual([0, 0, 0]);
  });
});
