import { mixtureDistribution } from '../mixtureDistribution';
import { noisyCurve, maxPanels, panelsNeeded } from '../noisyCurve';
import { ParameterChecks } from '../parameters';
import type { Distribution } from '../distribution';
import type { Curve } from '../noisyCurve';
import type { BuiltinDataSpec } from '../spec';

type Spec = Extract<BuiltinDataSpec, { kind: 'spirals' }>;

/** Two arms of one and a half turns with noise 0.1. */
export const defaultSpirals: Spec = { kind: 'spirals', arms: 2, turns: 1.5, std: 0.1 };

/** One arm, t its angle in radians; the density of t grows linearly, so that the points are about evenly spaced along the arm. */
function armOf(turns: number): Curve {
  const end = 2 * Math.PI * turns;
  return {
    end,
    point: (t) => [(-t * Math.cos(t)) / 3, (t * Math.sin(t)) / 3],
    speed: (t) => Math.sqrt(1 + t * t) / 3,
    density: (t) => (2 * t) / (end * end),
    smoothStep: 0.4,
  };
}

/**
 * Archimedean spirals, as `2spirals` of the FFJORD toy data (Grathwohl et al. 2019, arXiv 1810.01367): t = 2 pi turns sqrt(u), u
 * uniform, the point (-t cos t, t sin t)/3 turned by the arm's share of a full turn, plus isotropic Gaussian noise. The original
 * also shifts each point by a uniform jitter of up to 1/6, which is left out: the density is then one integral (see `noisyCurve`).
 * @throws DataError for parameters that are no spirals, or a std that the quadrature cannot resolve
 */
export function spirals({ arms, turns, std }: Spec): Distribution {
  const checks = new ParameterChecks('data.spirals');
  checks.count('arms', arms, 1, 100);
  checks.positive('turns', turns);
  checks.positive('std', std);
  const curve = armOf(turns);
  checks.require(panelsNeeded(curve, std) <= maxPanels, `std ${String(std)} is too small for an exact density of ${String(turns)} turns`);
  const logDensity = noisyCurve(curve, std);
  const turned = Array.from({ length: arms }, (_, k) => {
    const angle = (2 * Math.PI * k) / arms;
    return { cos: Math.cos(angle), sin: Math.sin(angle) };
  });
  const [meanX, meanY] = meanOf(curve.end);

  return mixtureDistribution({
    dim: 2,
    components: turned.map(({ cos, sin }, k) => ({
      label: `arm ${String(k + 1)}`,
      center: [cos * meanX - sin * meanY, sin * meanX + cos * meanY],
      weight: 1 / arms,
    })),
    drawOne(k, random, out, offset) {
      const [x, y] = curve.point(curve.end * Math.sqrt(random.uniform()));
      const { cos, sin } = turned[k] ?? { cos: 1, sin: 0 };
      out[offset] = cos * x - sin * y + std * random.normal();
      out[offset + 1] = sin * x + cos * y + std * random.normal();
    },
    logOne(k, x, offset) {
      const { cos, sin } = turned[k] ?? { cos: 1, sin: 0 };
      const a = x[offset] ?? 0;
      const b = x[offset + 1] ?? 0;
      return logDensity(cos * a + sin * b, cos * b - sin * a);
    },
  });
}

/** The mean of an unturned arm: 2/(3 T^2) times the integral of t^2 (-cos t, sin t) from 0 to T. */
function meanOf(end: number): readonly [number, number] {
  const cosine = end * end * Math.sin(end) + 2 * end * Math.cos(end) - 2 * Math.sin(end);
  const sine = -end * end * Math.cos(end) + 2 * end * Math.sin(end) + 2 * Math.cos(end) - 2;
  const scale = 2 / (3 * end * end);
  return [-scale * cosine, scale * sine];
}
