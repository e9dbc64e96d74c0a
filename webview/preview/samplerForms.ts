/** Some samplers as the engine describes them. */

import type { OptionTable, SamplerForm } from '../../src/shared/samplerForm';

const chain: OptionTable = {
  steps: { kind: 'integer', default: 1000, least: 1, help: 'steps of every particle' },
  burnIn: { kind: 'integer', default: 0, least: 0, help: 'first steps that are left out of acceptance and draws' },
  thin: { kind: 'integer', default: 1, least: 1, help: 'every how many steps a draw is kept' },
  chains: { kind: 'integer', default: 16, least: 0, most: 4096, help: 'particles of which draws are kept' },
};

export const samplerForms: readonly SamplerForm[] = [
  {
    name: 'langevin',
    label: 'Langevin',
    summary: 'Unadjusted Langevin dynamics: fast, a little too warm, and slow to cross between modes.',
    options: { ...chain, stepSize: { kind: 'number', default: 0.01, above: 0, help: 'eps in x + (eps/2) s + sqrt(eps) z' } },
  },
  {
    name: 'mala',
    label: 'MALA',
    summary: 'Langevin dynamics with an acceptance step: exact within a mode.',
    options: {
      ...chain,
      stepSize: { kind: 'number', default: 0.1, above: 0, help: 'step size at the start' },
      adapt: { kind: 'switch', default: true, help: 'whether the step size is adapted during burn-in' },
      targetAcceptance: { kind: 'number', default: 0.574, above: 0, most: 1, help: 'acceptance that the adaptation aims at' },
    },
  },
  {
    name: 'annealed-langevin',
    label: 'Annealed Langevin',
    summary: 'Langevin dynamics under falling noise: particles are shared out between modes while the modes still overlap.',
    options: {
      stepSize: { kind: 'number', default: 0.1, above: 0, help: 'eps at the last noise level; it grows with the square of the noise' },
      largestNoise: { kind: 'number', default: 20, above: 0, help: 'sigma_1: about the largest distance between particles' },
      smallestNoise: { kind: 'number', default: 1, above: 0, help: 'sigma_L' },
      levels: { kind: 'integer', default: 10, least: 2, help: 'noise levels, geometric' },
      stepsPerLevel: { kind: 'integer', default: 100, least: 1, help: 'steps at each level' },
    },
  },
  {
    name: 'svgd',
    label: 'SVGD',
    summary: 'Stein variational gradient descent: particles that attract to the density and repel each other.',
    options: {
      steps: { kind: 'integer', default: 1500, least: 1, help: 'steps of all particles' },
      kernel: { kind: 'choice', default: 'median', choices: ['median', 'fixed'], help: 'how the bandwidth is found' },
      bandwidth: { kind: 'number', default: 1, above: 0, help: 'of a fixed kernel' },
    },
  },
];
