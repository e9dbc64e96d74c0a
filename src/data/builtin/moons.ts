import { mixtureDistribution } from '../mixtureDistribution';
import { noisyCurve, maxPanels, panelsNeeded } from '../noisyCurve';
import { ParameterChecks } from '../parameters';
import type { Distribution } from '../distribution';
import type { Curve } from '../noisyCurve';
import type { BuiltinDataSpec } from '../spec';

type Spec = Extract<BuiltinDataSpec, { kind: 'moons' }>;

/** Two moons with noise 0.1. */
export const defaultMoons: Spec = { kind: 'moons', std: 0.1 };

function arc(point: Curve['point']): Curve {
  return { end: Math.PI, point, speed: () => 1, density: () => 1 / Math.PI, smoothStep: 0.4 };
}

/**
 * Two interleaved half circles of equal weight, as in scikit-learn's `make_moons`: an angle t uniform on [0, pi], the point
 * (cos t, sin t) or (1 - cos t, 1/2 - sin t), plus isotropic Gaussian noise. The density is the integral over t (see `noisyCurve`).
 * @throws DataError unless std is positive and the quadrature can resolve it (about 1e-5)
 */
export function moons({ std }: Spec): Distribution {
  const arcs = [arc((t) => [Math.cos(t), Math.sin(t)]), arc((t) => [1 - Math.cos(t), 0.5 - Math.sin(t)])];
  const checks = new ParameterChecks('data.moons');
  checks.positive('std', std);
  for (const curve of arcs) checks.require(panelsNeeded(curve, std) <= maxPanels, `std ${String(std)} is too small for an exact density`);
  const logDensities = arcs.map((curve) => noisyCurve(curve, std));

  return mixtureDistribution({
    dim: 2,
    components: [
      { label: 'upper moon', center: [0, 2 / Math.PI], weight: 0.5 },
      { label: 'lower moon', center: [1, 0.5 - 2 / Math.PI], weight: 0.5 },
    ],
    drawOne(k, random, out, offset) {
      const [x, y] = arcs[k]?.point(Math.PI * random.uniform()) ?? [0, 0];
      out[offset] = x + std * random.normal();
      out[offset + 1] = y + std * random.normal();
    },
    logOne: (k, x, offset) => logDensities[k]?.(x[offset] ?? 0, x[offset + 1] ?? 0) ?? -Infinity,
  });
}
