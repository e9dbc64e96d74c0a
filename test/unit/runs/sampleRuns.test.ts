import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RunHistory } from '../../../src/editor/runHistory';
import { decodeNpz } from '../../../src/runs/arrays';
import { exportRun } from '../../../src/runs/exports';
import { readAnyRun, readRun } from '../../../src/runs/runReader';
import { RunWriter } from '../../../src/runs/runWriter';
import type { SampleRecord, SampleResult } from '../../../src/runs/sampleRecord';
import { recordOf, temporaryFolder } from './analyticRuns';

const record: SampleRecord = {
  format: 1,
  kind: 'sample',
  id: '20261122-141503-corners-hmc',
  createdAt: '2026-11-22T14:15:03.000Z',
  unblind: '0.1.0',
  node: 'v20.11.0',
  platform: 'linux',
  file: '/home/ada/corners.energy.ts',
  energy: 'corners',
  dim: 2,
  sampler: 'hmc',
  options: { steps: 20, adapt: true, reference: 'none', stepSize: 0.1 },
  particles: 3,
  target: { kind: 'run', description: 'the density of a fit', run: { directory: '/runs/fit', step: 100 } },
  start: { kind: 'uniform', description: 'a box' },
  data: { description: 'rings', rows: null, known: true },
  executor: 'onnx',
  executorDetail: 'ONNX Runtime',
  seed: 7,
};

const result: SampleResult = {
  kind: 'sample',
  runDir: '/runs/one',
  energy: 'corners',
  sampler: 'hmc',
  executor: 'onnx',
  seed: 7,
  particles: 3,
  steps: 20,
  seconds: 1.5,
  stepsPerSecond: 13,
  figures: { acceptance: 0.8, stepSize: 0.1 },
  temperature: { value: 1.01, standardError: 0.1 },
  chains: { chains: 3, draws: 20, rHat: 1.2, essBulk: 10, essTail: 9 },
  logZ: { lower: 1, lowerError: 0.1, upper: 1.2, upperError: 0.1, upperFromExactSamples: true },
  modes: [
    {
      label: 'mode 1',
      center: [1, 2],
      weight: 0.6,
      weightStdErr: 0.1,
      ownWeight: 0.5,
      ownWeightStdErr: 0,
      dataWeight: null,
      dataWeightStdErr: null,
    },
  ],
  warnings: ['the chains disagree'],
  notes: ['from a fit'],
};

function written(): string {
  const directory = join(temporaryFolder(), 'run');
  const writer = RunWriter.create(directory, record);
  writer.snapshot(0, { samples: { shape: [3, 2], data: Float32Array.of(0, 0, 0, 0, 0, 0) } });
  writer.event({ type: 'progress', time: 0.5, step: 20, stepsPerSecond: 13, figures: { acceptance: 0.8 } });
  writer.snapshot(20, { samples: { shape: [3, 2], data: Float32Array.of(1, 2, 3, 4, 5, 6) } });
  writer.result(result);
  writer.event({ type: 'end', time: 2, status: 'done' });
  writer.close();
  return directory;
}

describe('a directory of particles', () => {
  it('is read back as it was written', () => {
    const run = readAnyRun(written());
    if (run.kind !== 'sample') throw new Error('it was written as particles');
    expect(run.record).toStrictEqual(record);
    expect(run.result).toStrictEqual(result);
    expect(run.skippedLines).toBe(0);
    expect(run.events.map(({ type }) => type)).toEqual(['snapshot', 'progress', 'snapshot', 'end']);
    expect(run.events[1]).toMatchObject({ step: 20, figures: { acceptance: 0.8 } });
    expect(run.snapshots().map(({ step }) => step)).toEqual([0, 20]);
    expect(Array.from(run.readSnapshot(20).samples.data)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('says which file or run its particles started from, which one of an earlier version does not', () => {
    const read = (start: object): unknown => {
      const directory = temporaryFolder();
      writeFileSync(join(directory, 'run.json'), JSON.stringify({ ...record, start }));
      return readAnyRun(directory).record;
    };
    for (const start of [
      { kind: 'file', description: 'rows of a.csv', path: '/data/a.csv' },
      { kind: 'run', description: 'particles' },
    ])
      expect(read(start)).toStrictEqual({ ...record, start });
    expect(() => read({ kind: 'file', description: '', path: 7 })).toThrow(/'path'/);
  });

  it('is refused with one sentence where a fit is wanted', () => {
    expect(() => readRun(written())).toThrow(/holds particles of the sampler hmc, not a fit; unblind export writes it by itself\.$/);
  });

  it('is exported as tables, arrays and JSON', async () => {
    const directory = written();
    const [particles, ...others] = await exportRun(directory, 'csv', `${directory}/`);
    expect(readFileSync(particles!, 'utf8')).toBe('x,y\n1,2\n3,4\n5,6\n');
    expect(others.map((path) => path.slice(directory.length + 1))).toEqual(['modes.csv', 'figures.csv']);
    const [npz] = await exportRun(directory, 'npz', join(directory, 'out.npz'));
    const arrays = decodeNpz(readFileSync(npz!), 'out.npz');
    expect(Array.from(arrays['particles']!.data)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(Array.from(arrays['step_0_samples']!.data)).toEqual([0, 0, 0, 0, 0, 0]);
    const [json] = await exportRun(directory, 'json', join(directory, 'out.json'));
    expect(JSON.parse(readFileSync(json!, 'utf8'))).toMatchObject({ record, result });
  });

  it('has an entry of its own in the history, beside fits that do not say their kind', async () => {
    const directory = written();
    const folder = join(directory, '..');
    const { kind: _, ...old } = recordOf(2);
    mkdirSync(join(folder, 'old'));
    writeFileSync(join(folder, 'old', 'run.json'), JSON.stringify(old));
    writeFileSync(join(folder, 'old', 'events.ndjson'), '');
    const entries = await new RunHistory(() => Promise.resolve(undefined)).read([folder]);
    expect(entries.map(({ kind }) => kind).sort()).toEqual(['run', 'sample']);
    expect(entries.find(({ kind }) => kind === 'sample')).toMatchObject({ record, result, end: { status: 'done' } });
    expect(readRun(join(folder, 'old')).record).toStrictEqual(recordOf(2));
  });

  it('of an unknown kind, or with damaged parts, says what is wrong', () => {
    const broken = (change: object): string => {
      const directory = temporaryFolder();
      writeFileSync(join(directory, 'run.json'), JSON.stringify({ ...record, ...change }));
      return directory;
    };
    expect(() => readAnyRun(broken({ kind: 'dream' }))).toThrow(/kind of run that this Unblind does not know/);
    expect(() => readAnyRun(broken({ options: { a: [1] } }))).toThrow(/'options'/);
    expect(() => readAnyRun(broken({ target: { kind: 'guess', description: '', run: null } }))).toThrow(
      /'kind'.*one of energy, run, score/,
    );
    const directory = join(temporaryFolder(), 'run');
    const writer = RunWriter.create(directory, record);
    writer.snapshot(3, { samples: { shape: [2, 3], data: new Float32Array(6) } });
    writer.close();
    expect(() => readAnyRun(directory).readSnapshot(3)).toThrow(/'samples'.*\[2, 3\]/);
  });
});
