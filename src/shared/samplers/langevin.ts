import type { SamplerForm } from '../samplerForm';
import { chainOptions } from './chainOptions';

/** Unadjusted Langevin dynamics. */
export const langevinForm = {
  name: 'langevin',
  label: 'Langevin',
  summary: 'Unadjusted Langevin dynamics: fast, a little too warm, and slow to cross between modes.',
  options: {
    ...chainOptions,
    stepSize: { kind: 'number', default: 0.01, above: 0, help: 'eps in x + (eps/2) s + sqrt(eps) z' },
  },
} as const satisfies SamplerForm;
