import { mixtureDistribution } from '../mixtureDistribution';
import { logTwoPi, ParameterChecks } from '../parameters';
import type { Distribution } from '../distribution';
import type { BuiltinDataSpec } from '../spec';

type Spec = Extract<BuiltinDataSpec, { kind: 'gaussianMixture' }>;

/** Four unequal modes at the corners of a square: the example on which the Fisher divergence cannot see the weights. */
export const defaultGaussianMixture: Spec = {
  kind: 'gaussianMixture',
  means: [
    [-1, -1],
    [-1, 1],
    [1, -1],
    [1, 1],
  ],
  std: [0.2],
  weights: [0.1, 0.2, 0.3, 0.4],
};

/**
 * The mixture sum_k w_k N(mean_k, std_k^2 I) in any dimension.
 * @param checks says whose parameters these are, in errors
 * @throws DataError for parameters that are no mixture
 */
export function gaussianMixture(
  { means, std, weights }: Omit<Spec, 'kind'>,
  checks: ParameterChecks = new ParameterChecks('data.gaussianMixture'),
): Distribution {
  const dim = checks.points('means', means);
  const deviations = Float64Array.from(checks.perPart('std', std, means.length));
  const shares = checks.weights(weights, means.length);
  const flatMeans = Float64Array.from(means.flat());
  const logNorms = deviations.map((deviation) => -dim * (0.5 * logTwoPi + Math.log(deviation)));

  return mixtureDistribution({
    dim,
    components: means.map((mean, k) => ({ label: `mode ${String(k + 1)}`, center: [...mean], weight: shares[k] ?? 0 })),
    drawOne(k, random, out, offset) {
      const deviation = deviations[k] ?? 0;
      for (let j = 0; j < dim; j++) out[offset + j] = (flatMeans[k * dim + j] ?? 0) + deviation * random.normal();
    },
    logOne(k, x, offset) {
      const deviation = deviations[k] ?? 0;
      let square = 0;
      for (let j = 0; j < dim; j++) square += (((x[offset + j] ?? 0) - (flatMeans[k * dim + j] ?? 0)) / deviation) ** 2;
      return (logNorms[k] ?? 0) - 0.5 * square;
    },
  });
}
