import type { SamplerForm } from '../samplerForm';
import { metropolisOptions } from './chainOptions';

/** Hamiltonian Monte Carlo. */
export const hmcForm = {
  name: 'hmc',
  label: 'HMC',
  summary: 'Hamiltonian Monte Carlo: long moves within a mode, exact, and still slow to cross between modes.',
  options: {
    ...metropolisOptions,
    stepSize: { kind: 'number', default: 0.1, above: 0, help: 'time step of the leapfrog, at first' },
    leaps: { kind: 'integer', default: 10, least: 1, most: 100, help: 'leapfrog steps of each move' },
    acceptance: { kind: 'number', default: 0.8, above: 0, most: 0.99, help: 'share of accepted proposals that burn-in aims at' },
  },
} as const satisfies SamplerForm;
