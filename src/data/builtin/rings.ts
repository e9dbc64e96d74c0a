import { mixtureDistribution } from '../mixtureDistribution';
import { logTwoPi, ParameterChecks } from '../parameters';
import type { Distribution } from '../distribution';
import type { BuiltinDataSpec } from '../spec';

type Spec = Extract<BuiltinDataSpec, { kind: 'rings' }>;

/** Two concentric rings of equal weight. */
export const defaultRings: Spec = { kind: 'rings', radii: [0.65, 1.3], std: 0.065, weights: [0.5, 0.5] };

/** Below this many deviations from the centre the radius counts as this; see `rings`. */
const smallestRadius = 1e-9;

/**
 * Concentric rings in the plane: a ring k, an angle a uniform on the circle, then x = (R_k + std z)(cos a, sin a), z standard normal.
 * The radius |R_k + std z| is a folded normal, so p(x) = [phi((r - R_k)/std) + phi((r + R_k)/std)] / (2 pi r std), r = |x|.
 *
 * A negative R_k + std z gives the density an integrable pole at the centre. It is cut off at a radius of 1e-9 std, which takes
 * less than 1e-9 from the total mass and keeps the log density finite everywhere.
 * @throws DataError for parameters that are no rings
 */
export function rings({ radii, std, weights }: Spec): Distribution {
  const checks = new ParameterChecks('data.rings');
  checks.require(radii.length > 0, 'radii must hold at least one radius');
  for (const radius of radii) checks.positive('every radius', radius);
  checks.positive('std', std);
  const shares = checks.weights(weights, radii.length);

  return mixtureDistribution({
    dim: 2,
    components: radii.map((radius, k) => ({ label: `ring of radius ${String(radius)}`, center: [0, 0], weight: shares[k] ?? 0 })),
    drawOne(k, random, out, offset) {
      const radius = (radii[k] ?? 0) + std * random.normal();
      const angle = 2 * Math.PI * random.uniform();
      out[offset] = radius * Math.cos(angle);
      out[offset + 1] = radius * Math.sin(angle);
    },
    logOne(k, x, offset) {
      const radius = radii[k] ?? 0;
      const r = Math.max(Math.hypot(x[offset] ?? 0, x[offset + 1] ?? 0), smallestRadius * std);
      // The folded half is exp(-2 r R / std^2) times the other.
      const folded = Math.log1p(Math.exp((-2 * r * radius) / (std * std)));
      return -0.5 * ((r - radius) / std) ** 2 + folded - 1.5 * logTwoPi - Math.log(r * std);
    },
  });
}
