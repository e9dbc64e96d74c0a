import type { FittedMoments } from '../../data/mixing';
import type { BuiltinMixingSpec } from '../../data/spec';
import { EnergyFileError } from '../../energy/errors';
import type { CustomMixingSpec, TracedEnergy } from '../../energy/traced';
import type { FitSettings } from '../../shared/settings';

/** A Gaussian at the data's mean, `width` of their standard deviations wide. */
function gaussian({ std }: FittedMoments, width: number): BuiltinMixingSpec {
  return { kind: 'gaussian', ...(width > 0 && { std: Array.from(std, (s) => width * (s || 1)) }) };
}

/** A box around the middle of the data, `width` of their ranges wide. */
function uniformBox({ low, high }: FittedMoments, width: number): BuiltinMixingSpec {
  if (width === 0) return { kind: 'uniformBox' };
  const edge = (side: 1 | -1): number[] => Array.from(low, (l, j) => (l + high[j]! + side * width * (high[j]! - l)) / 2);
  return { kind: 'uniformBox', low: edge(-1), high: edge(1) };
}

/**
 * The mixing density of a fit before what it leaves open is fitted to the data: the settings' choice, else the energy file's, else a Gaussian.
 * Throws EnergyFileError where a width is given for the energy file's own.
 */
export function chosenMixing(
  traced: TracedEnergy,
  { mixing, mixingWidth }: FitSettings,
  moments: FittedMoments,
): BuiltinMixingSpec | CustomMixingSpec {
  if (mixing === 'gaussian') return gaussian(moments, mixingWidth);
  if (mixing === 'uniformBox') return uniformBox(moments, mixingWidth);
  if (mixingWidth > 0) {
    const message = `mixingWidth ${mixingWidth} has nothing to set: the mixing density is the energy file's; choose mixing "gaussian" or "uniformBox" with it.`;
    throw new EnergyFileError('argument', message, traced.source);
  }
  return traced.mixing ?? { kind: 'gaussian' };
}
