import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FitService } from '../../../src/editor/fitService';
import { PanelModel } from '../../../src/editor/panelModel';
import { restorePanel, storedPanel } from '../../../src/editor/panelMemory';
import { particleWords } from '../../../src/editor/particleWords';
import { RunHistory } from '../../../src/editor/runHistory';
import { Joiner } from '../../../src/editor/joiner';
import { RunOpener } from '../../../src/editor/runOpener';
import { SampleService } from '../../../src/editor/sampleService';
import { StoredSampling } from '../../../src/editor/storedSampling';
import { untranslated as t } from '../../../src/editor/translate';
import { readDiagnosis, storeDiagnosis } from '../../../src/runs/diagnosisFiles';
import { RunWriter } from '../../../src/runs/runWriter';
import type { SampleRecord, SampleResult } from '../../../src/runs/sampleRecord';
import { FakeEngine, request } from './fakeEngine';
import { blindRecord, sampleInfo, sampleRequest } from './fakeSampling';

const folder = mkdtempSync(join(tmpdir(), 'unblind-samplings-'));
const directory = join(folder, 'particles');
const fit = join(folder, 'fit');
const energy = { file: request.file, name: 'a' };

const record: SampleRecord = {
  format: 1,
  kind: 'sample',
  id: 'particles',
  createdAt: '2026-11-22T14:15:03.000Z',
  unblind: '0.1.0',
  node: 'v20',
  platform: 'linux',
  file: request.file,
  energy: 'a',
  dim: 1,
  sampler: 'mala',
  options: { steps: 20 },
  particles: 4,
  target: { kind: 'energy', description: 'the energy as it is written', run: null },
  start: { kind: 'uniform', description: 'a box' },
  data: null,
  executor: 'onnx',
  executorDetail: 'ONNX Runtime',
  seed: 7,
};

const mode = { weightStdErr: 0.1, ownWeightStdErr: 0, dataWeight: null, dataWeightStdErr: null };
const result: SampleResult = {
  kind: 'sample',
  runDir: directory,
  energy: 'a',
  sampler: 'mala',
  executor: 'onnx',
  seed: 7,
  particles: 4,
  steps: 20,
  seconds: 1.5,
  stepsPerSecond: 13,
  figures: { acceptance: 0.8 },
  temperature: { value: 1.014, standardError: 0.1 },
  chains: null,
  logZ: null,
  modes: [
    { label: 'left', center: [-2], weight: 0.25, ownWeight: 0.3, ...mode },
    { label: 'right', center: [2], weight: 0.75, ownWeight: 0.7, ...mode },
  ],
  warnings: [],
  notes: ['a note'],
};

function particles(...values: number[]): { readonly samples: { readonly shape: number[]; readonly data: Float32Array } } {
  return { samples: { shape: [values.length, 1], data: Float32Array.from(values) } };
}

beforeAll(() => {
  const writer = RunWriter.create(directory, record);
  writer.data({
    density: { shape: [2], data: Float32Array.of(0.1, 0.2) },
    extent: { shape: [2], data: Float64Array.of(-3, 3) },
    score: { shape: [2, 1], data: Float32Array.of(1, -1) },
  });
  writer.snapshot(0, particles(0, 0, 0, 0));
  writer.event({ type: 'progress', step: 10, stepsPerSecond: 12, figures: { acceptance: 0.7 } });
  writer.event({ type: 'progress', step: 20, stepsPerSecond: 13, figures: { acceptance: 0.8 } });
  writer.snapshot(20, particles(-2, 2, 2, 2));
  writer.result(result);
  writer.event({ type: 'end', status: 'done' });
  writer.close();
  cpSync('test/fixtures/workspace/storedRun', fit, { recursive: true });
  storeDiagnosis(fit, { ...blindRecord, runDir: fit }, { curves: null, pictures: null });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function opener(): { readonly opener: RunOpener; readonly samples: SampleService; readonly engine: FakeEngine } {
  const engine = new FakeEngine();
  const source = () => Promise.resolve({ acquire: () => engine });
  const samples = new SampleService(source);
  const fits = new FitService(source);
  const joiner = new Joiner(fits, samples);
  return { engine, samples, opener: new RunOpener(fits, samples, joiner, (path) => Promise.resolve(readDiagnosis(path)), t) };
}

describe('a stored sampler run in a panel', () => {
  it('has its figures, its particles, what it samples and its end', () => {
    const shown = StoredSampling.open(directory, t).panelSampling();
    expect(shown).toMatchObject({
      id: directory,
      sampler: 'mala',
      snapshots: [0, 20],
      progress: { step: 20, stepsPerSecond: 13, secondsLeft: Number.NaN },
      state: { kind: 'ended', end: { kind: 'done' }, words: 'Done.', notes: ['a note'] },
      summary: { seconds: 1.5, modes: result.modes },
    });
    expect(shown.info).toMatchObject({
      runDir: directory,
      steps: 20,
      target: 'the energy as it is written',
      start: 'a box',
      modes: [
        { label: 'left', weight: 0.3 },
        { label: 'right', weight: 0.7 },
      ],
      picture: { density: { shape: [2], extent: [-3, 3], values: Float32Array.of(0.1, 0.2) }, score: { shape: [2, 1] } },
    });
    expect(shown.frame).toEqual({
      step: 20,
      particles: Float32Array.of(-2, 2, 2, 2),
      figures: { acceptance: 0.8 },
      modeShares: [0.25, 0.75],
    });
    expect(shown.history).toEqual({
      steps: Float64Array.of(10, 20),
      figures: { acceptance: Float64Array.of(0.7, 0.8) },
      shares: [Float64Array.of(Number.NaN, 0.25), Float64Array.of(Number.NaN, 0.75)],
    });
  });

  it('shows earlier steps, and nothing for those that are not there', async () => {
    const run = StoredSampling.open(directory, t);
    expect(await run.frameAt(0)).toEqual({ step: 0, particles: new Float32Array(4), figures: {}, modeShares: [] });
    expect(await run.frameAt(7)).toBeUndefined();
  });

  it('is refused in a sentence where it is none', () => {
    expect(() => StoredSampling.open('src', t)).toThrow(/holds no run/);
    expect(() => StoredSampling.open(fit, t)).toThrow(/holds a fit, not particles/);
  });
});

describe('runs that are opened', () => {
  it('are those of this window where it writes to them, else those on disk', async () => {
    const { opener: runs, samples, engine } = opener();
    expect(await runs.open(directory)).toMatchObject({ kind: 'sample', energy, source: { directory } });
    expect(await runs.open(fit)).toMatchObject({ kind: 'fit', energy: { name: 'quick' } });
    await expect(runs.open(folder)).rejects.toThrow(/holds no run/);
    const session = await samples.start(sampleRequest);
    engine.say({ type: 'sample-started', info: { ...sampleInfo, runDir: directory } });
    expect((await runs.open(directory)).source.session).toBe(session);
  });

  it('come back after a reload, with the diagnosis that was shown', async () => {
    const { opener: runs } = opener();
    const before = new PanelModel(energy, t, () => 'auto');
    const opened = await runs.open(directory);
    if (opened.kind === 'sample') before.sampling = opened.source;
    before.view = 'diagnosis';
    before.sampleSettings = { ...before.sampleSettings, particles: 77 };
    before.storedDiagnosis = await runs.diagnosis(fit);
    const kept = storedPanel({ title: 'a', model: before });
    const after = new PanelModel(energy, t, () => 'auto');
    await restorePanel(after, structuredClone(kept), runs);
    expect(after.snapshot([], undefined)).toMatchObject({
      view: 'diagnosis',
      sampleSettings: { particles: 77 },
      sampling: { id: directory },
      diagnosis: { live: false, state: { kind: 'done', answer: { record: { verdict: 'blind' } } } },
    });
    await restorePanel(after, { ...kept, sampling: '/gone', directories: ['/gone'], diagnosis: '/gone' }, runs);
    expect(after.diagnosis).toBeUndefined();
  });
});

describe('the Runs view', () => {
  it('knows what particles are worth, and the diagnosis of a fit', async () => {
    const entries = await new RunHistory((path) => Promise.resolve(readDiagnosis(path)?.record)).read([folder]);
    const sampling = entries.find((entry) => entry.kind === 'sample')!;
    expect(particleWords(sampling, t)).toBe('4 particles, temperature 1.01 ± 0.1');
    const warned = { ...result, warnings: ['The chains disagree: sample longer.', 'Another.'] };
    expect(particleWords({ ...sampling, result: warned }, t)).toBe('4 particles, The chains disagree: sample longer.');
    expect(particleWords({ ...sampling, result: null }, t)).toBe('4 particles, not finished');
    expect(particleWords({ ...sampling, end: { type: 'end', time: 1, status: 'failed' } }, t)).toBe('4 particles, failed');
    expect(particleWords({ ...sampling, result: { ...result, temperature: null } }, t)).toBe('4 particles');
    expect(entries.find((entry) => entry.kind === 'run')).toMatchObject({ diagnosis: { verdict: 'blind' } });
  });
});
