/** Radial kernels k(x, y) = phi(u), u = |x - y|^2 / l^2, and the Stein kernels they give. */

import type { Node } from '../../graph/graph';
import { add, exp, mul, neg, reciprocal, sqrt, square } from '../../graph/ops';

/**
 * What the Stein kernel needs of phi. In units of the bandwidth, z = x / l and t = l s(x), Gorham and Mackey 2017 (equation 6),
 * Chwialkowski et al. 2016 (section 2) and Liu, Lee and Jordan 2016 (theorem 3.6) all give, for a radial kernel in d dimensions,
 *   l^2 h(x, y) = phi [ t.t' + slope ((z - z').(t - t') + d) - curvature ],
 * slope = -2 phi' / phi, curvature = 4 u phi'' / phi.
 */
export interface Profile<T> {
  readonly value: T;
  readonly slope: T;
  readonly curvature: T;
}

interface SteinKernel {
  /** Element-wise on a node of any shape. */
  profile(u: Node): Profile<Node>;
  profileAt(u: number): Profile<number>;
}

/** imq: (1 + u)^(-1/2); rbf: exp(-u / 2). */
export const steinKernels = {
  imq: {
    profile(u) {
      const inverse = reciprocal(add(u, 1));
      return { value: sqrt(inverse), slope: inverse, curvature: mul(mul(3, u), square(inverse)) };
    },
    profileAt: (u) => ({ value: 1 / Math.sqrt(1 + u), slope: 1 / (1 + u), curvature: (3 * u) / (1 + u) ** 2 }),
  },
  rbf: {
    profile: (u) => ({ value: exp(mul(neg(u), 0.5)), slope: u.graph.constant(1), curvature: u }),
    profileAt: (u) => ({ value: Math.exp(-u / 2), slope: 1, curvature: u }),
  },
} as const satisfies Record<string, SteinKernel>;

export type SteinKernelId = keyof typeof steinKernels;
