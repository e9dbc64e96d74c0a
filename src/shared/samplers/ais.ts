import type { SamplerForm } from '../samplerForm';

/** Annealed importance sampling. */
export const aisForm = {
  name: 'ais',
  label: 'AIS',
  summary: 'Annealed importance sampling in both directions: mode weights, and log Z between two bounds.',
  options: {
    levels: { kind: 'integer', default: 500, least: 1, help: 'inverse temperatures between reference and target' },
    widening: { kind: 'number', default: 1, above: 0, help: 'standard deviation of the reference, in those of the start' },
    stepSize: { kind: 'number', default: 0.1, above: 0, help: 'eps of MALA that the pilot run starts from' },
  },
} as const satisfies SamplerForm;
