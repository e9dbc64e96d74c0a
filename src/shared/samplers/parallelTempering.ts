import type { SamplerForm } from '../samplerForm';
import { chainOptions } from './chainOptions';

/** Parallel tempering. */
export const parallelTemperingForm = {
  name: 'parallel-tempering',
  label: 'Parallel tempering',
  summary: 'Chains at a ladder of temperatures that trade states: crosses between modes and finds their weights.',
  options: {
    ...chainOptions,
    burnIn: { ...chainOptions.burnIn, default: 300 },
    levels: { kind: 'integer', default: 10, least: 2, most: 64, help: 'inverse temperatures' },
    hottest: { kind: 'number', default: 0.01, above: 0, most: 0.99, help: 'smallest inverse temperature above 0' },
    reference: {
      kind: 'choice',
      default: 'gaussian',
      choices: ['gaussian', 'none'],
      help: 'what the ladder leads to: a Gaussian around the start, or ever flatter powers of the target',
    },
    widening: { kind: 'number', default: 1, above: 0, help: 'standard deviation of the reference, in those of the start' },
    stepSize: { kind: 'number', default: 0.1, above: 0, help: 'eps of MALA at every temperature, at first' },
    acceptance: { kind: 'number', default: 0.574, above: 0, most: 0.99, help: 'share of accepted proposals that burn-in aims at' },
  },
} as const satisfies SamplerForm;
