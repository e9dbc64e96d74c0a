import { scored } from '../data/target';
import { add, mul, sliceAxis } from '../graph/ops';
import { langevinForm } from '../shared/samplers/langevin';
import { ChainRun } from './chainRun';
import { defineSampler } from './sampler';

/**
 * Unadjusted Langevin dynamics: x + (eps/2) s(x) + sqrt(eps) z. Its stationary law is not quite the target; on a Gaussian of
 * variance v the variance is v / (1 - eps / (4 v)).
 */
export const langevin = defineSampler({
  ...langevinForm,
  start: ({ target, executor, start, seed }, { stepSize, ...chain }) =>
    ChainRun.start({
      target,
      executor,
      seed,
      ...chain,
      n: start.length / target.dim,
      build: (graph, rows, kept) => {
        const x = graph.input('x', [rows, target.dim]);
        const normal = graph.input('normal', x.shape);
        const { score } = scored(target, x);
        const next = add(x, add(mul(stepSize / 2, score), mul(Math.sqrt(stepSize), normal)));
        return {
          rows: [{ input: x, next }],
          block: [],
          normals: [normal],
          uniforms: [],
          schedule: undefined,
          sums: [],
          draws: kept > 0 ? sliceAxis(next, 0, 0, kept) : undefined,
        };
      },
      initial: (first, rows) => Promise.resolve([Float32Array.from(start.subarray(first * target.dim, (first + rows) * target.dim))]),
      figures: () => ({ stepSize }),
    }),
});
