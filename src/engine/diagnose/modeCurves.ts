import type { Cloud } from '../../diagnose/cloud';
import type { Estimate } from '../../diagnose/density';
import { leastAt } from '../../diagnose/divergence/curves';
import { fisher, kullbackLeibler } from '../../diagnose/divergence/divergences';
import type { FirstOrderRatio, Memberships } from '../../diagnose/divergence/logRatio';
import { WeightPath } from '../../diagnose/divergence/weightPath';
import type { WeightCurve } from '../../shared/diagnosis';

/** Weights at which curves are taken: steps of .02. */
const even = Array.from({ length: 51 }, (_, i) => i / 50);
/** Most numbers that are kept so that another bridge costs less: 64 MB. In two dimensions there are 1.5 million. */
const mostKept = 8_000_000;

/** Divergences against the weight of one mode: those that no bridge changes, and what the others are computed from. */
export class ModeCurves {
  /** The weight itself is among them: there all divergences are nought. */
  readonly alpha: readonly number[];
  readonly fisher: WeightCurve;
  readonly kl: WeightCurve;
  private readonly ratioAt: (index: number) => FirstOrderRatio;

  constructor(
    cloud: Cloud,
    memberships: Memberships,
    readonly mode: number,
    weight: number,
  ) {
    const path = new WeightPath(cloud, memberships, mode, weight);
    const alpha = [...new Set([...even, weight])].sort((a, b) => a - b);
    this.alpha = alpha;
    const numbers = alpha.length * cloud.mass.length * (1 + memberships.parts.dim);
    const kept = numbers <= mostKept ? alpha.map((a) => path.ratio(a)) : undefined;
    this.ratioAt = (index) => kept?.[index] ?? path.ratio(alpha[index]!);
    this.fisher = this.curve((ratio) => fisher(cloud, ratio));
    this.kl = this.curve((ratio) => kullbackLeibler(cloud, ratio));
  }

  /** A divergence along the weights. */
  curve(divergence: (ratio: FirstOrderRatio) => Estimate): WeightCurve {
    const estimates = this.alpha.map((_, index) => divergence(this.ratioAt(index)));
    return { values: estimates.map(({ value }) => value), least: leastAt(this.alpha, estimates) };
  }
}
