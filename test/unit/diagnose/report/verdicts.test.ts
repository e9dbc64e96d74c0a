import { expect, it } from 'vitest';
import { blindnessReport } from '../../../../src/diagnose/report/blindnessReport';
import { measureBlindness } from '../../../../src/diagnose/report/measure';
import { reportText } from '../../../../src/diagnose/report/reportText';
import type { ScoreField } from '../../../../src/diagnose/fields/scoreField';
import type { Region } from '../../../../src/diagnose/modes/region';
import { Random } from '../../../../src/shared/random';
import {
  banana,
  fieldOf,
  forty,
  fourModes,
  mixture,
  needle,
  ringInSpace,
  studentT,
  tenDimensions,
  twoModes,
  twoRings,
  unbounded,
} from '../densities';

const around = (dim: number, at: number, scale: number): Region => ({
  center: Array<number>(dim).fill(at),
  scale: Array<number>(dim).fill(scale),
});

const cases: readonly [string, string, ScoreField | Promise<ScoreField>, Region?][] = [
  ['two modes five deviations from the middle', 'blind', twoModes],
  ['four modes', 'blind', fourModes],
  ['two rings', 'blind', fieldOf(twoRings)],
  ['forty Gaussians', 'blind', forty, around(2, 10, 8)],
  ['two modes in ten dimensions', 'blind', tenDimensions, around(10, 0, 2)],
  ['two modes two deviations from the middle', 'sees', mixture([[-2], [2]], 1)],
  ['overlapping modes', 'sees', mixture([[-1.2], [1.2]], 1)],
  ['one mode in three dimensions', 'sees', mixture([[1, 2, 3]], 1)],
  ['a ring in space', 'sees', fieldOf(ringInSpace)],
  ['Student t', 'sees', fieldOf(studentT)],
  ['a banana', 'sees', fieldOf(banana)],
  ['a needle on a plain', 'cannot tell', fieldOf(needle)],
  ['a density without integral', 'cannot tell', fieldOf(unbounded)],
];

it.each(cases)(
  '%s: %s',
  async (_name, verdict, field, region) => {
    const report = blindnessReport(await measureBlindness(await field, { random: new Random(1), ...(region && { region }) }));
    expect(report.verdict).toBe(verdict);
    const alarms = report.lines.filter(({ status }) => status === 'warn' || status === 'fail');
    // It is quiet where nothing is wrong, and says what to do where something is.
    expect(alarms.length > 0).toBe(verdict === 'blind');
    expect(alarms.every(({ why, todo }) => why.endsWith('.') && todo.endsWith('.'))).toBe(true);
    expect(reportText(report)[0]).toBe(report.summary);
  },
  120_000,
);

it('says in words what the loss of the one-dimensional example sees', async () => {
  const bridging = { beta: 0.5, mixing: { kind: 'gaussian' as const, mean: [0], std: [3] } };
  const input = await measureBlindness(twoModes, { random: new Random(1), bridging });
  const { visibility, advice, visibleFrom, lines } = blindnessReport(input);
  // About 1e-5 and 5e-2; the integral of the spectrum is KL.
  expect(visibility!.fisher).toBeGreaterThan(5e-6);
  expect(visibility!.fisher).toBeLessThan(2e-5);
  expect(visibility!.mfd).toBeGreaterThan(0.02);
  expect(visibility!.mfd).toBeLessThan(0.06);
  expect(Math.abs(input.spectrum!.integral! / input.visibility!.kl - 1)).toBeLessThan(1e-3);
  expect(visibleFrom).toBeGreaterThan(1.5);
  expect(visibleFrom).toBeLessThan(3);
  expect(advice!.visibility).toBeGreaterThan(1000 * visibility!.fisher);
  const line = lines.find(({ id }) => id === 'visibility')!;
  expect(line.why).toMatch(
    /^Moving 30 % of the mass of mode 1 to mode 2 changes the Fisher loss by \de-6, below its sampling noise of .* cannot see it\. MFD changes by \.\d+\.$/,
  );
  expect(line.todo).toMatch(/^Fit with MFD, beta \.\d, m = N\(.*\^2\): visibility rises from 1e-5 to \.0\d+\.$/);
});
