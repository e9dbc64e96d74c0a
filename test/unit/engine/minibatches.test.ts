import { describe, expect, it } from 'vitest';
import { distributionOf, defaultDataSpec } from '../../../src/data/distributions';
import { resolveMixing } from '../../../src/data/mixing';
import { Minibatches, type MinibatchState } from '../../../src/engine/fit/minibatches';
import { builtinMixing } from '../../../src/engine/fit/mixing';
import { type DataSource, samplerSource, tableSource } from '../../../src/engine/fit/source';
import { identity, momentsOf, standardizationOf } from '../../../src/engine/fit/standardization';
import { Random } from '../../../src/shared/random';
import { defaultFitSettings, type ObjectiveName } from '../../../src/shared/settings';

const sampler = (): DataSource => samplerSource(distributionOf(defaultDataSpec.gaussianMixture), 'four modes', new Random(7));

/** A hundred rows: epochs end within minibatches. */
const table = (): DataSource => tableSource(sampler().overview(100), 2, 'a hundred rows');

function batches(objective: ObjectiveName, source = sampler(), batch = 32, from?: MinibatchState): Minibatches {
  const moments = momentsOf(source.overview(2000), source.dim);
  const standardization = standardizationOf(moments);
  const mixing = builtinMixing(resolveMixing({ kind: 'gaussian', mean: 50, std: 0.01 }, moments), standardization);
  return new Minibatches(
    { settings: { ...defaultFitSettings, objective, batch }, source, mixing, standardization, levels: [3, 2, 1], seed: 7 },
    from,
  );
}

describe('minibatches', () => {
  // Thirty-three rows of two numbers take their signs from two words and a bit of a third.
  for (const objective of [
    'fisher',
    'mfd',
    'mfd-self-normalised',
    'sliced',
    'sliced-vr',
    'denoising',
    'noise-annealed',
    'multi-noise',
  ] as const) {
    it(`of ${objective} do not depend on how many steps are drawn in one call`, () => {
      const whole = batches(objective, sampler(), 33).next(0, 6);
      const parts = batches(objective, sampler(), 33);
      const [first, second] = [parts.next(0, 1), parts.next(1, 5)];
      whole.forEach((values, i) => {
        expect([...first[i]!, ...second[i]!]).toEqual([...values]);
      });
    });

    for (const [kind, source] of [
      ['a sampler', sampler],
      ['a table', table],
    ] as const)
      it(`of ${objective} from ${kind} go on where a state was taken, after a way through JSON`, () => {
        const whole = batches(objective, source(), 33).next(0, 20);
        const first = batches(objective, source(), 33);
        const before = first.next(0, 13);
        const state = JSON.parse(JSON.stringify(first.state)) as MinibatchState;
        const after = batches(objective, source(), 33, state).next(13, 7);
        whole.forEach((values, i) => {
          expect([...before[i]!, ...after[i]!]).toEqual([...values]);
        });
      });
  }

  it('refuse a state that they cannot have had', () => {
    const made = batches('mfd', table(), 33);
    made.next(0, 9);
    const { state } = made;
    expect(() => batches('mfd', table(), 33, { ...state, rowsDrawn: state.rowsDrawn + 100 })).toThrow(RangeError);
    expect(() => batches('mfd', table(), 33, { ...state, streams: { ...state.streams, noise: [0, 0, 0, 0, 0, 0] } })).toThrow(RangeError);
  });

  it('hold beta n data rows on average, and never more than one row off', () => {
    // m sits far away, so its rows are told from the data's by their value.
    const made = batches('mfd', sampler(), 33);
    const [x] = made.next(0, 400);
    const counts = Array.from({ length: 400 }, (_, k) => {
      let data = 0;
      for (let i = 0; i < 33; i++) if (x![(k * 33 + i) * 2]! < 10) data++;
      return data;
    });
    expect(new Set(counts)).toEqual(new Set([26, 27]));
    // beta n = 26.4: the share of 27 is binomial with p = .4, standard error .0245.
    expect(Math.abs(counts.reduce((a, b) => a + b, 0) / 400 - 26.4)).toBeLessThan(4 * 0.0245);
  });

  it('hold the share of noise that is left: 1 in the first step, then a straight line to 0 at three quarters of the run', () => {
    const { steps } = defaultFitSettings;
    const levelsAt = (step: number): number[] => [...new Set(batches('noise-annealed').next(step, 1)[3])];
    expect(levelsAt(0)).toEqual([1]);
    expect(levelsAt((3 * steps) / 8)).toEqual([0.5]);
    expect(levelsAt((3 * steps) / 4 - 1)).toEqual([Math.fround(4 / (3 * steps))]);
    expect(levelsAt((3 * steps) / 4)).toEqual([0]);
    expect(levelsAt(steps - 1)).toEqual([0]);
    expect(batches('noise-annealed').next(steps / 2, 2)[3]).toHaveLength(64);
  });

  it('are signs or normal draws where the objective asks for random directions or noise', () => {
    const signs = batches('sliced').next(0, 2)[2]!;
    expect(signs.every((v) => Math.abs(v) === 1)).toBe(true);
    const normal = batches('denoising').next(0, 2)[2]!;
    expect(normal.some((v) => Math.abs(v) !== 1)).toBe(true);
  });
});

describe('a table of rows', () => {
  it('is seen in shuffled epochs: every row once before any twice', () => {
    const values = Float64Array.from({ length: 10 }, (_, i) => i);
    const draw = tableSource(values, 1, 'ten').stream(new Random(1));
    const seen = [...draw.next(4), ...draw.next(4), ...draw.next(4), ...draw.next(8)];
    expect(seen.slice(0, 10).sort((a, b) => a - b)).toEqual([...values]);
    expect(seen.slice(10, 20).sort((a, b) => a - b)).toEqual([...values]);
    expect(seen.slice(0, 10)).not.toEqual(seen.slice(10, 20));
  });

  it('gives an overview without repetition', () => {
    const source = tableSource(
      Float64Array.from({ length: 12 }, (_, i) => i),
      2,
      'six',
    );
    expect([...source.overview(100)]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(source.overview(3)).toHaveLength(6);
  });
});

describe('standardisation', () => {
  it('gives zero mean and unit deviation, and leaves a constant coordinate its unit', () => {
    const x = Float64Array.from([1, 5, 3, 5, 5, 5]);
    const { mean, scale } = standardizationOf(momentsOf(x, 2));
    expect([...mean]).toEqual([3, 5]);
    expect(scale[0]).toBeCloseTo(Math.sqrt(8 / 3), 12);
    expect(scale[1]).toBe(1);
    expect([...identity(2).scale]).toEqual([1, 1]);
  });
});
