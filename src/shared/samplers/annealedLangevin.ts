import type { SamplerForm } from '../samplerForm';
import { chainOptions } from './chainOptions';

/** Annealed Langevin dynamics. */
export const annealedLangevinForm = {
  name: 'annealed-langevin',
  label: 'Annealed Langevin',
  summary: 'Langevin dynamics under falling noise: particles are shared out between modes while the modes still overlap.',
  options: {
    stepSize: { kind: 'number', default: 0.1, above: 0, help: 'eps at the last noise level; it grows with the square of the noise' },
    largestNoise: { kind: 'number', default: 20, above: 0, help: 'sigma_1: about the largest distance between particles' },
    smallestNoise: { kind: 'number', default: 1, above: 0, help: 'sigma_L' },
    levels: { kind: 'integer', default: 10, least: 2, help: 'noise levels, geometric' },
    stepsPerLevel: { kind: 'integer', default: 100, least: 1, help: 'steps at each level' },
    noisePoints: { kind: 'integer', default: 256, least: 2, help: 'Monte Carlo points, where the noised density is not known exactly' },
    chains: chainOptions.chains,
  },
} as const satisfies SamplerForm;
