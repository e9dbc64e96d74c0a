import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exportRun } from '../../../src/runs/exports';
import { sampleReport } from '../../../src/runs/report/sampleReport';
import { readAnyRun } from '../../../src/runs/runReader';
import { RunWriter } from '../../../src/runs/runWriter';
import type { SampleRecord, SampleResult } from '../../../src/runs/sampleRecord';
import { temporaryFolder } from './analyticRuns';

function recordIn(dim: number): SampleRecord {
  return {
    ...{ format: 1, kind: 'sample', id: 'one', createdAt: '2026-11-22T14:15:03.000Z', unblind: '0.1.0', node: 'v20', platform: 'linux' },
    ...{ file: '/home/ada/corners.energy.ts', energy: '<corners>', dim, sampler: 'mala', options: { steps: 20, stepSize: 0.1 } },
    ...{
      particles: 40,
      target: { kind: 'energy', description: 'the energy', run: null },
      start: { kind: 'normal', description: 'a Gaussian' },
    },
    ...{ data: null, executor: 'onnx', executorDetail: 'ONNX Runtime', seed: 7 },
  };
}

const result: SampleResult = {
  ...{ kind: 'sample', runDir: '/runs/one', energy: '<corners>', sampler: 'mala', executor: 'onnx', seed: 7, particles: 40, steps: 20 },
  ...{ seconds: 1.5, stepsPerSecond: 13, figures: { acceptance: 0.8 }, temperature: { value: 1.01, standardError: 0.1 } },
  chains: { chains: 3, draws: 20, rHat: 1.2, essBulk: 10, essTail: 9 },
  logZ: { lower: 1, lowerError: 0.1, upper: 1.2, upperError: 0.1, upperFromExactSamples: true },
  modes: [
    ...[
      { label: 'mode 1', weight: 0.6, ownWeight: 0.5 },
      { label: 'mode 2', weight: 0.4, ownWeight: 0.5 },
    ].map((mode) => ({
      ...mode,
      ...{ center: [1], weightStdErr: 0.1, ownWeightStdErr: 0, dataWeight: null, dataWeightStdErr: null },
    })),
  ],
  warnings: ['the chains disagree; raise steps.'],
  notes: ['a note'],
};

/** A run with particles spread over [-1, 1]; in one and two dimensions with a flat density. */
function written(dim: number, { measured = true, picture = dim <= 2 } = {}): string {
  const directory = join(temporaryFolder(), 'run');
  const writer = RunWriter.create(directory, recordIn(dim));
  const particles = (shift: number): Float32Array => Float32Array.from({ length: 40 * dim }, (_, i) => Math.sin(i + shift));
  if (picture)
    writer.data({
      density: { shape: Array<number>(dim).fill(8), data: new Float32Array(8 ** dim).fill(0.5 ** dim) },
      extent: { shape: [2 * dim], data: Float64Array.from({ length: 2 * dim }, (_, i) => (i % 2 === 0 ? -1 : 1)) },
      score: { shape: [...Array<number>(dim).fill(4), dim], data: new Float32Array(4 ** dim * dim) },
    });
  writer.snapshot(0, { samples: { shape: [40, dim], data: particles(0) } });
  for (const [step, acceptance] of [
    [10, 0.5],
    [20, 0.8],
  ] as const)
    // prettier-ignore
    writer.event({ type: 'progress', step, stepsPerSecond: 13, figures: { acceptance, stepSize: 0.1 } });
  writer.snapshot(20, { samples: { shape: [40, dim], data: particles(1) } });
  if (measured) writer.result({ ...result, modes: result.modes.map((mode) => ({ ...mode, center: Array<number>(dim).fill(1) })) });
  writer.event({ type: 'end', status: measured ? 'done' : 'interrupted' });
  writer.close();
  return directory;
}

function pageOf(directory: string): string {
  const run = readAnyRun(directory);
  if (run.kind !== 'sample') throw new Error('it was written as particles');
  return sampleReport(run);
}

describe('the report of particles', () => {
  it.each([1, 2, 3])('in %d dimensions has pictures, weights, figures, warnings and settings, and loads nothing', (dim) => {
    const page = pageOf(written(dim));
    for (const part of ['The chains disagree; raise steps.', 'a note', 'mode 2', 'Acceptance', 'steps of every particle', '1.01 ± 0.10'])
      expect(page.includes(part), part).toBe(true);
    // What does not change is no figure.
    expect(page.includes('Step size against the step')).toBe(false);
    expect(page.includes('&lt;corners&gt;')).toBe(true);
    expect(/NaN|undefined|Infinity|<script|https?:/.test(page.replaceAll('http://www.w3.org', ''))).toBe(false);
    expect(page.match(/<figure>/g)).toHaveLength(3);
  });

  it('shows the histograms of start and end against the density, side by side', () => {
    const page = pageOf(written(1));
    // The end's colour is that of the two modes' bars as well.
    expect(page.match(/class="c-run0"><rect/g)).toHaveLength(3);
    expect(page.match(/class="c-run1"><rect/g)).toHaveLength(1);
    expect(page.match(/class="c-truth"><path class="line"/g)).toHaveLength(2);
  });

  it.each([1, 2, 3])('in %d dimensions does without a density and without a result', (dim) => {
    const page = pageOf(written(dim, { measured: false, picture: false }));
    expect(page.includes('has not been measured')).toBe(true);
    expect(/NaN|undefined|Infinity/.test(page)).toBe(false);
  });

  it('is what html means for such a run', async () => {
    const directory = written(2);
    expect(await exportRun(directory, 'html', join(directory, 'out.html'))).toEqual([join(directory, 'out.html')]);
  });

  it('needs particles, and a picture that is one', () => {
    const empty = join(temporaryFolder(), 'run');
    RunWriter.create(empty, recordIn(2)).close();
    expect(() => pageOf(empty)).toThrow(/holds no particles/);
    const directory = join(temporaryFolder(), 'run');
    const writer = RunWriter.create(directory, recordIn(2));
    writer.data({ density: { shape: [2, 2], data: new Float32Array(4) } });
    writer.close();
    expect(() => readAnyRun(directory).readData()).toThrow(/a grid and no extent/);
  });
});
