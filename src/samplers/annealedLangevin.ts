import { add, mul, reshape, sliceAxis, sqrt } from '../graph/ops';
import { annealedLangevinForm } from '../shared/samplers/annealedLangevin';
import { ChainRun } from './chainRun';
import { noisedByMonteCarlo } from './noisyTarget';
import { defineSampler } from './sampler';
import { SamplerError } from './samplerError';
import { scoreTemperature } from './scoreTemperature';

/**
 * Annealed Langevin dynamics (Song and Ermon 2019, algorithm 1): at falling noise sigma_1 > ... > sigma_L, geometric,
 * `stepsPerLevel` Langevin steps each of size alpha_i = eps sigma_i^2 / sigma_L^2 with the score of the noised density. The
 * particles end as draws of the target with noise sigma_L.
 */
export const annealedLangevin = defineSampler({
  ...annealedLangevinForm,
  start: ({ target, noisyTarget, executor, start, seed }, options) => {
    const { dim } = target;
    const { stepSize, largestNoise, smallestNoise, levels, stepsPerLevel, noisePoints, chains } = options;
    if (smallestNoise >= largestNoise)
      throw new SamplerError(
        'options',
        `annealed-langevin: smallestNoise (${String(smallestNoise)}) must be below largestNoise (${String(largestNoise)}).`,
      );
    const noisy = noisyTarget ?? noisedByMonteCarlo(target, noisePoints, seed);
    const sigmaAt = (step: number): number => {
      const share = Math.floor(step / stepsPerLevel) / (levels - 1);
      return largestNoise * (smallestNoise / largestNoise) ** share;
    };
    const stepAt = (step: number): number => stepSize * (sigmaAt(step) / smallestNoise) ** 2;
    return ChainRun.start({
      target,
      executor,
      seed,
      chains,
      n: start.length / dim,
      steps: levels * stepsPerLevel,
      // Draws are those at the last level.
      burnIn: (levels - 1) * stepsPerLevel,
      thin: 1,
      build: (graph, rows, kept) => {
        const x = graph.input('x', [rows, dim]);
        const normal = graph.input('normal', x.shape);
        const schedule = graph.input('schedule', [2]);
        const [sigma, step] = [0, 1].map((i) => reshape(sliceAxis(schedule, 0, i, 1), [])) as [typeof schedule, typeof schedule];
        const next = add(x, add(mul(mul(step, 0.5), noisy.score(x, sigma)), mul(sqrt(step), normal)));
        return {
          rows: [{ input: x, next }],
          block: [],
          normals: [normal],
          uniforms: [],
          schedule,
          sums: [],
          draws: kept > 0 ? sliceAxis(next, 0, 0, kept) : undefined,
        };
      },
      initial: (first, rows) => Promise.resolve([Float32Array.from(start.subarray(first * dim, (first + rows) * dim))]),
      schedule: (step, out) => {
        out.set([sigmaAt(step), stepAt(step)]);
      },
      figures: (_, step) => ({ noise: sigmaAt(step), stepSize: stepAt(step) }),
      // The particles are draws of the target with the last noise, not of the target.
      temperature: (particles) => scoreTemperature(executor, dim, (x) => noisy.score(x, x.graph.constant(smallestNoise)), particles),
    });
  },
});
