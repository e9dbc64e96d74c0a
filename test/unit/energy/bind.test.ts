import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { bindProgram } from '../../../src/energy/bind';
import type { TracedNode, TracedProgram } from '../../../src/energy/traced';
import { unify } from '../../../src/energy/trace/unify';
import { reachable } from '../../../src/graph/graph';
import { createGraph } from '../../../src/graph/table';
import { traceAt } from './traceHarness';

function programOf(run: (x: tf.Tensor2D) => tf.Tensor): TracedProgram {
  return unify(traceAt({ dim: 2, run }, 19), traceAt({ dim: 2, run }, 23));
}

const x: TracedNode = { op: 'input', inputs: [], attrs: { name: 'x' }, shape: [{ n: 1, plus: 0 }, 2], dtype: 'float32' };

/** A program of x and one more node, which is the output. */
function withNode(node: Partial<TracedNode>): TracedProgram {
  const made: TracedNode = { op: 'neg', inputs: [0], attrs: {}, shape: [{ n: 1, plus: 0 }, 2], dtype: 'float32', ...node };
  return { nodes: [x, made], inputs: [{ name: 'x', node: 0 }], outputs: [1] };
}

function bind(program: TracedProgram, n = 4): void {
  const graph = createGraph();
  bindProgram(graph, program, n, [graph.input('x', [n, 2])]);
}

describe('programs for any number of rows', () => {
  it('have sizes that grow with the rows', () => {
    const program = programOf((rows) => tf.sum(tf.tile(tf.reshape(rows, [-1]), [3])));
    expect(program.nodes.map(({ shape }) => shape)).toContainEqual([{ n: 6, plus: 0 }]);
  });

  it('broadcast constants that repeat for each row', () => {
    const program = programOf((rows) => tf.add(rows, tf.tile(tf.tensor2d([[1, 2]]), [rows.shape[0], 1])));
    expect(program.nodes.find(({ op }) => op === 'constant')).toMatchObject({ shape: [1, 2], attrs: { data: Float64Array.from([1, 2]) } });
    expect(program.nodes.find(({ op }) => op === 'broadcastTo')).toMatchObject({ shape: [{ n: 1, plus: 0 }, 2] });
  });

  it('take their nodes only once', () => {
    const program = programOf((rows) => tf.mul(tf.exp(rows), tf.exp(rows)));
    expect(program.nodes.filter(({ op }) => op === 'exp')).toHaveLength(1);
  });

  it('keep the sources of nodes, and the graph its own', () => {
    const source = { file: 'a.ts', line: 3, column: 4 };
    const graph = createGraph();
    const here = { file: 'b.ts', line: 1, column: 1 };
    graph.source = here;
    const [output] = bindProgram(graph, withNode({ op: 'exp', source }), 4, [graph.input('x', [4, 2])]);
    expect(output?.source).toEqual(source);
    expect(graph.source).toBe(here);
  });

  it('are simplified by the rules of the graph', () => {
    const graph = createGraph();
    const input = graph.input('x', [4, 2]);
    const [output] = bindProgram(
      graph,
      programOf((rows) => tf.mul(tf.add(rows, 0), tf.scalar(1))),
      4,
      [input],
    );
    expect(reachable([output!])).toEqual([input]);
  });
});

describe('programs from strangers are refused', () => {
  it.each<readonly [string, TracedProgram, string]>([
    ['an unknown primitive', withNode({ op: 'system' as never }), 'there is no primitive "system"'],
    ['a further input', withNode({ op: 'input', inputs: [], attrs: { name: 'y' } }), 'there is no primitive "input"'],
    ['a node before itself', withNode({ inputs: [1] }), 'neg uses a later node'],
    ['a negative index', withNode({ inputs: [-1] }), 'neg uses a later node'],
    ['too few inputs', withNode({ op: 'add' }), 'add has 1 inputs'],
    ['no attributes', withNode({ op: 'sum' }), 'sum: axes is wrong'],
    ['an axis that does not exist', withNode({ op: 'sum', attrs: { axes: [-3] } }), 'sum: axes is wrong'],
    ['an axis twice', withNode({ op: 'sum', attrs: { axes: [-1, -1] } }), 'sum: axes is wrong'],
    [
      'an axis that is no number',
      withNode({ op: 'cumsum', attrs: { axis: '__proto__', exclusive: false, reverse: false } }),
      'cumsum: axis is wrong',
    ],
    ['a flag that is none', withNode({ op: 'cumsum', attrs: { axis: -1, exclusive: 0, reverse: false } }), 'cumsum: exclusive is wrong'],
    ['a permutation that is none', withNode({ op: 'transpose', attrs: { perm: [-2] } }), 'transpose: perm is wrong'],
    ['an unknown dtype', withNode({ op: 'cast', attrs: { dtype: 'string' } }), 'cast: dtype is wrong'],
    ['an unknown activation', withNode({ op: 'activation', attrs: { fn: 'toString', order: 0, alpha: 0 } }), 'activation: fn is wrong'],
    ['constants that are no numbers', withNode({ op: 'constant', inputs: [], attrs: { data: [1, 2] } }), 'constant: data is wrong'],
    [
      'too few constants',
      withNode({ op: 'constant', inputs: [], attrs: { data: new Float64Array(3) } }),
      'constant has 3 values but shape [4, 2]',
    ],
    ['another shape than it has', withNode({ shape: [{ n: 1, plus: 0 }, 3] }), 'neg has shape [4, 2] instead of [4, 3] for 4 rows'],
    ['another dtype than it has', withNode({ dtype: 'int32' }), 'neg has shape'],
    ['a shape that is too large', withNode({ op: 'broadcastTo', attrs: { shape: [1e9, 4, 2] }, shape: [1e9, 4, 2] }), 'too large'],
    ['a fractional size', withNode({ shape: [{ n: 0.3, plus: 0 }, 2] }), 'a size is 1.2'],
    ['a negative size', withNode({ shape: [{ n: 1, plus: -9 }, 2] }), 'a size is -5 for 4 rows'],
    ['a slice outside', withNode({ op: 'slice', attrs: { begin: [1], size: [2] } }), 'slice from [1] of size [2] is outside'],
    ['lists of different lengths', withNode({ op: 'pad', attrs: { before: [0, 1], after: [0], value: 0 } }), 'pad: before is wrong'],
    ['an output that is not there', { ...withNode({}), outputs: [7] }, 'an output is not there'],
    ['an input that is not there', { ...withNode({}), inputs: [{ name: 'x', node: 1 }] }, 'the input x is not there'],
    ['another number of inputs', { ...withNode({}), inputs: [] }, 'takes 0 inputs, not 1'],
  ])('%s', (_, program, message) => {
    expect(() => bind(program)).toThrow(
      expect.objectContaining({ name: 'ProgramError', message: expect.stringContaining(message) as string }),
    );
  });

  it('an input of another shape', () => {
    const graph = createGraph();
    expect(() => bindProgram(graph, withNode({}), 4, [graph.input('x', [5, 2])])).toThrow('the input x must have shape [4, 2], not [5, 2]');
  });
});
