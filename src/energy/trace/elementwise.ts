/** Lowerings of arithmetic and elementary functions. */

import type { BinaryFunction, Node, UnaryFunction } from '../../graph/graph';
import {
  activation,
  add,
  atan2,
  binary,
  div,
  less,
  maximum,
  minimum,
  mul,
  reciprocal,
  select,
  sqrt,
  square,
  sub,
  unary,
} from '../../graph/ops';
import { as, float, type KernelCall, type Lowering, type Lowerings, numeric } from './lowering';
import { frozenLogSoftmax, frozenLogSumExp, productPattern } from './patterns';

/** Functions that tfjs applies to float32 only. */
function floatFunction(fn: UnaryFunction): Lowering {
  return (call) => unary(fn, float(call.input('x')));
}

function keepingDtype(fn: UnaryFunction): Lowering {
  return (call) => unary(fn, numeric(call.input('x')));
}

function arithmetic(fn: BinaryFunction): Lowering {
  return (call) => binary(fn, numeric(call.input('a')), numeric(call.input('b')));
}

function floorDiv(call: KernelCall): Node {
  // tfjs answers with int32, whatever the operands are.
  return as(unary('floor', div(float(call.input('a')), float(call.input('b')))), 'int32');
}

/** The remainder with the sign of the divisor. */
function mod(call: KernelCall): Node {
  const a = numeric(call.input('a'));
  const b = numeric(call.input('b'));
  const [x, y] = [float(a), float(b)];
  return as(sub(x, mul(unary('floor', div(x, y)), y)), a.dtype);
}

function clip(call: KernelCall): Node {
  const x = numeric(call.input('x'));
  const low = call.number('clipValueMin', -Infinity);
  const high = call.number('clipValueMax', Infinity);
  return minimum(maximum(x, call.graph.constant(low, [], x.dtype)), call.graph.constant(high, [], x.dtype));
}

function batchNormalisation(call: KernelCall): Node {
  const x = call.input('x');
  const centred = mul(sub(x, call.input('mean')), reciprocal(sqrt(add(call.input('variance'), call.number('varianceEpsilon', 0.001)))));
  const scale = call.optional('scale');
  const offset = call.optional('offset');
  const scaled = scale ? mul(centred, scale) : centred;
  return offset ? add(scaled, offset) : scaled;
}

/** Kernels that work on each element by itself, and give numbers. */
export const elementwiseLowerings: Lowerings = {
  Abs: keepingDtype('abs'),
  Neg: keepingDtype('neg'),
  Sign: keepingDtype('sign'),
  Exp: floatFunction('exp'),
  Expm1: floatFunction('expm1'),
  Log: floatFunction('log'),
  Log1p: floatFunction('log1p'),
  Sqrt: floatFunction('sqrt'),
  Rsqrt: (call) => reciprocal(sqrt(float(call.input('x')))),
  Reciprocal: floatFunction('reciprocal'),
  Square: (call) => square(numeric(call.input('x'))),
  Sin: floatFunction('sin'),
  Cos: floatFunction('cos'),
  Tan: floatFunction('tan'),
  Asin: floatFunction('asin'),
  Acos: floatFunction('acos'),
  Atan: floatFunction('atan'),
  Sinh: floatFunction('sinh'),
  Cosh: floatFunction('cosh'),
  Asinh: floatFunction('asinh'),
  Acosh: floatFunction('acosh'),
  Atanh: floatFunction('atanh'),
  Erf: floatFunction('erf'),
  Floor: keepingDtype('floor'),
  Ceil: keepingDtype('ceil'),
  Round: keepingDtype('round'),
  Step: (call) => {
    const x = float(call.input('x'));
    return select(less(0, x), 1, call.number('alpha', 0));
  },
  ClipByValue: clip,
  Relu6: (call) => minimum(activation('relu', float(call.input('x'))), 6),
  Prelu: (call) => {
    const x = call.input('x');
    return select(less(x, 0), mul(call.input('alpha'), x), x);
  },
  Add: (call) => {
    const [a, b] = [numeric(call.input('a')), numeric(call.input('b'))];
    return frozenLogSumExp(a, b) ?? add(a, b);
  },
  AddN: (call) =>
    call
      .list()
      .map(numeric)
      .reduce((total, x) => add(total, x)),
  Sub: (call) => {
    const [a, b] = [numeric(call.input('a')), numeric(call.input('b'))];
    return frozenLogSoftmax(a, b) ?? sub(a, b);
  },
  Multiply: (call) => {
    const [a, b] = [numeric(call.input('a')), numeric(call.input('b'))];
    return productPattern(a, b) ?? mul(a, b);
  },
  RealDiv: (call) => div(float(call.input('a')), float(call.input('b'))),
  FloorDiv: floorDiv,
  Mod: mod,
  Pow: arithmetic('pow'),
  Atan2: (call) => atan2(float(call.input('a')), float(call.input('b'))),
  Maximum: arithmetic('maximum'),
  Minimum: arithmetic('minimum'),
  SquaredDifference: (call) => square(sub(numeric(call.input('a')), numeric(call.input('b')))),
  FusedBatchNorm: batchNormalisation,
};
