import type { SamplerForm } from '../samplerForm';
import { metropolisOptions } from './chainOptions';

/** The Metropolis-adjusted Langevin algorithm. */
export const malaForm = {
  name: 'mala',
  label: 'MALA',
  summary: 'Langevin steps with an accept step: exact within a mode, and slow to cross between modes.',
  options: {
    ...metropolisOptions,
    stepSize: { kind: 'number', default: 0.1, above: 0, help: 'eps in x + (eps/2) s + sqrt(eps) z, at first' },
    acceptance: { kind: 'number', default: 0.574, above: 0, most: 0.99, help: 'share of accepted proposals that burn-in aims at' },
  },
} as const satisfies SamplerForm;
