/**
 * Derivatives of the activations, of any order, in closed form. Orders share their sub-expressions (sigmoid, tanh, exp),
 * so a training step that needs orders zero to three of one activation evaluates one transcendental function.
 */

import type { ActivationFunction, Node } from './graph';
import { add, exp, fill, less, minimum, mul, neg, select, square, sub, unary } from './ops';

/** Coefficients of a polynomial, lowest power first. */
type Polynomial = readonly number[];

/** d/dx P(y(x)) as a polynomial in y, where dy/dx = q(y). */
function differentiate(p: Polynomial, q: Polynomial): number[] {
  const slope = p.slice(1).map((c, i) => c * (i + 1));
  const out = Array<number>(Math.max(slope.length + q.length - 1, 1)).fill(0);
  slope.forEach((a, i) => {
    q.forEach((b, j) => {
      out[i + j]! += a * b;
    });
  });
  return out;
}

/** Divides by a polynomial of which it is known that it divides. */
function divideExactly(p: Polynomial, q: Polynomial): number[] {
  const rest = [...p];
  const out = Array<number>(p.length - q.length + 1).fill(0);
  for (let i = out.length - 1; i >= 0; i--) {
    const factor = rest[i + q.length - 1]! / q[q.length - 1]!;
    out[i] = factor;
    q.forEach((c, j) => {
      rest[i + j]! -= factor * c;
    });
  }
  return out;
}

function horner(p: Polynomial, y: Node): Node | number {
  let value: Node | number = p[p.length - 1] ?? 0;
  for (let i = p.length - 2; i >= 0; i--) {
    const product: Node | number = typeof value === 'number' ? (value === 0 ? 0 : mul(y, value)) : mul(y, value);
    value = typeof product === 'number' ? p[i]! : p[i] === 0 ? product : add(product, p[i]!);
  }
  return value;
}

/** The order-th derivative of y, where y' = q(y): y' times a polynomial, so that every order vanishes where y saturates. */
function autonomous(y: Node, first: Node, q: Polynomial, order: number): Node {
  if (order === 0) return y;
  let p: number[] = [...q];
  for (let k = 1; k < order; k++) p = differentiate(p, q);
  const cofactor = horner(divideExactly(p, q), y);
  return cofactor === 1 ? first : mul(first, cofactor);
}

function sigmoid(x: Node, order: number): Node {
  const s = unary('sigmoid', x);
  return autonomous(s, mul(s, sub(1, s)), [0, 1, -1], order);
}

function tanh(x: Node, order: number): Node {
  const t = unary('tanh', x);
  return autonomous(t, sub(1, square(t)), [1, 0, -1], order);
}

/** k-th derivative of the standard normal cumulative distribution function. */
function normalCdf(x: Node, order: number): Node {
  if (order === 0) return add(mul(unary('erf', mul(x, Math.SQRT1_2)), 0.5), 0.5);
  const density = mul(exp(mul(square(x), -0.5)), 1 / Math.sqrt(2 * Math.PI));
  let hermite: Node = density;
  // He_{n+1}(x) phi = -(He_n(x) phi)', carried as nodes by the recurrence He_{n+1} = x He_n - n He_{n-1}.
  let previous: Node | undefined;
  for (let n = 0; n < order - 1; n++) {
    const next: Node = previous ? sub(mul(x, hermite), mul(previous, n)) : mul(x, hermite);
    previous = hermite;
    hermite = next;
  }
  return (order - 1) % 2 === 0 ? hermite : neg(hermite);
}

/** x f(x), differentiated order times, where f is given by its derivatives. */
function timesX(x: Node, order: number, f: (order: number) => Node): Node {
  return order === 0 ? mul(x, f(0)) : add(mul(x, f(order)), order === 1 ? f(0) : mul(f(order - 1), order));
}

/** The order-th derivative of outer(inner(x)), each given by its derivatives: the Bell polynomials of Faa di Bruno's formula. */
function composed(order: number, outer: (order: number) => Node, inner: (order: number) => Node): Node {
  const bell = (n: number, k: number): Node => {
    if (k === 1) return inner(n);
    let total: Node | undefined;
    for (let i = 1, binomial = 1; i <= n - k + 1; binomial *= (n - i) / i, i++) {
      const term = mul(mul(inner(i), bell(n - i, k - 1)), binomial);
      total = total ? add(total, term) : term;
    }
    return total!;
  };
  if (order === 0) return outer(0);
  return Array.from({ length: order }, (_, i) => mul(outer(i + 1), bell(order, i + 1))).reduce((a, b) => add(a, b));
}

/** tanh(softplus(x)), the factor of mish. */
function tanhOfSoftplus(x: Node, order: number): Node {
  const inner = unary('softplus', x);
  return composed(
    order,
    (k) => tanh(inner, k),
    (k) => sigmoid(x, k - 1),
  );
}

/** Piecewise: x above zero (times `slope`), alpha (exp(x) - 1) below. */
function exponentialLinear(x: Node, order: number, slope: number, alpha: number): Node {
  const e = exp(minimum(x, 0));
  const below = alpha === 1 ? e : mul(e, alpha);
  if (order === 0) return add(slope === 1 ? unary('relu', x) : mul(unary('relu', x), slope), sub(below, alpha));
  if (order === 1) return slope === alpha ? below : select(less(0, x), slope, below);
  return select(less(0, x), 0, below);
}

/** Piecewise linear: x above zero, alpha x below. */
function leaky(x: Node, order: number, alpha: number): Node {
  if (order === 0) return select(less(0, x), x, mul(x, alpha));
  return order === 1 ? select(less(0, x), 1, alpha) : fill(x, 0);
}

// Klambauer et al. 2017, "Self-Normalizing Neural Networks".
const seluAlpha = 1.673263242354377;
const seluScale = 1.05070098735548;

type Expansion = (x: Node, order: number, alpha: number) => Node;

const expansions: { readonly [F in ActivationFunction]: Expansion } = {
  sigmoid,
  tanh,
  softplus: (x, order) => (order === 0 ? unary('softplus', x) : sigmoid(x, order - 1)),
  swish: (x, order) => timesX(x, order, (k) => sigmoid(x, k)),
  gelu: (x, order) => timesX(x, order, (k) => normalCdf(x, k)),
  mish: (x, order) => timesX(x, order, (k) => tanhOfSoftplus(x, k)),
  relu: (x, order) => (order === 0 ? unary('relu', x) : leaky(x, order, 0)),
  leakyRelu: leaky,
  elu: (x, order) => exponentialLinear(x, order, 1, 1),
  selu: (x, order) => exponentialLinear(x, order, seluScale, seluScale * seluAlpha),
};

/** The order-th derivative of an activation in primitives that executors know. */
export function expandActivation(fn: ActivationFunction, x: Node, order: number, alpha: number): Node {
  return expansions[fn](x, order, alpha);
}
