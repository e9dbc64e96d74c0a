import type { OptionTable, SamplerForm } from '../samplerForm';

/** Options of both. */
export const steinOptions = {
  steps: { kind: 'integer', default: 1000, least: 1, help: 'steps of every particle' },
  stepSize: { kind: 'number', default: 0.05, above: 0, help: 'step, before AdaGrad where that is chosen' },
  optimizer: { kind: 'choice', default: 'adagrad', choices: ['adagrad', 'plain'], help: 'AdaGrad (.9), or plain steps' },
  kernel: { kind: 'choice', default: 'median', choices: ['median', 'fixed'], help: 'bandwidth by the median heuristic, or fixed' },
  bandwidth: { kind: 'number', default: 1, above: 0, help: 'fixed bandwidth h in exp(-|x - y|^2 / (2 h^2))' },
  medianEvery: { kind: 'integer', default: 10, least: 1, help: 'every how many steps the median is taken anew' },
} as const satisfies OptionTable;

/** Stein variational gradient descent. */
export const svgdForm = {
  name: 'svgd',
  label: 'SVGD',
  summary: 'Stein variational gradient descent: few particles, evenly spread, that stay in the basins they start in.',
  options: steinOptions,
} as const satisfies SamplerForm;

/** SVGD in cycles. */
export const annealedSvgdForm = {
  name: 'annealed-svgd',
  label: 'Annealed SVGD',
  summary: 'SVGD in cycles: particles repel each other across the space before they settle in modes.',
  options: {
    ...steinOptions,
    cycles: { kind: 'integer', default: 10, least: 1, help: 'cycles, of which the last is plain SVGD' },
    power: { kind: 'number', default: 10, above: 0, help: 'exponent of the rise of the attractive term in each cycle' },
  },
} as const satisfies SamplerForm;
