import { bindProgram } from '../../energy/bind';
import type { TracedEnergy } from '../../energy/traced';
import type { Node } from '../../graph/graph';
import { neg } from '../../graph/ops';
import { guided, guidedNoisy } from '../../samplers/guidance';
import { SampleError } from './sampleError';
import type { SampleTarget } from './sampleTarget';

/** What steers particles: an energy without parameters, whose exp(-E) is p(y | x) up to a constant, and its weight w. */
export interface Guide {
  readonly traced: TracedEnergy;
  readonly weight: number;
}

/**
 * p(x) p(y | x)^w in place of p(x), or its score at every noise: the likelihood is taken at x whatever the noise is.
 * @throws SampleError where the guide has parameters, is a score network or is of another dimension
 */
export function guidedTarget(target: SampleTarget, { traced, weight }: Guide): SampleTarget {
  const { name, dim, network, params, energy } = traced;
  if (network !== 'energy' || params.length > 0)
    throw new SampleError('target', `"${name}" cannot guide: its likelihood must be an energy without parameters.`);
  if (dim !== target.target.dim)
    throw new SampleError('target', `"${name}" has dimension ${dim} and cannot guide particles of dimension ${target.target.dim}.`);
  const logLikelihood = (x: Node): Node => neg(bindProgram(x.graph, energy, x.shape[0] ?? 1, [x])[0] ?? x);
  const { record, noisyTarget } = target;
  return {
    ...target,
    record: {
      ...record,
      description: `${record.description}, guided by ${name} with weight ${weight}`,
      guide: { energy: name, weight },
    },
    target: record.kind === 'score' ? target.target : guided(target.target, logLikelihood, weight),
    ...(noisyTarget && { noisyTarget: guidedNoisy(noisyTarget, logLikelihood, weight) }),
    weights: null,
  };
}
