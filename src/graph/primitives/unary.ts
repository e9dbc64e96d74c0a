import type { UnaryFunction } from '../graph';
import { activation, add, div, mul, neg, reciprocal, select, less, sqrt, square, sub, unary, exp } from '../ops';
import type { PrimitiveRecord } from '../primitive';
import { erf, roundHalfEven, sigmoid, softplus } from '../special';
import { type UnaryRule, unaryPrimitive } from './elementwise';

const rules: { readonly [F in UnaryFunction]: UnaryRule } = {
  neg: { f64: (x) => -x, derivative: (x) => x.graph.constant(-1), onnx: 'Neg', tfjs: (tf, x) => tf.neg(x) },
  abs: { f64: Math.abs, derivative: (x) => unary('sign', x), onnx: 'Abs', tfjs: (tf, x) => tf.abs(x) },
  sign: { f64: Math.sign, onnx: 'Sign', tfjs: (tf, x) => tf.sign(x) },
  exp: { f64: Math.exp, derivative: (_, y) => y, onnx: 'Exp', tfjs: (tf, x) => tf.exp(x) },
  expm1: {
    f64: Math.expm1,
    derivative: (x) => exp(x),
    // ONNX has no Expm1: tanh(x/2) (exp(x) + 1) is equal and exact near zero.
    onnx: (x, e) =>
      e.node('Mul', [
        e.node('Tanh', [e.node('Mul', [x, e.scalar(0.5, 'float32')])]),
        e.node('Add', [e.node('Exp', [x]), e.scalar(1, 'float32')]),
      ]),
    tfjs: (tf, x) => tf.mul(tf.tanh(tf.mul(x, 0.5)), tf.add(tf.exp(x), 1)),
  },
  log: { f64: Math.log, derivative: (x) => reciprocal(x), onnx: 'Log', tfjs: (tf, x) => tf.log(x) },
  log1p: {
    f64: Math.log1p,
    derivative: (x) => reciprocal(add(x, 1)),
    // ONNX has no Log1p: 2 atanh(x / (2 + x)) is equal, and exact near zero; far from it log(1 + x) is.
    onnx(x, e) {
      const near = e.node('Mul', [
        e.node('Atanh', [e.node('Div', [x, e.node('Add', [x, e.scalar(2, 'float32')])])]),
        e.scalar(2, 'float32'),
      ]);
      const far = e.node('Log', [e.node('Add', [x, e.scalar(1, 'float32')])]);
      return e.node('Where', [e.node('Less', [e.node('Abs', [x]), e.scalar(0.5, 'float32')]), near, far]);
    },
    tfjs: (tf, x) => tf.log1p(x),
  },
  sqrt: { f64: Math.sqrt, derivative: (_, y) => div(0.5, y), onnx: 'Sqrt', tfjs: (tf, x) => tf.sqrt(x) },
  reciprocal: { f64: (x) => 1 / x, derivative: (_, y) => neg(square(y)), onnx: 'Reciprocal', tfjs: (tf, x) => tf.reciprocal(x) },
  sin: { f64: Math.sin, derivative: (x) => unary('cos', x), onnx: 'Sin', tfjs: (tf, x) => tf.sin(x) },
  cos: { f64: Math.cos, derivative: (x) => neg(unary('sin', x)), onnx: 'Cos', tfjs: (tf, x) => tf.cos(x) },
  tan: { f64: Math.tan, derivative: (_, y) => add(square(y), 1), onnx: 'Tan', tfjs: (tf, x) => tf.tan(x) },
  asin: { f64: Math.asin, derivative: (x) => reciprocal(sqrt(sub(1, square(x)))), onnx: 'Asin', tfjs: (tf, x) => tf.asin(x) },
  acos: { f64: Math.acos, derivative: (x) => neg(reciprocal(sqrt(sub(1, square(x))))), onnx: 'Acos', tfjs: (tf, x) => tf.acos(x) },
  atan: { f64: Math.atan, derivative: (x) => reciprocal(add(square(x), 1)), onnx: 'Atan', tfjs: (tf, x) => tf.atan(x) },
  sinh: { f64: Math.sinh, derivative: (x) => unary('cosh', x), onnx: 'Sinh', tfjs: (tf, x) => tf.sinh(x) },
  cosh: { f64: Math.cosh, derivative: (x) => unary('sinh', x), onnx: 'Cosh', tfjs: (tf, x) => tf.cosh(x) },
  asinh: { f64: Math.asinh, derivative: (x) => reciprocal(sqrt(add(square(x), 1))), onnx: 'Asinh', tfjs: (tf, x) => tf.asinh(x) },
  acosh: { f64: Math.acosh, derivative: (x) => reciprocal(sqrt(sub(square(x), 1))), onnx: 'Acosh', tfjs: (tf, x) => tf.acosh(x) },
  atanh: { f64: Math.atanh, derivative: (x) => reciprocal(sub(1, square(x))), onnx: 'Atanh', tfjs: (tf, x) => tf.atanh(x) },
  erf: { f64: erf, derivative: (x) => mul(exp(neg(square(x))), 2 / Math.sqrt(Math.PI)), onnx: 'Erf', tfjs: (tf, x) => tf.erf(x) },
  floor: { f64: Math.floor, onnx: 'Floor', tfjs: (tf, x) => tf.floor(x) },
  ceil: { f64: Math.ceil, onnx: 'Ceil', tfjs: (tf, x) => tf.ceil(x) },
  round: { f64: roundHalfEven, onnx: 'Round', tfjs: (tf, x) => tf.round(x) },
  sigmoid: { f64: sigmoid, derivative: (x) => activation('sigmoid', x, 1), onnx: 'Sigmoid', tfjs: (tf, x) => tf.sigmoid(x) },
  tanh: { f64: Math.tanh, derivative: (x) => activation('tanh', x, 1), onnx: 'Tanh', tfjs: (tf, x) => tf.tanh(x) },
  softplus: {
    f64: softplus,
    derivative: (x) => activation('sigmoid', x),
    // max(x, 0) - log sigmoid(|x|): ONNX Runtime's Softplus is scalar code, ten times slower, and the sigmoid is wanted anyway.
    onnx: (x, e) => {
      const s = e.node('Sigmoid', [x]);
      const ofMagnitude = e.node('Max', [s, e.node('Sub', [e.scalar(1, 'float32'), s])]);
      return e.node('Sub', [e.node('Relu', [x]), e.node('Log', [ofMagnitude])]);
    },
    tfjs: (tf, x) => tf.softplus(x),
  },
  relu: { f64: (x) => Math.max(x, 0), derivative: (x) => select(less(0, x), 1, 0), onnx: 'Relu', tfjs: (tf, x) => tf.relu(x) },
  logicalNot: { dtype: 'bool', f64: (x) => (x === 0 ? 1 : 0), onnx: 'Not', tfjs: (tf, x) => tf.logicalNot(x) },
  stopGradient: { f64: (x) => x, onnx: 'Identity', tfjs: (tf, x) => tf.clone(x) },
};

/** Element-wise primitives of one argument. */
export const unaryPrimitives = Object.fromEntries(
  (Object.keys(rules) as UnaryFunction[]).map((name) => [name, unaryPrimitive(name, rules[name])]),
) as { readonly [F in UnaryFunction]: PrimitiveRecord<F> };
