import type { OptionTable } from '../samplerForm';

/** Options of every sampler that goes on for as long as it is told and keeps draws. */
export const chainOptions = {
  steps: { kind: 'integer', default: 1000, least: 1, help: 'steps of every particle' },
  burnIn: { kind: 'integer', default: 0, least: 0, help: 'first steps that are left out of acceptance and draws' },
  thin: { kind: 'integer', default: 1, least: 1, help: 'every how many steps a draw is kept' },
  chains: { kind: 'integer', default: 16, least: 0, most: 4096, help: 'particles of which draws are kept' },
} as const satisfies OptionTable;

/** Options of MALA and HMC. */
export const metropolisOptions = {
  ...chainOptions,
  burnIn: { ...chainOptions.burnIn, default: 200 },
  adapt: { kind: 'switch', default: true, help: 'find the step size during burn-in' },
} as const satisfies OptionTable;
