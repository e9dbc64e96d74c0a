/** Builds a traced program into a graph, for a number of rows. */

import { type Graph, GraphError, type Node, type PrimitiveName, sameShape, sizeOf } from '../graph/graph';
import { primitiveNames } from '../graph/table';
import { largestTensor, ProgramError, readAttrs, sizeFor } from './bindAttrs';
import type { TracedNode, TracedProgram } from './traced';

/** Number of inputs of primitives that have not one; concat takes any number. */
const arity: Partial<Record<PrimitiveName, number>> = {
  ...Object.fromEntries(
    [
      'add',
      'sub',
      'mul',
      'div',
      'pow',
      'maximum',
      'minimum',
      'less',
      'lessEqual',
      'equal',
      'logicalAnd',
      'logicalOr',
      'matMul',
      'gather',
      'scatterAdd',
    ].map((op) => [op, 2]),
  ),
  constant: 0,
  select: 3,
};

function checkArity({ op, inputs }: TracedNode): void {
  const wanted = op === 'concat' ? Math.max(inputs.length, 1) : (arity[op] ?? 1);
  if (inputs.length !== wanted) throw new ProgramError(`${op} has ${inputs.length} inputs`);
}

function emitNode(graph: Graph, node: TracedNode, made: readonly Node[], n: number): Node {
  if (!primitiveNames.includes(node.op) || node.op === 'input') throw new ProgramError(`there is no primitive "${node.op}"`);
  checkArity(node);
  const inputs = node.inputs.map((i) => made[i] ?? fail(`${node.op} uses a later node`));
  const shape = node.shape.map((size) => sizeFor(size, n));
  if (sizeOf(shape) > largestTensor) throw new ProgramError(`${node.op} makes a tensor that is too large`);
  const attrs = readAttrs({ op: node.op, attrs: node.attrs, inputs, rows: n });
  const result =
    node.op === 'constant' ? graph.constant((attrs as { data: Float64Array }).data, shape, node.dtype) : graph.emit(node.op, inputs, attrs);
  if (!sameShape(result.shape, shape) || result.dtype !== node.dtype) {
    throw new ProgramError(`${node.op} has shape [${result.shape.join(', ')}] instead of [${shape.join(', ')}] for ${n} rows`);
  }
  return result;
}

function fail(message: string): never {
  throw new ProgramError(message);
}

function placeInputs(program: TracedProgram, n: number, inputs: readonly Node[]): Map<number, Node> {
  if (inputs.length !== program.inputs.length) fail(`the program takes ${program.inputs.length} inputs, not ${inputs.length}`);
  return new Map(
    program.inputs.map(({ name, node }, i) => {
      const traced = program.nodes[node];
      if (traced?.op !== 'input') return fail(`the input ${name} is not there`);
      const shape = traced.shape.map((size) => sizeFor(size, n));
      const given = inputs[i]!;
      if (!sameShape(shape, given.shape) || given.dtype !== traced.dtype)
        fail(`the input ${name} must have shape [${shape.join(', ')}], not [${given.shape.join(', ')}]`);
      return [node, given];
    }),
  );
}

/**
 * Emits a program for n rows, by the rules of the graph: equal nodes are shared, constants are folded.
 *
 * @param graph where the nodes go
 * @param program checked as data from a stranger: unknown primitives, wrong attributes and wrong shapes are refused
 * @param n number of rows
 * @param inputs one node for each input of the program, in order
 * @returns one node for each output
 * @throws ProgramError where the program is not well formed for n rows
 */
export function bindProgram(graph: Graph, program: TracedProgram, n: number, inputs: readonly Node[]): Node[] {
  const placed = placeInputs(program, n, inputs);
  const before = graph.source;
  const made: Node[] = [];
  try {
    program.nodes.forEach((node, i) => {
      graph.source = node.source;
      made.push(placed.get(i) ?? emitNode(graph, node, made, n));
    });
    return program.outputs.map((i) => made[i] ?? fail('an output is not there'));
  } catch (error) {
    if (error instanceof GraphError) throw new ProgramError(error.message);
    throw error;
  } finally {
    graph.source = before;
  }
}
