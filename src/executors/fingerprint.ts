import { createHash } from 'node:crypto';
import { is, type Node, reachable } from '../graph/graph';
import type { LoopProgram } from './executor';

/** SHA-256 of a loop's primitives, shapes and wiring, and of the constants' values where asked for. */
function digest({ state, perStep, records }: LoopProgram, values: boolean): string {
  const numbers = new Map<Node, number>();
  const hash = createHash('sha256');
  const roots = [...state.map(({ next }) => next), ...records];
  for (const node of reachable([...state.map(({ input }) => input), ...perStep, ...roots])) {
    numbers.set(node, numbers.size);
    const attrs = is(node, 'constant') || is(node, 'input') ? {} : node.attrs;
    const inputs = node.inputs.map((input) => numbers.get(input));
    hash.update(`${node.op}|${inputs.join(',')}|${node.dtype}|${node.shape.join(',')}|${JSON.stringify(attrs)}\n`);
    if (values && is(node, 'constant')) hash.update(node.attrs.data);
  }
  hash.update(roots.map((node) => numbers.get(node)).join(','));
  return hash.digest('hex');
}

/**
 * A name for what a loop costs: its primitives, shapes and wiring, without the values of constants. Two loops of the same
 * fingerprint take the same time, whatever their learning rate or data are.
 */
export function costFingerprint(loop: LoopProgram): string {
  return digest(loop, false);
}

/** A name for what a loop computes: two loops of the same digest give the same numbers. */
export function programDigest(loop: LoopProgram): string {
  return digest(loop, true);
}
