import type { BinaryFunction } from '../graph';
import { cast, div, equal, less, log, logicalAnd, mul, neg, pow, select, sub } from '../ops';
import type { PrimitiveRecord } from '../primitive';
import { type BinaryRule, binaryPrimitive } from './elementwise';

const bool = (value: boolean): number => (value ? 1 : 0);

/** 1 where a > b, 1/2 where equal, else 0: both arguments share the gradient at a tie. */
function winner(a: Parameters<typeof less>[0], b: Parameters<typeof less>[0]): ReturnType<typeof less> {
  return select(less(b, a), 1, mul(cast(equal(a, b), 'float32'), 0.5));
}

/** b - 1, but 0 at a = b = 0: the slope there is 0, which 0 pow(0, -1) would miss. */
function loweredExponent(a: Parameters<typeof less>[0], b: Parameters<typeof less>[0]): ReturnType<typeof less> {
  return select(logicalAnd(equal(b, 0), equal(a, 0)), 0, sub(b, 1));
}

const rules: { readonly [F in BinaryFunction]: BinaryRule } = {
  add: { f64: (a, b) => a + b, partials: () => [() => 1, () => 1], onnx: 'Add', tfjs: (tf, a, b) => tf.add(a, b) },
  sub: { f64: (a, b) => a - b, partials: () => [() => 1, () => -1], onnx: 'Sub', tfjs: (tf, a, b) => tf.sub(a, b) },
  mul: { f64: (a, b) => a * b, partials: (a, b) => [() => b, () => a], onnx: 'Mul', tfjs: (tf, a, b) => tf.mul(a, b) },
  div: {
    f64: (a, b) => a / b,
    partials: (_, b, y) => [() => div(1, b), () => neg(div(y, b))],
    onnx: 'Div',
    tfjs: (tf, a, b) => tf.div(a, b),
  },
  pow: {
    f64: Math.pow,
    partials: (a, b, y) => [
      () => mul(b, pow(a, loweredExponent(a, b))),
      () => mul(y, select(less(0, a), log(select(less(0, a), a, 1)), 0)),
    ],
    onnx: 'Pow',
    tfjs: (tf, a, b) => tf.pow(a, b),
  },
  maximum: {
    f64: Math.max,
    partials: (a, b) => [() => winner(a, b), () => winner(b, a)],
    onnx: 'Max',
    tfjs: (tf, a, b) => tf.maximum(a, b),
  },
  minimum: {
    f64: Math.min,
    partials: (a, b) => [() => winner(b, a), () => winner(a, b)],
    onnx: 'Min',
    tfjs: (tf, a, b) => tf.minimum(a, b),
  },
  less: { dtype: 'bool', f64: (a, b) => bool(a < b), onnx: 'Less', tfjs: (tf, a, b) => tf.less(a, b) },
  lessEqual: { dtype: 'bool', f64: (a, b) => bool(a <= b), onnx: 'LessOrEqual', tfjs: (tf, a, b) => tf.lessEqual(a, b) },
  equal: { dtype: 'bool', f64: (a, b) => bool(a === b), onnx: 'Equal', tfjs: (tf, a, b) => tf.equal(a, b) },
  logicalAnd: { dtype: 'bool', f64: (a, b) => bool(a !== 0 && b !== 0), onnx: 'And', tfjs: (tf, a, b) => tf.logicalAnd(a, b) },
  logicalOr: { dtype: 'bool', f64: (a, b) => bool(a !== 0 || b !== 0), onnx: 'Or', tfjs: (tf, a, b) => tf.logicalOr(a, b) },
};

/** Element-wise primitives of two arguments. */
export const binaryPrimitives = Object.fromEntries(
  (Object.keys(rules) as BinaryFunction[]).map((name) => [name, binaryPrimitive(name, rules[name])]),
) as { readonly [F in BinaryFunction]: PrimitiveRecord<F> };
