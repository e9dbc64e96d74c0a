/** The table of all kernels that can be traced, and what to say of the others. */

import { activationLowerings } from './activationKernels';
import { elementwiseLowerings } from './elementwise';
import { indexingLowerings } from './indexing';
import { logicLowerings } from './logic';
import type { Lowerings } from './lowering';
import { matMulLowerings } from './matMul';
import { reductionLowerings } from './reductions';
import { shapeLowerings } from './shapes';

/** Every kernel that can be traced. Adding one is one record. */
export const lowerings: Lowerings = {
  ...elementwiseLowerings,
  ...logicLowerings,
  ...activationLowerings,
  ...reductionLowerings,
  ...shapeLowerings,
  ...indexingLowerings,
  ...matMulLowerings,
};

/** Kernels whose value does not depend on the values of their inputs, only on shapes. */
export const shapeOnlyKernels: readonly string[] = ['ZerosLike', 'OnesLike'];

const convolution = 'convolutions and pooling cannot be traced; write the energy with dense layers (tf.matMul)';
const sorting = 'sorting cannot be traced; use tf.max, tf.min or tf.logSumExp';
const scattering = 'writing at indices cannot be traced; use tf.oneHot, a product and a sum';
const complexNumbers = 'complex numbers cannot be traced; keep real and imaginary parts in two tensors';

const reasons: readonly (readonly [RegExp, string])[] = [
  [/Conv|Pool|Dilation|^LRN/, convolution],
  [/^TopK$|^Unique$|SearchSorted|LowerBound|UpperBound/, sorting],
  [/Scatter|SegmentSum|SegmentMean|SparseToDense|Bincount/, scattering],
  [/^Complex|^Real$|^Imag$|FFT$/, complexNumbers],
  [/^Multinomial$/, 'drawing random numbers is not possible in an energy'],
];

/** What to say of a kernel that has no lowering. */
export function unsupportedMessage(kernel: string): string {
  const why = reasons.find(([pattern]) => pattern.test(kernel))?.[1];
  return `The operation ${kernel} is not supported in an energy: ${why ?? 'use tf.matMul, reductions and element-wise operations'}.`;
}
