/** Lowerings of matrix products. */

import type { Node } from '../../graph/graph';
import { add, matMul, select, less, mul, transpose } from '../../graph/ops';
import { fusedActivation } from './activationKernels';
import { einsum } from './einsum';
import { float, type KernelCall, type Lowerings } from './lowering';

function product(call: KernelCall): Node {
  const a = float(call.input('a'));
  const b = float(call.input('b'));
  return matMul(call.flag('transposeA') ? transpose(a) : a, call.flag('transposeB') ? transpose(b) : b);
}

function fusedProduct(call: KernelCall): Node {
  const bias = call.optional('bias');
  const linear = bias ? add(product(call), bias) : product(call);
  if (call.attr('activation') !== 'prelu') return fusedActivation(call, linear);
  return select(less(linear, 0), mul(call.input('preluActivationWeights'), linear), linear);
}

/** Matrix products. */
export const matMulLowerings: Lowerings = {
  BatchMatMul: product,
  _FusedMatMul: fusedProduct,
  Einsum: (call) => einsum(call.text('equation'), call.list().map(float), call.refuse),
};
