import type { SamplerForm } from '../samplerForm';

/** Sequential Monte Carlo. */
export const smcForm = {
  name: 'smc',
  label: 'SMC',
  summary: 'Sequential Monte Carlo along a ladder of temperatures that it finds itself: mode weights, and log Z between two bounds.',
  options: {
    effectiveShare: {
      kind: 'number',
      default: 0.8,
      least: 0.3,
      most: 0.99,
      help: 'effective sample size that each change of temperature keeps, as a share',
    },
    moves: { kind: 'integer', default: 10, least: 1, help: 'MALA steps at each temperature' },
    widening: { kind: 'number', default: 1, above: 0, help: 'standard deviation of the reference, in those of the start' },
    stepSize: { kind: 'number', default: 0.1, above: 0, help: 'eps of MALA, at first' },
  },
} as const satisfies SamplerForm;
