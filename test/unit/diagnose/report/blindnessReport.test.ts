import { describe, expect, it } from 'vitest';
import { blindnessReport } from '../../../../src/diagnose/report/blindnessReport';
import type { BlindnessInput } from '../../../../src/diagnose/report/reportTypes';
import type { ReportLine } from '../../../../src/shared/diagnosis';
import { rowsToSee } from '../../../../src/diagnose/report/verdict';
import { adviceWords, figure, modeList, percent, place } from '../../../../src/diagnose/report/words';

const found = (weight: number, dataWeight?: number) => ({
  center: [weight],
  weight,
  stdErr: 0,
  dataWeight,
  dataStdErr: dataWeight === undefined ? undefined : 0.005,
  kind: 'found' as const,
});

const visibility = {
  from: [0],
  to: [1],
  kl: 0.1,
  fisher: { change: 1e-6, deviation: 0.005, visibility: 1e-5 },
  mixture: { change: 4e-3, deviation: 0.1, visibility: 0.04 },
  shape: 1,
};

const base: BlindnessInput = {
  dim: 1,
  rows: 1000,
  modes: [found(0.8, 0.79), found(0.2, 0.21)],
  barriers: [],
  evidence: { starts: 240, escaped: 0, flat: 0, singletons: 0 },
  reliable: true,
  visibility,
};

function line(input: Partial<BlindnessInput>, id: ReportLine['id']): ReportLine | undefined {
  return blindnessReport({ ...base, ...input }).lines.find((l) => l.id === id);
}

describe('blindnessReport', () => {
  it('is blind while the change is below the noise of the rows, and sees with enough of them', () => {
    expect(blindnessReport(base).verdict).toBe('blind');
    const needed = rowsToSee(visibility.fisher);
    expect(needed).toBeCloseTo((2 * 0.005) ** 2 / 1e-12, -3);
    expect(blindnessReport({ ...base, rows: 0.9 * needed }).verdict).toBe('blind');
    expect(blindnessReport({ ...base, rows: 1.1 * needed }).verdict).toBe('sees');
    // Few rows alone are no blindness: here a change of shape would be as hard to see.
    expect(blindnessReport({ ...base, visibility: { ...visibility, shape: 1e-4 } }).verdict).toBe('sees');
  });

  it('cannot tell where modes may be unvisited or weights are unknown', () => {
    const { visibility: _none, ...single } = { ...base, modes: [found(1)] };
    expect(blindnessReport(single).verdict).toBe('sees');
    expect(blindnessReport({ ...single, evidence: { ...base.evidence, singletons: 20 } }).verdict).toBe('cannot tell');
    expect(blindnessReport({ ...single, reliable: false }).verdict).toBe('cannot tell');
    expect(blindnessReport({ ...base, evidence: { ...base.evidence, escaped: 240 } }).verdict).toBe('cannot tell');
    expect(blindnessReport({ ...base, evidence: { ...base.evidence, singletons: 20 } }).verdict).toBe('blind');
  });

  it('judges weights, spurious and missed modes', () => {
    expect(line({}, 'modes')!.status).toBe('pass');
    expect(line({ modes: [found(0.8, 0.5), found(0.2, 0.5)] }, 'modes')!.why).toBe('Mode 1 has 80 % of the mass and 50 % of the data.');
    expect(line({ modes: [found(0.8, 1), { ...found(0.2, 0), kind: 'spurious' }] }, 'modes')!.why).toContain(
      'mode 2, where there is no data',
    );
    expect(line({ modes: [found(1, 0.7), { ...found(0, 0.3), kind: 'missed' }] }, 'modes')!.why).toContain('no mass at 30 % of the data');
  });

  it('sets KSD beside perturbed KSD', () => {
    const test = (pValue: number) => ({ statistic: 1, pValue });
    expect(line({ ksd: test(0.99), perturbedKsd: test(0.001) }, 'ksd')!).toMatchObject({ status: 'fail' });
    expect(line({ ksd: test(0.01), perturbedKsd: test(0.001) }, 'ksd')!.status).toBe('warn');
    expect(line({ ksd: test(0.5), perturbedKsd: test(0.4) }, 'ksd')!.status).toBe('pass');
    expect(line({}, 'ksd')).toBeUndefined();
  });

  it('says where samples misfit, and only from the level of the test on', () => {
    const fssd = {
      statistic: 1,
      rows: 100,
      locations: [
        [1, -2.3],
        [0, 0],
      ],
    };
    expect(line({ fssd: { ...fssd, pValue: 0.002 } }, 'fssd')!).toMatchObject({
      status: 'warn',
      why: 'Misfit is largest near (1, -2.3): FSSD p = .002.',
    });
    expect(line({ fssd: { ...fssd, pValue: 0.02 } }, 'fssd')!).toMatchObject({ status: 'pass', todo: '' });
    expect(line({}, 'fssd')).toBeUndefined();
  });

  it('says what tempering made of the shares, and where too little moved to tell', () => {
    const tempering = { before: [0.9, 0.1], after: [0.6, 0.4], moved: 0.4, acceptance: 0.5, hottest: 0.1, rows: 500 };
    const found = line({ tempering: { ...tempering, pValue: 1e-9 } }, 'tempering')!;
    expect(found.status).toBe('fail');
    expect(found.why).toContain('40 % of the samples changed their mode, and those in mode 1 went from 90 % to 60 %, p = 1e-9');
    expect(line({ tempering: { ...tempering, pValue: 0.3 } }, 'tempering')!).toMatchObject({ status: 'pass', todo: '' });
    expect(line({ tempering: { ...tempering, moved: 0.01, pValue: 0.3 } }, 'tempering')!).toMatchObject({ status: 'info', todo: '' });
    // Neither changes the verdict.
    expect(blindnessReport({ ...base, tempering: { ...tempering, pValue: 1e-9 } }).verdict).toBe('blind');
  });

  it('judges basins and the bracket of log Z', () => {
    const basins = { predicted: [0.3, 0.7], actual: [0.31, 0.69], particles: 200 };
    expect(line({ basins }, 'basins')!.status).toBe('fail');
    expect(line({ basins: { ...basins, actual: undefined } }, 'basins')!.status).toBe('warn');
    expect(line({ basins: { ...basins, actual: [0.78, 0.22] } }, 'basins')!.status).toBe('pass');
    expect([0.1, 1, 5].map((upper) => line({ logZ: { lower: 0, upper } }, 'logZ')!.status)).toEqual(['pass', 'warn', 'fail']);
  });
});

it('says numbers, modes, places and mixing densities', () => {
  expect([0, 0.8, 4e-6, 0.0512, 12.34, 123456, -0.5].map(figure)).toEqual(['0', '.8', '4e-6', '.051', '12', '1e5', '-.5']);
  expect([0.3, 0.0125, 1].map(percent)).toEqual(['30 %', '1.3 %', '100 %']);
  expect([[0], [1, 0], [0, 2, 4], [0, 1, 2, 3, 4, 5]].map(modeList)).toEqual(['mode 1', 'modes 1 and 2', 'modes 1, 3 and 5', '6 modes']);
  expect(place([1, -1e-9, 0.5, 2, 3])).toBe('(1, 0, .5, 2, ...)');
  expect(adviceWords({ beta: 0.8, mixing: { kind: 'gaussian', mean: [0], std: [1.4] }, visibility: 1 })).toBe(
    'MFD, beta .8, m = N(0, 1.4^2)',
  );
});
