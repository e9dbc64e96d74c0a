import { mixtureDistribution } from '../mixtureDistribution';
import { logTwoPi, ParameterChecks } from '../parameters';
import type { Distribution } from '../distribution';
import type { BuiltinDataSpec } from '../spec';

type Spec = Extract<BuiltinDataSpec, { kind: 'pinwheel' }>;

/** Five arms, with the parameters of the FFJORD toy data. */
export const defaultPinwheel: Spec = { kind: 'pinwheel', arms: 5, radialStd: 0.3, tangentialStd: 0.1, rate: 0.25 };

/** The final enlargement in the FFJORD toy data. */
const enlargement = 2;

/**
 * A pinwheel, after Johnson et al. 2016 (arXiv 1603.06277) and the FFJORD toy data: f = (1 + radialStd z1, tangentialStd z2), turned
 * clockwise by the arm's angle plus rate exp(|f|), then doubled. The original turns by rate exp(f_1), which is nearly the same
 * (f_2 is small) but not volume preserving; with |f| the turn is a function of the radius alone, its Jacobian determinant is one, and
 * p(x) = sum_k N(turn back(x/2); (1, 0), diag) / (4 arms) exactly.
 * @throws DataError for parameters that are no pinwheel
 */
export function pinwheel({ arms, radialStd, tangentialStd, rate }: Spec): Distribution {
  const checks = new ParameterChecks('data.pinwheel');
  checks.count('arms', arms, 1, 1000);
  checks.positive('radialStd', radialStd);
  checks.positive('tangentialStd', tangentialStd);
  checks.finite('rate', rate);
  const logNorm = -logTwoPi - Math.log(radialStd * tangentialStd) - 2 * Math.log(enlargement);
  const angleOf = (k: number, radius: number) => (2 * Math.PI * k) / arms + rate * Math.exp(radius);

  return mixtureDistribution({
    dim: 2,
    components: Array.from({ length: arms }, (_, k) => ({
      label: `arm ${String(k + 1)}`,
      // Where the arm's middle (1, 0) is turned to.
      center: [enlargement * Math.cos(angleOf(k, 1)), -enlargement * Math.sin(angleOf(k, 1))],
      weight: 1 / arms,
    })),
    drawOne(k, random, out, offset) {
      const u = 1 + radialStd * random.normal();
      const v = tangentialStd * random.normal();
      const angle = angleOf(k, Math.hypot(u, v));
      out[offset] = enlargement * (u * Math.cos(angle) + v * Math.sin(angle));
      out[offset + 1] = enlargement * (v * Math.cos(angle) - u * Math.sin(angle));
    },
    logOne(k, x, offset) {
      const a = (x[offset] ?? 0) / enlargement;
      const b = (x[offset + 1] ?? 0) / enlargement;
      const angle = angleOf(k, Math.hypot(a, b));
      // So far out that the angle overflows, any angle will do: the density is zero to float64 there.
      const cos = Number.isFinite(angle) ? Math.cos(angle) : 1;
      const sin = Number.isFinite(angle) ? Math.sin(angle) : 0;
      const u = a * cos - b * sin;
      const v = a * sin + b * cos;
      return logNorm - 0.5 * (((u - 1) / radialStd) ** 2 + (v / tangentialStd) ** 2);
    },
  });
}
