import { describe, expect, it } from 'vitest';
import { jvp } from '../../../src/graph/differentiate';
import type { ActivationFunction } from '../../../src/graph/graph';
import { activation, broadcastTo } from '../../../src/graph/ops';
import { evaluate } from '../../../src/graph/reference';
import { createGraph } from '../../../src/graph/table';
import { activationFormulas } from '../support/elementwiseCases';
import { derivativeError } from '../support/finiteDifferences';
import { difference, moved } from '../support/numbers';
import { createPlainGraph } from '../support/plainGraph';

/** Far from and near to the origin, on both sides of the kink that some have there. */
const points = [-4.5, -2.25, -1, -0.375, -0.125, 0.125, 0.5, 1.25, 2.5, 4];
const ones = points.map(() => 1);

const activations: readonly { fn: ActivationFunction; alpha: number; kink: boolean; left: number; slope: number }[] = [
  // `left` is the value at -40; `slope` the derivative there. At +40 all but two are the identity (selu times its scale).
  { fn: 'sigmoid', alpha: 0, kink: false, left: 0, slope: 0 },
  { fn: 'tanh', alpha: 0, kink: false, left: -1, slope: 0 },
  { fn: 'softplus', alpha: 0, kink: false, left: 0, slope: 0 },
  { fn: 'swish', alpha: 0, kink: false, left: 0, slope: 0 },
  { fn: 'gelu', alpha: 0, kink: false, left: 0, slope: 0 },
  { fn: 'mish', alpha: 0, kink: false, left: 0, slope: 0 },
  { fn: 'relu', alpha: 0, kink: true, left: 0, slope: 0 },
  { fn: 'leakyRelu', alpha: 0.2, kink: true, left: -8, slope: 0.2 },
  { fn: 'leakyRelu', alpha: 0.01, kink: true, left: -0.4, slope: 0.01 },
  { fn: 'elu', alpha: 0, kink: true, left: -1, slope: 0 },
  { fn: 'selu', alpha: 0, kink: true, left: -1.7580993408473766, slope: 0 },
];

const right: Partial<Record<ActivationFunction, { value: number; slope: number }>> = {
  sigmoid: { value: 1, slope: 0 },
  tanh: { value: 1, slope: 0 },
  selu: { value: 40 * 1.0507009873554805, slope: 1.0507009873554805 },
};

/** Values of the order-th derivative at x, in a graph with or without the simplifier. */
function derivative(fn: ActivationFunction, alpha: number, order: number, x: ArrayLike<number>, create = createGraph): Float64Array {
  const graph = create();
  const input = graph.input('x', [x.length]);
  return evaluate([activation(fn, input, order, alpha)], new Map([[input, x]]))[0]!;
}

describe.each(activations)('$fn (alpha $alpha)', ({ fn, alpha, kink, left, slope }) => {
  it('has its textbook value', () => {
    const expected = points.map((x) => activationFormulas[fn](x, alpha));
    expect(difference(derivative(fn, alpha, 0, points), expected)).toBeLessThanOrEqual(1e-14);
  });

  it.each([1, 2, 3, 4])('has as derivative of order %i the central difference of the order below', (order) => {
    const below = (e: number): Float64Array => derivative(fn, alpha, order - 1, moved(points, e, ones));
    for (const create of [createGraph, createPlainGraph]) {
      expect(derivativeError(derivative(fn, alpha, order, points, create), below)).toBeLessThanOrEqual(1);
    }
  });

  it('is smooth at zero, where it has no kink', () => {
    const orders = kink ? [] : [1, 2, 3, 4];
    for (const order of orders) {
      expect(
        derivativeError(derivative(fn, alpha, order, [0]), (e) => derivative(fn, alpha, order - 1, [e])),
        `order ${order}`,
      ).toBeLessThanOrEqual(1);
    }
    expect(derivative(fn, alpha, 0, [0])[0]).toBe(activationFormulas[fn](0, alpha));
  });

  it('is differentiated by raising its order', () => {
    const graph = createGraph();
    const x = graph.input('x', [points.length]);
    let node = activation(fn, x, 0, alpha);
    for (let order = 1; order <= 4; order++) {
      node = jvp([node], new Map([[x, broadcastTo(graph.constant(1), x.shape)]]))[0] ?? broadcastTo(graph.constant(0), x.shape);
      const [value] = evaluate([node], new Map([[x, points]]));
      expect(difference(value!, derivative(fn, alpha, order, points)), `order ${order}`).toBeLessThanOrEqual(1e-12);
    }
  });

  it.each([40, 1000])('saturates at -%i and +%i without NaN', (x) => {
    const limit = right[fn] ?? { value: 40, slope: 1 };
    for (const create of [createGraph, createPlainGraph]) {
      const [low, high] = derivative(fn, alpha, 0, [-x, x], create);
      const scale = x / 40;
      const linear = (v: number, s: number): number => (s === 0 ? v : v * scale);
      // exp(-40) = 4e-18, times 40 for the activations with a factor x.
      expect(Math.abs(low! - linear(left, slope))).toBeLessThanOrEqual(1e-12);
      expect(Math.abs(high! - linear(limit.value, limit.slope))).toBeLessThanOrEqual(1e-12 * x);
      expect(difference(derivative(fn, alpha, 1, [-x, x], create), [slope, limit.slope])).toBeLessThanOrEqual(1e-12);
      for (const order of [2, 3, 4])
        expect(difference(derivative(fn, alpha, order, [-x, x], create), [0, 0]), `order ${order}`).toBeLessThanOrEqual(1e-12);
    }
  });
});
