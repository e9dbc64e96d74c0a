import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NamedArray } from '../../../src/runs/arrays';
import type { ModeRecord, RunRecord, RunResult } from '../../../src/runs/record';
import { RunWriter } from '../../../src/runs/runWriter';
import type { ObjectiveName } from '../../../src/shared/settings';
import { defaultFitSettings } from '../../../src/shared/settings';

/** A mixture of isotropic Gaussians in closed form: runs whose every number is known, without a fit. */
export interface Mixture {
  readonly means: readonly (readonly number[])[];
  readonly std: number;
  readonly weights: readonly number[];
}

export const fourModes: Mixture = {
  means: [
    [-1, -1],
    [-1, 1],
    [1, -1],
    [1, 1],
  ],
  std: 0.2,
  weights: [0.1, 0.2, 0.3, 0.4],
};
export const line: Mixture = { means: [[-5], [5]], std: 1, weights: [0.2, 0.8] };
export const fiveDim: Mixture = {
  means: [
    [2, 0, 0, 1, 0],
    [-2, 1, 0, -1, 0],
    [0, -2, 2, 0, 0],
  ],
  std: 0.6,
  weights: [0.5, 0.3, 0.2],
};

/** Uniform numbers from a seed (Mulberry32), so that a picture is the same each time. */
export function uniform(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'unblind-runs-'));
}

function normal(next: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
}

export function sampleOf(mixture: Mixture, count: number, seed: number): NamedArray {
  const next = uniform(seed);
  const dim = mixture.means[0]?.length ?? 0;
  const data = new Float32Array(count * dim);
  for (let row = 0; row < count; row++) {
    let rest = next();
    const component = Math.max(
      0,
      mixture.weights.findIndex((weight) => (rest -= weight) < 0),
    );
    for (let axis = 0; axis < dim; axis++) data[row * dim + axis] = (mixture.means[component]?.[axis] ?? 0) + mixture.std * normal(next);
  }
  return { shape: [count, dim], data };
}

/** Density and score at a point. */
export function evaluate(mixture: Mixture, point: readonly number[]): { density: number; score: number[] } {
  const dim = point.length;
  const factor = (2 * Math.PI * mixture.std ** 2) ** (-dim / 2);
  let density = 0;
  const slope = point.map(() => 0);
  mixture.means.forEach((mean, component) => {
    const offsets = point.map((value, axis) => value - (mean[axis] ?? 0));
    const square = offsets.reduce((sum, offset) => sum + offset * offset, 0);
    const part = (mixture.weights[component] ?? 0) * factor * Math.exp(-square / (2 * mixture.std ** 2));
    density += part;
    offsets.forEach((offset, axis) => (slope[axis] = (slope[axis] ?? 0) - (part * offset) / mixture.std ** 2));
  });
  return { density, score: slope.map((value) => value / Math.max(density, 1e-300)) };
}

/** Density and score at the centres of `count` cells along each side. */
export function gridsOf(mixture: Mixture, extent: readonly number[], count: number): { density: NamedArray; score: NamedArray } {
  const dim = mixture.means[0]?.length ?? 0;
  const centre = (index: number, axis: number): number => {
    const [low, high] = [extent[2 * axis] ?? 0, extent[2 * axis + 1] ?? 1];
    return low + ((index + 0.5) / count) * (high - low);
  };
  const points =
    dim === 1
      ? Array.from({ length: count }, (_, index) => [centre(index, 0)])
      : Array.from({ length: count * count }, (_, index) => [centre(index % count, 0), centre(Math.floor(index / count), 1)]);
  const values = points.map((point) => evaluate(mixture, point));
  const side = dim === 1 ? [count] : [count, count];
  return {
    density: { shape: side, data: Float32Array.from(values, ({ density }) => density) },
    score: { shape: [...side, dim], data: Float32Array.from(values.flatMap(({ score }) => score)) },
  };
}

export function recordOf(dim: number, overrides: Partial<RunRecord> = {}): RunRecord {
  const objective: ObjectiveName = overrides.objective ?? 'mfd';
  return {
    format: 1,
    kind: 'fit',
    id: '20261122-141503-fourModes-mfd',
    createdAt: '2026-11-22T14:15:03.000Z',
    unblind: '0.1.0',
    node: 'v20.11.0',
    platform: 'linux',
    file: '/home/ada/energies/modes.energy.ts',
    energy: 'fourModes',
    dim,
    objective,
    executor: 'onnx',
    executorDetail: 'ONNX Runtime 1.30, CPU, 2 threads; fastest of 3 candidates',
    seed: 0,
    settings: { ...defaultFitSettings, objective },
    params: [
      { name: 'w1', shape: [dim, 4] },
      { name: 'b1', shape: [4] },
    ],
    standardization: { mean: new Array<number>(dim).fill(0), scale: new Array<number>(dim).fill(1) },
    data: { description: 'Gaussian mixture of 4 components', rows: null, known: true },
    mixing: objective === 'fisher' ? null : { description: 'N(0, 1.2² I)' },
    ...overrides,
  };
}

export function modesOf(model: Mixture, data: Mixture): ModeRecord[] {
  return data.means.map((center, index) => ({
    label: `mode ${index + 1}`,
    center: [...center],
    weight: model.weights[index] ?? 0,
    weightStdErr: 0.003,
    dataWeight: data.weights[index] ?? 0,
    dataWeightStdErr: 0.002,
  }));
}

export function resultOf(record: RunRecord, overrides: Partial<RunResult> = {}): RunResult {
  return {
    runDir: '/runs/one',
    energy: record.energy,
    objective: record.objective,
    executor: record.executor,
    seed: record.seed,
    steps: 4000,
    seconds: 38.2,
    stepsPerSecond: 104.7,
    finalLoss: -1.8342,
    logZ: 1.2345,
    logZStdErr: 0.0041,
    negativeMass: 0.0071,
    kl: 0.0081,
    klStdErr: null,
    gridMass: 0.9998,
    modes: [],
    notes: [],
    ...overrides,
  };
}

export interface AnalyticRun {
  readonly data: Mixture;
  readonly model: Mixture;
  readonly extent: readonly number[];
  readonly record: RunRecord;
  readonly result: RunResult;
  /** Cells along each side of the grid. */
  readonly cells?: number;
  readonly truth?: boolean;
}

/** Writes a run that looks like a fit: the model begins broad and with even weights and sharpens into `model`. */
export function writeAnalyticRun(directory: string, run: AnalyticRun): string {
  const writer = RunWriter.create(directory, run.record);
  const next = uniform(7);
  const { dim } = run.record;
  const cells = run.cells ?? 120;
  const steps = run.result.steps;
  const marks = new Set([0, 1, 2, 4, 8].map((power) => Math.round((steps * power) / 8)));
  for (let step = 1; step < steps / 8; step *= 2) marks.add(step);
  for (let step = 10; step <= steps; step += 10) {
    const noise = normal(next) * 0.25 * (1 + 3 * Math.exp(-step / 60));
    const rate = 0.001 * (1 + Math.cos((Math.PI * step) / steps));
    writer.event({
      type: 'progress',
      time: step / 100,
      step,
      loss: -1.8 + 9 * Math.exp(-step / 90) + 0.6 * Math.exp(-step / 900) + noise,
      gradientNorm: 1 + Math.abs(noise),
      learningRate: rate,
      stepsPerSecond: 104,
    });
    if (step % 250 === 0 && run.result.kl !== null)
      writer.event({
        type: 'kl',
        time: step / 100,
        step,
        kl: run.result.kl * (1 + 40 * Math.exp(-step / 500)) * Math.exp(0.06 * normal(next)),
      });
  }
  for (const step of [...marks].sort((a, b) => a - b)) {
    const early = Math.exp((-9 * step) / steps);
    const weights = run.model.weights.map((weight) => weight * (1 - early) + early / run.model.weights.length);
    const model: Mixture = {
      means: run.model.means.map((mean) => mean.map((value) => value * (1 - 0.7 * early))),
      std: run.model.std * (1 + 3 * early),
      weights,
    };
    const grids = dim <= 2 ? gridsOf(model, run.extent, cells) : null;
    writer.snapshot(step, {
      params: { shape: [4 * dim + 4], data: Float32Array.from({ length: 4 * dim + 4 }, (_, index) => index * (1 - early)) },
      ...(grids === null
        ? { samples: sampleOf(model, 1500, 3) }
        : {
            density: grids.density,
            score: gridsOf(model, run.extent, dim === 1 ? 100 : 24).score,
            extent: { shape: [2 * dim], data: Float64Array.from(run.extent) },
          }),
    });
  }
  writer.data({
    sample: sampleOf(run.data, 2000, 5),
    ...(dim <= 2 && run.truth !== false ? { truth: gridsOf(run.data, run.extent, cells).density } : {}),
  });
  writer.result({ ...run.result, runDir: directory });
  writer.event({ type: 'end', status: 'done' });
  writer.close();
  return directory;
}

/** The four modes fitted by MFD (right) or by plain score matching (wrong weights), with the figures of a real fit. */
export function fourModesRun(
  directory: string,
  objective: 'mfd' | 'fisher',
  options: { cells?: number; truth?: boolean; steps?: number } = {},
): string {
  const healed = objective === 'mfd';
  const model: Mixture = {
    ...fourModes,
    std: healed ? 0.203 : 0.205,
    weights: healed ? [0.106, 0.187, 0.31, 0.397] : [0.02, 0.09, 0.51, 0.38],
  };
  const record = recordOf(2, { objective, id: `20261122-141503-fourModes-${objective}` });
  const found = resultOf(record, {
    modes: modesOf(model, fourModes),
    steps: options.steps ?? 4000,
    ...(healed
      ? {}
      : {
          kl: 0.179,
          negativeMass: null,
          logZ: -0.8612,
          logZStdErr: 0.0063,
          seconds: 35.9,
          stepsPerSecond: 111.4,
          finalLoss: -46.2,
        }),
    ...(options.truth === false ? { kl: null } : {}),
  });
  return writeAnalyticRun(directory, { data: fourModes, model, extent: [-2, 2, -2, 2], record, result: found, ...options });
}

export function lineRun(directory: string): string {
  const model = { ...line, std: 1.03, weights: [0.21, 0.79] };
  const record = recordOf(1, {
    energy: 'twoModes',
    id: '20261122-141503-twoModes-mfd',
    data: { description: 'Gaussian mixture of 2 components', rows: 2000, known: true },
  });
  return writeAnalyticRun(directory, {
    data: line,
    model,
    extent: [-10, 10],
    record,
    result: resultOf(record, { modes: modesOf(model, line), kl: 0.0012, klStdErr: 0.0002 }),
    cells: 400,
  });
}

export function fiveDimRun(directory: string): string {
  const model = { ...fiveDim, weights: [0.47, 0.32, 0.21] };
  const record = recordOf(5, {
    energy: 'fiveDim',
    objective: 'sliced-vr',
    id: '20261122-141503-fiveDim-sliced-vr',
    data: { description: 'wine.csv', rows: 2000, known: false },
  });
  const found = resultOf(record, {
    modes: modesOf(model, fiveDim),
    kl: null,
    gridMass: null,
    negativeMass: null,
    notes: ['The effective sample size of the importance weights is 312 of 4,096.'],
  });
  return writeAnalyticRun(directory, { data: fiveDim, model, extent: [], record, result: found });
}
