import { describe, expect, it } from 'vitest';
import { chosenMixing } from '../../../src/engine/fit/chosenMixing';
import { momentsOf } from '../../../src/engine/fit/standardization';
import { EnergyFileError } from '../../../src/energy/errors';
import type { TracedEnergy } from '../../../src/energy/traced';
import { resolveMixing } from '../../../src/data/mixing';
import { defaultFitSettings } from '../../../src/shared/settings';

const own = { kind: 'gaussian', std: 3 } as const;
const traced = { mixing: own, source: { file: '/a.energy.ts', line: 3, column: 1 } } as unknown as TracedEnergy;
// Two coordinates: means 1 and 10, standard deviations 1 and 2, ranges [0, 2] and [8, 12].
const moments = momentsOf(Float64Array.of(0, 8, 2, 12), 2);
const settings = (mixing: 'file' | 'gaussian' | 'uniformBox', mixingWidth = 0): typeof defaultFitSettings => ({
  ...defaultFitSettings,
  mixing,
  mixingWidth,
});

describe('the mixing density of a fit', () => {
  it("is the file's unless the settings choose another, else a Gaussian", () => {
    expect(chosenMixing(traced, settings('file'), moments)).toBe(own);
    expect(chosenMixing({ ...traced, mixing: null }, settings('file'), moments)).toEqual({ kind: 'gaussian' });
  });

  it('is as wide as it is asked for, in units of the data', () => {
    const gaussian = chosenMixing(traced, settings('gaussian', 2.5), moments);
    expect(gaussian.kind !== 'custom' && resolveMixing(gaussian, moments)).toEqual({ kind: 'gaussian', mean: [1, 10], std: [2.5, 5] });
    const box = chosenMixing(traced, settings('uniformBox', 2), moments);
    expect(box.kind !== 'custom' && resolveMixing(box, moments)).toEqual({ kind: 'uniformBox', low: [-1, 6], high: [3, 14] });
  });

  it('is fitted to the data without a width', () => {
    const [gaussian, box] = [chosenMixing(traced, settings('gaussian'), moments), chosenMixing(traced, settings('uniformBox'), moments)];
    expect(gaussian.kind !== 'custom' && resolveMixing(gaussian, moments)).toMatchObject({ std: [1, 2] });
    // A width of 1.4 is what is fitted.
    const same = chosenMixing(traced, settings('uniformBox', 1.4), moments);
    const edges = (spec: typeof box): number[] => {
      const resolved = spec.kind === 'custom' ? undefined : resolveMixing(spec, moments);
      return resolved?.kind === 'uniformBox' ? [...resolved.low, ...resolved.high] : [];
    };
    edges(box).forEach((edge, i) => expect(edges(same)[i]).toBeCloseTo(edge, 12));
    expect(edges(box)).toHaveLength(4);
  });

  it('refuses a width that has nothing to set, in a line', () => {
    expect(() => chosenMixing(traced, settings('file', 2), moments)).toThrow(EnergyFileError);
    expect(() => chosenMixing(traced, settings('file', 2), moments)).toThrow(/choose mixing "gaussian" or "uniformBox"/);
  });
});
