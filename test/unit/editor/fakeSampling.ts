import type { DiagnosisRecord } from '../../../src/shared/diagnosis';
import type { DiagnoseRequest } from '../../../src/shared/diagnosisProtocol';
import type { FromEngine } from '../../../src/shared/protocol';
import type { SampleInfo, SampleRequest, SampleSummary } from '../../../src/shared/sampleProtocol';
import { request } from './fakeEngine';

export const sampleRequest: SampleRequest = {
  file: request.file,
  energy: 'a',
  executor: 'auto',
  seed: 0,
  sampler: 'mala',
  options: {},
  particles: undefined,
  start: 'normal',
  run: undefined,
};

export const sampleInfo: SampleInfo = {
  runDir: '/w/.unblind/runs/particles',
  file: request.file,
  energy: 'a',
  dim: 1,
  sampler: 'mala',
  options: { steps: 100 },
  seed: 0,
  particles: 2,
  steps: 100,
  executor: 'onnx',
  executorDetail: 'ONNX Runtime',
  target: 'the energy as it is written',
  start: 'a Gaussian',
  modes: [
    { label: 'left', center: [-2], weight: 0.3 },
    { label: 'right', center: [2], weight: 0.7 },
  ],
  picture: undefined,
};

export const sampleSummary: SampleSummary = {
  seconds: 1,
  figures: { acceptance: 0.6 },
  temperature: { value: 1, standardError: 0.1 },
  chains: null,
  logZ: null,
  modes: [],
  warnings: [],
};

export function sampleProgress(step: number): FromEngine {
  const progress = { step, steps: 100, figures: { acceptance: 0.6 }, stepsPerSecond: 10, secondsLeft: 1 };
  return { type: 'sample-progress', progress };
}

export function sampleFrame(step: number): FromEngine {
  const frame = { step, particles: Float32Array.of(-2, 2), figures: { acceptance: 0.6 }, modeShares: [0.5, 0.5] };
  return { type: 'sample-frame', frame };
}

export const diagnoseRequest: DiagnoseRequest = { file: request.file, energy: 'a', executor: 'auto', seed: 0, run: undefined };

/** A density that score matching is blind to, and what would see it. */
export const blindRecord: DiagnosisRecord = {
  format: 1,
  file: request.file,
  energy: 'a',
  of: 'run',
  subject: 'the fit one',
  runDir: '/w/.unblind/runs/one',
  dim: 1,
  rows: 1000,
  seed: 0,
  executor: 'onnx',
  seconds: 1,
  unblind: '0',
  verdict: 'blind',
  summary: 'score matching cannot see the weights of 2 modes',
  next: 'Fit with MFD, beta .8, m = N(0, 9): visibility rises from 1e-5 to .05.',
  visibility: { fisher: 1e-5, mfd: 0.05 },
  modes: [],
  barriers: [],
  ksd: null,
  perturbedKsd: null,
  fssd: null,
  tempering: null,
  logZ: null,
  advice: { beta: 0.8, mixing: { kind: 'gaussian', mean: [0], std: [3] }, visibility: 0.05 },
  basins: null,
  spectrum: null,
  lines: [
    { id: 'modes', title: 'modes', status: 'pass', why: 'There are 2.', todo: '' },
    { id: 'visibility', title: 'visibility', status: 'fail', why: 'The change is hidden.', todo: 'Fit with MFD.' },
    { id: 'ksd', title: 'ksd', status: 'unknown', why: 'There are no particles.', todo: 'Sample first.' },
  ],
  notes: [],
};
