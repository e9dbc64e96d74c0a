/** Reports of diagnoses that were never made, in the words of the engine. */

import type { DiagnosisRecord } from '../../src/shared/diagnosis';
import { spectrumOf, type SubjectName, subjects } from './diagnoses';

const common = {
  format: 1,
  of: 'data',
  runDir: null,
  rows: 10_000,
  seed: 0,
  executor: 'onnx-cpu',
  unblind: '0.1.0',
  logZ: { lower: -0.03, upper: 0.02 },
  notes: [],
} as const;

/** Where the test found the samples to misfit; some of it where the density is not drawn. */
const lineMisfit = [[-3.2], [-2.9], [3.1], [6.8], [-6.4]];
const planeMisfit = [
  [0.42, -0.96],
  [0.61, -1.21],
  [-1.32, 0.71],
  [1.4, 1.37],
  [-0.52, 3.3],
];

export function blindRecord(name: SubjectName): DiagnosisRecord {
  const { truth, lattice, bridge } = subjects[name];
  const line = name === 'line';
  const weights: readonly number[] = truth.weights;
  const equal = 1 / weights.length;
  return {
    ...common,
    file: `/home/me/ebm/${line ? 'twoModes' : 'fourModes'}.energy.ts`,
    energy: line ? 'twoModes' : 'fourModes',
    subject: line ? 'the density of its data, a mixture of 2 Gaussians' : 'the density of its data, a mixture of 4 Gaussians',
    dim: lattice.dim,
    seconds: 4.2,
    verdict: 'blind',
    summary: `Score matching cannot see the weights of ${line ? 2 : 4} modes here: moving 30 % of the mass changes the Fisher divergence by ${line ? '1e-6' : '9e-5'}, below its sampling noise.`,
    next: line ? 'Fit with MFD, beta .5, m = N(0, 3^2).' : 'Fit with MFD, beta .8, m = N(0, 1.2^2 I).',
    visibility: line ? { fisher: 1.2e-5, mfd: 0.0467 } : { fisher: 4.4e-4, mfd: 0.61 },
    modes: truth.means.map((center, k) => ({
      center: [...center],
      weight: weights[k]!,
      stdErr: 0.003,
      dataWeight: weights[k]! + (k % 2 === 0 ? 0.003 : -0.003),
      dataStdErr: 0.004,
      kind: 'found',
    })),
    barriers: [{ between: [0, 1], height: line ? 12.1 : 11.8 }],
    ksd: { statistic: 2.1e-4, pValue: 0.61, rows: 1000 },
    perturbedKsd: { statistic: 4.4e-3, pValue: 0.001, rows: 1000 },
    fssd: { statistic: 0.031, pValue: 0.002, rows: 4000, locations: line ? lineMisfit : planeMisfit },
    tempering: {
      before: weights.map(() => equal),
      after: weights.map((weight) => equal + 0.9 * (weight - equal)),
      ...{ moved: 0.41, acceptance: 0.52, hottest: 0.08, pValue: 3e-9, rows: 500 },
    },
    advice: {
      beta: bridge.beta,
      mixing: { kind: 'gaussian', mean: [...bridge.mean], std: bridge.mean.map(() => bridge.std) },
      visibility: line ? 0.0467 : 0.61,
    },
    basins: {
      predicted: weights.map(() => equal),
      actual: weights.map((weight, k) => equal + 0.06 * (weight - equal) + 0.01 * (k % 2 === 0 ? 1 : -1)),
      particles: 2000,
    },
    spectrum: spectrumOf(name),
    lines: [
      {
        id: 'modes',
        title: 'Modes',
        status: 'pass',
        why: `There are ${weights.length} modes, with weights ${weights.join(', ')}.`,
        todo: '',
      },
      {
        id: 'search',
        title: 'Search',
        status: 'info',
        why: 'A mode whose basin is less than 0.3 % of the random cover could have gone unseen.',
        todo: '',
      },
      {
        id: 'visibility',
        title: 'What the loss sees',
        status: 'fail',
        why: 'Moving 30 % of the mass of mode 2 to mode 1 changes the Fisher loss by 1e-6, below its sampling noise of 3e-4 with 10000 rows: this objective cannot see it. MFD changes by .0054.',
        todo: 'Fit with MFD: visibility rises from 1e-5 to .047.',
      },
      {
        id: 'spectrum',
        title: 'Noise',
        status: 'warn',
        why: 'The weights become visible to a score from noise 2.6 on: a tenth of the divergence lies below.',
        todo: 'A denoising objective needs noise levels above 2.6.',
      },
      {
        id: 'basins',
        title: 'Basins',
        status: 'fail',
        why: 'Particles hold 49 % in mode 1, whose weight is 20 %; their start predicts 50 %.',
        todo: 'Use a sampler that crosses barriers: parallel tempering or annealed importance sampling.',
      },
      {
        id: 'ksd',
        title: 'Stein tests',
        status: 'fail',
        why: 'KSD p = .61, perturbed KSD p = .001: the samples miss a mode or its weight, which KSD alone cannot see.',
        todo: 'Trust the perturbed test, and look at the modes and their weights.',
      },
      {
        id: 'fssd',
        title: 'Where samples misfit',
        status: 'warn',
        why: `Misfit is largest near ${line ? '-3.2' : '(.42, -.96)'}: FSSD p = .002.`,
        todo: 'Compare samples and density there; run the sampler longer, or fit longer.',
      },
      {
        id: 'tempering',
        title: 'Tempering',
        status: 'fail',
        why: 'Heated and cooled again, 41 % of the samples changed their mode, and those in mode 1 went from 50 % to 23 %, p = 3e-9: samples and density share their mass differently.',
        todo: 'Sample by parallel tempering, or fit with an objective that sees the weights, such as MFD.',
      },
      { id: 'logZ', title: 'Normaliser', status: 'pass', why: 'log Z lies between -0.03 and 0.02.', todo: '' },
    ],
  };
}

/** A density without parameters: there is nothing to fit. */
export function fixedRecord(): DiagnosisRecord {
  const next = 'Sample by parallel tempering or annealed importance sampling: steps that follow scores alone do not find the weights.';
  return { ...blindRecord('line'), of: 'energy', subject: 'its density', rows: null, next };
}

/** One mode: nothing to miss, so nothing to draw. */
export function seeingRecord(): DiagnosisRecord {
  return {
    ...blindRecord('plane'),
    energy: 'banana',
    file: '/home/me/ebm/banana.energy.ts',
    subject: 'the density of run 5 (Fisher)',
    verdict: 'sees',
    summary: 'There is one mode, so there are no weights that score matching could miss.',
    next: '',
    visibility: null,
    modes: [{ center: [0.02, -0.48], weight: 1, stdErr: 0, dataWeight: 1, dataStdErr: 0, kind: 'found' }],
    barriers: [],
    advice: null,
    basins: null,
    spectrum: null,
    fssd: { statistic: 1e-4, pValue: 0.42, rows: 4000, locations: [[0.1, -0.3]] },
    tempering: null,
    lines: [
      { id: 'modes', title: 'Modes', status: 'pass', why: 'There is one mode, so there are no weights to miss.', todo: '' },
      {
        id: 'search',
        title: 'Search',
        status: 'info',
        why: 'A mode whose basin is less than 0.3 % of the random cover could have gone unseen.',
        todo: '',
      },
      { id: 'ksd', title: 'Stein tests', status: 'pass', why: 'KSD p = .42: no difference between samples and density is seen.', todo: '' },
      {
        id: 'fssd',
        title: 'Where samples misfit',
        status: 'pass',
        why: 'FSSD p = .42: no misfit is seen at the 5 places where it was looked for.',
        todo: '',
      },
    ],
  };
}

/** Modes that nothing has visited, one of them spurious and one missed. */
export function doubtfulRecord(): DiagnosisRecord {
  const record = blindRecord('plane');
  return {
    ...record,
    verdict: 'cannot tell',
    summary: 'Some starts of the search did not arrive at a maximum, so there may be modes that nothing has visited.',
    next: 'Give the energy bounds, or data near the modes, and diagnose again.',
    subject: 'the density as it is written',
    of: 'energy',
    rows: null,
    visibility: null,
    advice: null,
    spectrum: null,
    ksd: null,
    perturbedKsd: null,
    fssd: null,
    tempering: null,
    modes: record.modes.map((mode, k) =>
      k === 3 ? { ...mode, weight: 0, dataWeight: 0.4, kind: 'missed' } : k === 0 ? { ...mode, dataWeight: 0, kind: 'spurious' } : mode,
    ),
    lines: [
      {
        id: 'modes',
        title: 'Modes',
        status: 'fail',
        why: 'The density has no mass at 40 % of the data, near (1, 1).',
        todo: 'Fit longer, or with a wider network or mixing density.',
      },
      {
        id: 'search',
        title: 'Search',
        status: 'unknown',
        why: '37 of 1000 ascents left the box in which the density was looked for.',
        todo: 'Check that the energy grows far from the data.',
      },
    ],
    notes: ['The energy has no data, so the box of the search is a guess.'],
  };
}
