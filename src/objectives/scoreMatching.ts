/** Score matching of one energy: the exact and the sliced form. Formulas with log p = -E, every one times its factor 1/2. */

import { gradient, jvp } from '../graph/differentiate';
import { directional } from '../graph/directional';
import type { Node } from '../graph/graph';
import { add, broadcastTo, expandDims, mean, mul, neg, reshape, square, sub, sum } from '../graph/ops';

function zeros(like: Node): Node {
  return broadcastTo(like.graph.constant(0), like.shape);
}

/** The identity, [dim, n, dim]: one stacked direction a coordinate, the same in every row. */
function coordinateDirections(x: Node): Node {
  const [n = 1, dim = 1] = x.shape;
  const identity = Array.from({ length: dim * dim }, (_, i) => (i % (dim + 1) === 0 ? 1 : 0));
  return broadcastTo(x.graph.constant(identity, [dim, 1, dim]), [dim, n, dim]);
}

/** |grad E|^2 and the Laplacian of E in every row, each [n], by one forward pass over all coordinates. */
export function gradientAndLaplacian(energy: (x: Node) => Node, x: Node): { squaredGradient: Node; laplacian: Node } {
  const value = energy(x);
  const { first, second } = directional(value, new Map([[x, coordinateDirections(x)]]), x.shape[1] ?? 1);
  return { squaredGradient: first ? sum(square(first), 0) : zeros(value), laplacian: second ?? zeros(value) };
}

/** J = E[ |grad E|^2 / 2 - laplacian E ] (Hyvarinen 2005, with log p = -E). Equals the Fisher divergence up to a constant. */
export function exactScoreMatching(energy: (x: Node) => Node, x: Node): Node {
  const { squaredGradient, laplacian } = gradientAndLaplacian(energy, x);
  return mean(sub(mul(squaredGradient, 0.5), laplacian));
}

/** E_v[ (v' grad E)^2 / 2 - v' (hess E) v ] (Song et al. 2019). `directions` v: [n, dim] with E[v v'] = I. */
export function slicedScoreMatching(energy: (x: Node) => Node, x: Node, directions: Node): Node {
  const value = energy(x);
  const { first, second } = directional(value, new Map([[x, expandDims(directions, 0)]]), 1);
  const slope = first ? reshape(first, value.shape) : zeros(value);
  return mean(sub(mul(square(slope), 0.5), second ?? zeros(value)));
}

/** Score of every row, -grad E: [n, dim], by one reverse pass. The cost does not grow with the dimension. */
export function score(energy: (x: Node) => Node, x: Node): Node {
  return neg(gradient(sum(energy(x)), [x])[0]!);
}

/** E_v[ |grad E|^2 / 2 - v' (hess E) v ]: the sliced loss with the variance of its first term removed. */
export function varianceReducedSlicedScoreMatching(energy: (x: Node) => Node, x: Node, directions: Node): Node {
  const s = score(energy, x);
  const [slope] = jvp([s], new Map([[x, directions]]));
  const squared = mul(sum(square(s), 1), 0.5);
  // v' (hess E) v = -v' (ds/dx) v
  return mean(slope ? add(squared, sum(mul(directions, slope), 1)) : squared);
}

/**
 * Exact score matching at x + level sigma z: the Fisher divergence from the data convolved with N(0, (level sigma)^2).
 * `noise` z: standard normal [n, dim]; `sigma`: one number a coordinate; `level`: one factor a row, [n, 1].
 */
export function noisedScoreMatching(energy: (x: Node) => Node, x: Node, noise: Node, sigma: readonly number[], level: Node): Node {
  return exactScoreMatching(energy, add(x, mul(mul(noise, x.graph.constant(sigma, [sigma.length])), level)));
}

/**
 * E | s(x + sigma z) + z / sigma |^2 / 2 (Vincent 2011): fits the data's density convolved with N(0, sigma^2).
 * `noise` z: standard normal [n, dim]; `sigma`: one number a coordinate.
 */
export function denoisingScoreMatching(energy: (x: Node) => Node, x: Node, noise: Node, sigma: readonly number[]): Node {
  const { graph } = x;
  const noisy = add(x, mul(noise, graph.constant(sigma, [sigma.length])));
  const target = mul(
    noise,
    graph.constant(
      sigma.map((s) => 1 / s),
      [sigma.length],
    ),
  );
  return mean(mul(sum(square(add(score(energy, noisy), target)), 1), 0.5));
}

/**
 * E sigma^2 | s(x + sigma z, sigma) + z / sigma |^2 / 2 = E | sigma s(x + sigma z, sigma) + z |^2 / 2 (Song and Ermon 2019):
 * the weight sigma^2 makes all levels count alike. `noise` z: standard normal [n, dim]; `sigma`: one level a row, [n, 1].
 */
export function multiNoiseScoreMatching(score: (x: Node, sigma: Node) => Node, x: Node, noise: Node, sigma: Node): Node {
  const noisy = add(x, mul(noise, sigma));
  return mean(mul(sum(square(add(mul(score(noisy, sigma), sigma), noise)), 1), 0.5));
}
