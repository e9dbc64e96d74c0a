/** Lowerings of comparisons, logic, selection and conversion. */

import type { BinaryFunction, Node } from '../../graph/graph';
import { binary, equal, less, lessEqual, logicalNot, select, unary } from '../../graph/ops';
import { as, float, type KernelCall, type Lowering, type Lowerings, numeric } from './lowering';

function comparison(compare: (a: Node, b: Node) => Node): Lowering {
  return (call) => compare(numeric(call.input('a')), numeric(call.input('b')));
}

function logical(fn: BinaryFunction): Lowering {
  return (call) => binary(fn, as(call.input('a'), 'bool'), as(call.input('b'), 'bool'));
}

function selection(call: KernelCall): Node {
  const [a, b] = [numeric(call.input('t')), numeric(call.input('e'))];
  const dtype = a.dtype === 'float32' || b.dtype === 'float32' ? 'float32' : a.dtype;
  return select(as(call.input('condition'), 'bool'), as(a, dtype), as(b, dtype));
}

function conversion(call: KernelCall): Node {
  const dtype = call.text('dtype');
  if (dtype !== 'float32' && dtype !== 'int32' && dtype !== 'bool')
    call.refuse(`tf.cast to ${dtype} cannot be part of an energy; use float32.`);
  return as(call.input('x'), dtype);
}

/** Kernels that give or take booleans. */
export const logicLowerings: Lowerings = {
  Less: comparison(less),
  LessEqual: comparison(lessEqual),
  Greater: comparison((a, b) => less(b, a)),
  GreaterEqual: comparison((a, b) => lessEqual(b, a)),
  Equal: comparison(equal),
  NotEqual: comparison((a, b) => logicalNot(equal(a, b))),
  LogicalAnd: logical('logicalAnd'),
  LogicalOr: logical('logicalOr'),
  LogicalNot: (call) => logicalNot(as(call.input('x'), 'bool')),
  IsNan: (call) => {
    const x = float(call.input('x'));
    return logicalNot(equal(x, x));
  },
  IsInf: (call) => equal(unary('abs', float(call.input('x'))), Infinity),
  IsFinite: (call) => less(unary('abs', float(call.input('x'))), Infinity),
  Select: selection,
  Cast: conversion,
  Identity: (call) => call.input('x'),
};
