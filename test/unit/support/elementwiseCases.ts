import { gaussLegendre } from '../../../src/data/gaussLegendre';
import type { ActivationFunction, BinaryFunction, DType, Shape, UnaryFunction } from '../../../src/graph/graph';
import { awayFromZero, distinct, spread } from './numbers';
import { bool, type CaseInput, float, int, type CaseOf, type PrimitiveCase, type PrimitiveCases } from './primitiveCase';

type Elementwise = UnaryFunction | BinaryFunction | 'select' | 'cast' | 'activation';

const rule = gaussLegendre(60);

/** The error function by quadrature of its integral: 60 nodes are exact to float64 roundoff for |x| <= 6. */
export function integratedErf(x: number): number {
  const integrand = (u: number): number => (2 / Math.sqrt(Math.PI)) * Math.exp(-u * u);
  return rule.nodes.reduce((total, t, i) => total + (x / 2) * rule.weights[i]! * integrand((x * (t + 1)) / 2), 0);
}

function unaryCase(label: string, f: (x: number) => number, input: CaseInput, dtype: DType = 'float32'): CaseOf<UnaryFunction> {
  return { label, inputs: [input], attrs: {}, shape: input.shape, dtype, value: (index, x) => f(x.at(...index)) };
}

/** Inside a domain, 0.4 or more away from its edges, on an odd shape. */
const within = (low: number, high: number, seed: number): CaseInput => float([2, 3], spread(6, low, high, seed));
const signed = (seed: number): CaseInput => float([2, 3], awayFromZero(6, 0.1, 1.5, seed));

function smooth(f: (x: number) => number, input: CaseInput): CaseOf<UnaryFunction>[] {
  return [unaryCase('[2, 3]', f, input)];
}

/** Values between the jumps of floor, ceil and round, and values on them. */
function steps(f: (x: number) => number): CaseOf<UnaryFunction>[] {
  const onJumps = unaryCase('on the jumps', f, float([7], [-2.5, -1.5, -0.5, 0.5, 1.5, 2.5, -3]));
  return [unaryCase('between the jumps', f, float([5], [-1.7, -0.3, 0.2, 1.3, 2.8])), { ...onJumps, active: [] }];
}

const unaryCases: { readonly [F in UnaryFunction]: readonly CaseOf<UnaryFunction>[] } = {
  neg: smooth((x) => -x, signed(1)),
  abs: smooth((x) => (x < 0 ? -x : x), signed(2)),
  sign: [...smooth((x) => (x < 0 ? -1 : 1), signed(3)), { ...unaryCase('at zero', () => 0, float([1], [0])), active: [] }],
  exp: [
    unaryCase('rank 0', (x) => Math.E ** x, float([], [0.7])),
    unaryCase('rank 4', (x) => Math.E ** x, float([2, 1, 3, 2], spread(12, -2, 2, 4))),
  ],
  expm1: [
    ...smooth((x) => Math.E ** x - 1, signed(5)),
    unaryCase('near zero', (x) => x + (x * x) / 2 + x ** 3 / 6, float([2], [1e-4, -1e-4])),
  ],
  log: smooth((x) => Math.log10(x) * Math.LN10, within(0.4, 3, 6)),
  log1p: [
    ...smooth((x) => Math.log10(1 + x) * Math.LN10, within(-0.6, 2, 7)),
    unaryCase('near zero', (x) => x - (x * x) / 2 + x ** 3 / 3, float([2], [1e-4, -1e-4])),
    unaryCase('large', (x) => Math.log10(1 + x) * Math.LN10, float([3], [1e3, 1e6, 1e9])),
  ],
  sqrt: smooth((x) => x ** 0.5, within(0.4, 3, 8)),
  reciprocal: smooth((x) => x ** -1, float([2, 3], awayFromZero(6, 0.4, 2, 9))),
  sin: smooth((x) => Math.cos(x - Math.PI / 2), signed(10)),
  cos: smooth((x) => Math.sin(x + Math.PI / 2), signed(11)),
  tan: smooth((x) => Math.sin(x) / Math.cos(x), within(-1, 1, 12)),
  asin: smooth((x) => Math.atan2(x, Math.sqrt(1 - x * x)), within(-0.6, 0.6, 13)),
  acos: smooth((x) => Math.atan2(Math.sqrt(1 - x * x), x), within(-0.6, 0.6, 14)),
  atan: smooth((x) => Math.asin(x / Math.sqrt(1 + x * x)), signed(15)),
  sinh: smooth((x) => (Math.exp(x) - Math.exp(-x)) / 2, signed(16)),
  cosh: smooth((x) => (Math.exp(x) + Math.exp(-x)) / 2, signed(17)),
  asinh: smooth((x) => Math.log(x + Math.sqrt(x * x + 1)), signed(18)),
  acosh: smooth((x) => Math.log(x + Math.sqrt(x * x - 1)), within(1.4, 3, 19)),
  atanh: smooth((x) => Math.log((1 + x) / (1 - x)) / 2, within(-0.6, 0.6, 20)),
  erf: [...smooth(integratedErf, signed(21)), unaryCase('far out', integratedErf, float([6], [-5.5, -3, 2.4999, 2.5, 2.51, 4]))],
  floor: steps((x) => x - (((x % 1) + 1) % 1)),
  ceil: steps((x) => -(-x - (((-x % 1) + 1) % 1))),
  round: steps((x) => (Math.abs(x % 1) === 0.5 ? 2 * Math.round(x / 2) : Math.trunc(x + (x < 0 ? -0.5 : 0.5)))),
  sigmoid: smooth((x) => 1 / (1 + Math.exp(-x)), signed(22)),
  tanh: smooth((x) => 1 - 2 / (Math.exp(2 * x) + 1), signed(23)),
  softplus: smooth((x) => Math.log(1 + Math.exp(x)), signed(24)),
  relu: smooth((x) => (x > 0 ? x : 0), signed(25)),
  logicalNot: [unaryCase('bool', (x) => 1 - x, bool([2, 2], [0, 1, 1, 0]), 'bool')],
  stopGradient: [{ ...unaryCase('[2, 3]', (x) => x, signed(26)), active: [] }],
};

function binaryCase(
  label: string,
  f: (a: number, b: number) => number,
  a: CaseInput,
  b: CaseInput,
  shape: Shape,
  dtype: DType = 'float32',
): CaseOf<BinaryFunction> {
  return { label, inputs: [a, b], attrs: {}, shape, dtype, value: (index, x, y) => f(x.under(index), y.under(index)) };
}

/** Equal shapes, both sides broadcast, a scalar, a lower rank: every way in which shapes can meet. */
function broadcasts(f: (a: number, b: number) => number, values: (count: number, seed: number) => number[]): CaseOf<BinaryFunction>[] {
  const tensor = (shape: Shape, count: number, seed: number): CaseInput => float(shape, values(count, seed));
  return [
    binaryCase('equal shapes', f, tensor([2, 3], 6, 31), tensor([2, 3], 6, 32), [2, 3]),
    binaryCase('[2, 1, 3] and [4, 1]', f, tensor([2, 1, 3], 6, 33), tensor([4, 1], 4, 34), [2, 4, 3]),
    binaryCase('scalar and [1, 2, 1, 2]', f, tensor([], 1, 35), tensor([1, 2, 1, 2], 4, 36), [1, 2, 1, 2]),
    binaryCase('[3] and [2, 3]', f, tensor([3], 3, 37), tensor([2, 3], 6, 38), [2, 3]),
    binaryCase('[2, 3] and [1]', f, tensor([2, 3], 6, 39), tensor([1], 1, 40), [2, 3]),
  ];
}

const anySign = (count: number, seed: number): number[] => awayFromZero(count, 0.4, 1.5, seed);

/** The first argument on even multiples of .3, the second on odd ones: no ties. */
function untied(f: (a: number, b: number) => number): CaseOf<BinaryFunction>[] {
  const b = distinct(3, 0.6, 52).map((v) => v + 0.3);
  const tie = binaryCase('ties', f, float([3], [1, -1, 0]), float([3], [1, -1, 0]), [3]);
  return [
    binaryCase(
      'no ties',
      f,
      float(
        [2, 3],
        distinct(6, 0.6, 51).map((v) => v + 0.3),
      ),
      float(
        [3],
        b.map((v) => v + 0.15),
      ),
      [2, 3],
    ),
    { ...tie, active: [] },
  ];
}

function comparison(f: (a: number, b: number) => boolean): CaseOf<BinaryFunction>[] {
  return [binaryCase('less, equal, greater', (a, b) => Number(f(a, b)), float([3, 1], [-1, 0, 2]), float([3], [-1, 0, 1]), [3, 3], 'bool')];
}

function logical(f: (a: boolean, b: boolean) => boolean): CaseOf<BinaryFunction>[] {
  const value = (a: number, b: number): number => Number(f(a === 1, b === 1));
  return [binaryCase('truth table', value, bool([2, 1], [0, 1]), bool([2], [0, 1]), [2, 2], 'bool')];
}

const powers: CaseOf<BinaryFunction>[] = [
  ...broadcasts(
    (a, b) => Math.exp(b * Math.log(a)),
    (count, seed) => spread(count, 0.5, 2, seed),
  ),
  {
    ...binaryCase(
      'negative base, whole exponent',
      (a, b) => (b === 3 ? a * a * a : 1 / (a * a)),
      float([2, 2], [-1.5, 0.7, -0.6, -2]),
      float([2], [3, -2]),
      [2, 2],
    ),
    active: [0],
  },
  {
    ...binaryCase(
      'base zero, exponents 0 to 4',
      (_, b) => (b === 0 ? 1 : 0),
      float([5], [0, 0, 0, 0, 0]),
      float([5], [0, 1, 2, 3, 4]),
      [5],
    ),
    active: [0],
  },
];

const binaryCases: { readonly [F in BinaryFunction]: readonly CaseOf<BinaryFunction>[] } = {
  add: broadcasts((a, b) => a - -b, anySign),
  sub: broadcasts((a, b) => a + -b, anySign),
  mul: [
    ...broadcasts((a, b) => a / (1 / b), anySign),
    binaryCase('float32 and int32', (a, b) => a / (1 / b), float([3], anySign(3, 41)), int([3], [2, -3, 5]), [3]),
  ],
  div: broadcasts((a, b) => a * b ** -1, anySign),
  pow: powers,
  maximum: untied((a, b) => (a > b ? a : b)),
  minimum: untied((a, b) => (a > b ? b : a)),
  less: comparison((a, b) => b > a),
  lessEqual: comparison((a, b) => !(a > b)),
  equal: comparison((a, b) => !(a > b) && !(b > a)),
  logicalAnd: logical((a, b) => a && b),
  logicalOr: logical((a, b) => a || b),
};

const logistic = (x: number): number => 1 / (1 + Math.exp(-x));
const seluScale = 1.0507009873554805;
const seluAlpha = 1.6732632423543772;

/** Every activation by its textbook formula. */
export const activationFormulas: { readonly [F in ActivationFunction]: (x: number, alpha: number) => number } = {
  sigmoid: logistic,
  tanh: Math.tanh,
  softplus: (x) => Math.log1p(Math.exp(x)),
  swish: (x) => x * logistic(x),
  gelu: (x) => (x / 2) * (1 + integratedErf(x / Math.SQRT2)),
  mish: (x) => x * Math.tanh(Math.log1p(Math.exp(x))),
  relu: (x) => (x > 0 ? x : 0),
  leakyRelu: (x, alpha) => (x > 0 ? x : alpha * x),
  elu: (x) => (x > 0 ? x : Math.expm1(x)),
  selu: (x) => seluScale * (x > 0 ? x : seluAlpha * Math.expm1(x)),
};

function activationCase(fn: ActivationFunction, seed: number): CaseOf<'activation'> {
  const input = float([2, 3], awayFromZero(6, 0.1, 1.5, seed));
  const attrs = { fn, order: 0, alpha: fn === 'leakyRelu' ? 0.25 : 0 };
  return {
    label: fn,
    inputs: [input],
    attrs,
    shape: [2, 3],
    dtype: 'float32',
    value: (index, x) => activationFormulas[fn](x.at(...index), attrs.alpha),
  };
}

function selectCase(label: string, condition: CaseInput, a: CaseInput, b: CaseInput, shape: Shape): CaseOf<'select'> {
  const value: PrimitiveCase['value'] = (index, c, x, y) => (c.under(index) === 1 ? x.under(index) : y.under(index));
  return { label, inputs: [condition, a, b], attrs: {}, shape, dtype: 'float32', value };
}

function castCase(from: CaseInput, dtype: DType, f: (x: number) => number): CaseOf<'cast'> {
  return {
    label: `${from.dtype} to ${dtype}`,
    inputs: [from],
    attrs: { dtype },
    shape: from.shape,
    dtype,
    value: (index, x) => f(x.at(...index)),
  };
}

export const elementwiseCases: Pick<PrimitiveCases, Elementwise> = {
  ...unaryCases,
  ...binaryCases,
  select: [
    selectCase('[2, 1] ? [2, 3] : [3]', bool([2, 1], [1, 0]), float([2, 3], anySign(6, 61)), float([3], anySign(3, 62)), [2, 3]),
    selectCase('scalar ? [2] : [2, 2]', bool([], [0]), float([2], anySign(2, 63)), float([2, 2], anySign(4, 64)), [2, 2]),
    selectCase('[2, 2] ? scalar : [1, 2]', bool([2, 2], [0, 1, 1, 0]), float([], [0.7]), float([1, 2], anySign(2, 65)), [2, 2]),
  ],
  cast: [
    castCase(float([3], anySign(3, 66)), 'float32', (x) => x),
    castCase(float([4], [-1.7, -0.2, 0.9, 2.3]), 'int32', (x) => (x < 0 ? Math.ceil(x) : Math.floor(x)) + 0),
    castCase(float([3], [-0.5, 0, 2]), 'bool', (x) => (x === 0 ? 0 : 1)),
    castCase(int([3], [-2, 0, 5]), 'float32', (x) => x),
    castCase(bool([2], [0, 1]), 'float32', (x) => x),
  ],
  activation: (Object.keys(activationFormulas) as ActivationFunction[]).map((fn, i) => activationCase(fn, 70 + i)),
};
