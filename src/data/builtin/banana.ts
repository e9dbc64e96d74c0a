import { rowsOf } from '../distribution';
import { logTwoPi, ParameterChecks } from '../parameters';
import type { Distribution } from '../distribution';
import type { BuiltinDataSpec } from '../spec';

type Spec = Extract<BuiltinDataSpec, { kind: 'banana' }>;

/** A banana two to three deviations long on each side; own choice of numbers. */
export const defaultBanana: Spec = { kind: 'banana', curvature: 0.5, std: [1, 0.3] };

/**
 * A Gaussian bent along a parabola (the twist of Haario, Saksman and Tamminen 1999, Computational Statistics 14):
 * x = std_1 z_1, y = std_2 z_2 + curvature x^2. The bend is a shear, so its Jacobian determinant is one and
 * p(x, y) = N(x; 0, std_1^2) N(y - curvature x^2; 0, std_2^2). One mode, so no parts.
 * @throws DataError for parameters that are no banana
 */
export function banana({ curvature, std }: Spec): Distribution {
  const checks = new ParameterChecks('data.banana');
  checks.finite('curvature', curvature);
  for (const value of std) checks.positive('std', value);
  const logNorm = -logTwoPi - Math.log(std[0]) - Math.log(std[1]);

  return {
    dim: 2,
    components: [],
    sample(random, n) {
      const out = new Float64Array(n * 2);
      for (let i = 0; i < n; i++) {
        const x = std[0] * random.normal();
        out[2 * i] = x;
        out[2 * i + 1] = std[1] * random.normal() + curvature * x * x;
      }
      return out;
    },
    logDensity(x) {
      const out = new Float64Array(rowsOf(x, 2));
      for (let i = 0; i < out.length; i++) {
        const a = x[2 * i] ?? 0;
        const b = (x[2 * i + 1] ?? 0) - curvature * a * a;
        out[i] = logNorm - 0.5 * ((a / std[0]) ** 2 + (b / std[1]) ** 2);
      }
      return out;
    },
    componentOf: (x) => new Int32Array(rowsOf(x, 2)),
  };
}
