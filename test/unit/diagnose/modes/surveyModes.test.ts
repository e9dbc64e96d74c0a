import { describe, expect, it } from 'vitest';
import { basinShares } from '../../../../src/diagnose/modes/basinSplit';
import { compareWithData } from '../../../../src/diagnose/modes/compareData';
import { type ModeSurvey, surveyModes, type SurveyOptions } from '../../../../src/diagnose/modes/surveyModes';
import type { ScoreField } from '../../../../src/diagnose/fields/scoreField';
import { Random } from '../../../../src/shared/random';
import { banana, fieldOf, fourModes, mixture, ringInSpace, tenDimensions, twoModes, twoRings, unbounded } from '../densities';

async function survey(field: ScoreField, options: Partial<SurveyOptions> = {}): Promise<ModeSurvey> {
  const found = await surveyModes(field, { random: new Random(1), ...options });
  if (!('cloud' in found)) throw new Error('no modes');
  return found;
}

describe('modes of a density', () => {
  it('has places and weights by quadrature', async () => {
    const { modes, cloud, reliable } = await survey(fourModes);
    const expected = [
      [1, 1, 0.4],
      [1, -1, 0.3],
      [-1, 1, 0.2],
      [-1, -1, 0.1],
    ];
    expect(modes).toHaveLength(4);
    modes.forEach(({ center: [x, y], weight }, k) => {
      // An ascent stops where a step gains 1e-6: within sqrt(2e-6) deviations of the top. Memberships leak exp(-11).
      expect(Math.hypot(x! - expected[k]![0]!, y! - expected[k]![1]!)).toBeLessThan(1e-3);
      expect(Math.abs(weight - expected[k]![2]!)).toBeLessThan(1e-4);
    });
    expect(cloud.logZ.value).toBeCloseTo(0, 9);
    expect(reliable).toBe(true);
  });

  it('measures the barrier from the lower mode', async () => {
    const { barriers } = await survey(twoModes);
    expect(barriers).toHaveLength(1);
    // log(.2 phi(0)) - log phi(5); fifteen images miss the saddle by at most a third of a length.
    expect(Math.abs(barriers[0]!.height - (12.5 + Math.log(0.2)))).toBeLessThan(0.5);
  });

  it('weighs by importance sampling in ten dimensions, with a standard error', async () => {
    const region = { center: Array<number>(10).fill(0), scale: Array<number>(10).fill(2) };
    const { modes, cloud } = await survey(tenDimensions, { region });
    expect(modes).toHaveLength(2);
    expect(Math.abs(modes[0]!.weight - 0.8)).toBeLessThanOrEqual(4 * modes[0]!.stdErr);
    expect(modes[0]!.stdErr).toBeLessThan(0.02);
    expect(Math.abs(cloud.logZ.value)).toBeLessThanOrEqual(4 * cloud.logZ.stdErr);
  });

  it('calls a ring one mode: two in the plane, and one in space', async () => {
    const { modes } = await survey(await fieldOf(twoRings));
    expect(modes.map(({ weight }) => Number(weight.toFixed(3)))).toEqual([0.667, 0.333]);
    const space = await survey(await fieldOf(ringInSpace));
    expect(space.modes).toHaveLength(1);
    const logZ = Math.log(2 * Math.PI * 2 * 2 * Math.PI * 0.15 ** 2);
    expect(Math.abs(space.cloud.logZ.value - logZ)).toBeLessThanOrEqual(4 * space.cloud.logZ.stdErr);
  });

  it('calls a banana one mode, and finds none where the density grows for ever', async () => {
    expect((await survey(await fieldOf(banana))).modes).toHaveLength(1);
    const nothing = await surveyModes(await fieldOf(unbounded), { random: new Random(1) });
    expect(nothing.modes).toHaveLength(0);
    expect(nothing.evidence.escaped).toBe(nothing.evidence.starts);
  });
});

describe('modes beside data', () => {
  it('are spurious without data and missed without mass', async () => {
    const field = mixture([[-5], [5]], 1);
    const random = new Random(2);
    const data = Float64Array.from({ length: 1000 }, (_, i) => (i % 4 === 0 ? 20 : 5) + random.normal());
    const compared = await compareWithData(field, await survey(field, { data }), data);
    const byKind = (kind: string) => compared.filter((m) => m.kind === kind);
    expect(byKind('spurious').map(({ center }) => Math.round(center[0]!))).toEqual([-5]);
    expect(byKind('missed')).toHaveLength(1);
    expect(byKind('missed')[0]!.dataWeight).toBeCloseTo(0.25, 2);
    expect(Math.abs(byKind('missed')[0]!.center[0]! - 20)).toBeLessThan(1);
    expect(byKind('found')[0]!.dataWeight).toBeCloseTo(0.75, 2);
  });

  it('split particles by where they start', async () => {
    const random = new Random(3);
    const n = 400;
    const starts = Float64Array.from({ length: n }, () => -5 + 10 * random.normal());
    const [right, left] = await basinShares(twoModes, await survey(twoModes), starts);
    // Phi(1/2), of n draws; the basins part at log(4) / 10 to the left of 0.
    expect(Math.abs(left! - 0.6915)).toBeLessThanOrEqual(4 * Math.sqrt(0.2133 / n) + 0.005);
    expect(left! + right!).toBeCloseTo(1, 12);
  });
});
