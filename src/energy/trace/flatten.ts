/** Parameter trees and the list of their leaves. */

import { Tensor } from '@tensorflow/tfjs-core';
import { show } from '../api/check';
import type { ParameterTree } from '../api/parameters';
import { TraceError } from './traceError';
import type { SourcePosition } from '../../graph/graph';

/** A parameter by its path, such as `layers.0.w`. */
export interface NamedTensor {
  readonly name: string;
  readonly tensor: Tensor;
}

const mostLeaves = 100_000;

/**
 * The leaves of a tree in the order of its keys.
 *
 * @throws TraceError where a leaf is no tensor of finite float32
 */
export function flatten(tree: unknown, position: SourcePosition | undefined): NamedTensor[] {
  const out: NamedTensor[] = [];
  const above = new Set<object>();
  const fail = (message: string): never => {
    throw new TraceError('params', message, position);
  };
  const visit = (value: unknown, path: string): void => {
    if (value instanceof Tensor) {
      if (value.dtype !== 'float32') fail(`The parameter ${path} is of type ${value.dtype}; parameters must be float32.`);
      out.push({ name: path, tensor: value as Tensor });
      if (out.length > mostLeaves) fail('There are too many parameters.');
      return;
    }
    if (value instanceof Promise) fail('params must not be async: it must return its tensors at once.');
    if (typeof value !== 'object' || value === null) {
      fail(
        path === ''
          ? `params must return a record of tensors, not ${show(value)}.`
          : `The parameter ${path} must be a tensor, not ${show(value)}; use init.constant.`,
      );
      return;
    }
    if (above.has(value)) fail(`The parameter ${path} contains itself.`);
    above.add(value);
    for (const [key, child] of Object.entries(value)) visit(child, path === '' ? key : `${path}.${key}`);
    above.delete(value);
  };
  visit(tree, '');
  const [only] = out;
  return only?.name === '' ? [{ ...only, name: 'params' }] : out;
}

/** The same tree with other tensors, which come in the order of `flatten`. */
export function rebuild(tree: unknown, tensors: readonly Tensor[]): ParameterTree {
  let next = 0;
  const visit = (value: unknown): ParameterTree => {
    if (value instanceof Tensor) return tensors[next++]!;
    if (Array.isArray(value)) return value.map(visit);
    return Object.fromEntries(Object.entries(value as Record<string, unknown>).map(([key, child]) => [key, visit(child)]));
  };
  return visit(tree);
}
