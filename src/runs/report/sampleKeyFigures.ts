import { formatFixed, formatNumber, formatSeconds, formatWithError } from '../../shared/plot/numberFormat';
import type { SampleResult } from '../sampleRecord';
import { figureWords } from './figureWords';

/** The figures that say how far particles can be trusted: name and value. */
export function sampleKeyFigures(result: SampleResult, seed: number): (readonly [string, string])[] {
  const { temperature, chains, logZ, figures, steps, seconds, particles, stepsPerSecond, executor } = result;
  return [
    ...(temperature ? [['Temperature', formatWithError(temperature.value, temperature.standardError)] as const] : []),
    ...figureWords.flatMap(({ name, label, text }) => {
      const value = figures[name];
      // What is known of the end only; log Z has its bracket, and a step size that is gone is 0.
      return value === undefined || name === 'logZ' || (name === 'stepSize' && value === 0) ? [] : [[label, text(value)] as const];
    }),
    ...(chains
      ? ([
          ['R-hat', formatNumber(chains.rHat, 4)],
          ['Effective draws', `${formatFixed(chains.essBulk, 0)} bulk, ${formatFixed(chains.essTail, 0)} tails`],
        ] as const)
      : []),
    ...(logZ
      ? ([
          ['log Z, from below', formatWithError(logZ.lower, logZ.lowerError)],
          ['log Z, from above', formatWithError(logZ.upper, logZ.upperError)],
        ] as const)
      : []),
    ['Particles', formatFixed(particles, 0)],
    ['Steps', formatFixed(steps, 0)],
    ['Time', formatSeconds(seconds)],
    ['Steps per second', formatNumber(stepsPerSecond)],
    ['Executor', executor],
    ['Seed', String(seed)],
  ];
}
