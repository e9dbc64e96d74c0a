import type { Node } from '../../graph/graph';
import { add, div, exp, matMul, mul, reshape, sqrt, square, sub, sum, transpose } from '../../graph/ops';

/**
 * Stein features tau(x), [n, J d], at test locations v_1 ... v_J (Jitkrittum et al. 2017, "A Linear-Time Kernel Goodness-of-Fit
 * Test", section 3): xi(x, v) = s(x) k(x, v) + grad_x k(x, v) with k(x, v) = exp(-|x - v|^2 / (2 l^2)), all d coordinates of all
 * J locations beside each other, over sqrt(d J). Their mean is zero where x is from the model.
 * @param x rows [n, d]
 * @param score at the rows, [n, d]
 * @param locations [J, d]
 * @param bandwidth l, a scalar
 */
export function fssdFeatures(x: Node, score: Node, locations: Node, bandwidth: Node): Node {
  const [n = 1, d = 1] = x.shape;
  const [count = 1] = locations.shape;
  const gap = sub(reshape(x, [n, 1, d]), reshape(locations, [1, count, d]));
  const precision = div(1, square(bandwidth));
  const kernel = exp(mul(sum(square(gap), -1, true), mul(precision, -0.5)));
  const xi = mul(kernel, sub(reshape(score, [n, 1, d]), mul(gap, precision)));
  return mul(reshape(xi, [n, count * d]), 1 / Math.sqrt(count * d));
}

/** Keeps the ratio finite where the variance vanishes; the paper's, for data of about unit scale. */
const ridge = 0.01;

/**
 * FSSD^2 (the U-statistic) over its standard deviation where the model is wrong, 2 sd(mu' tau(x)), plus a ridge: what the
 * power of the test grows with (section 3.2 of the paper).
 * @param features tau, [n, m]
 */
export function fssdPower(features: Node): Node {
  const n = features.shape[0] ?? 1;
  const mean = mul(sum(features, 0, true), 1 / n);
  const squared = sum(square(mean));
  const own = mul(sum(square(features)), 1 / (n * n));
  const unbiased = mul(sub(squared, own), n / (n - 1));
  const projected = matMul(features, transpose(mean));
  const variance = mul(sum(square(sub(projected, squared))), 4 / n);
  return div(unbiased, add(sqrt(add(variance, 1e-12)), ridge));
}
