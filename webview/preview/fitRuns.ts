/** Runs that were never fitted, but look as fits do. */

import type { PanelRun } from '../../src/shared/panelProtocol';
import type { Frame, LossPoints, RunInfo } from '../../src/shared/protocol';
import { Random } from '../../src/shared/random';
import { defaultFitSettings, type ObjectiveName } from '../../src/shared/settings';
import { densityAt, draw, field, type Mixture, scoreField } from './mixture';

export interface Problem {
  readonly name: string;
  readonly truth: Mixture;
  readonly low: number;
  readonly high: number;
  readonly description: string;
}

export const problems = {
  line: {
    name: 'twoModes',
    truth: { means: [[-2], [2]], std: 0.5, weights: [0.3, 0.7] },
    low: -5,
    high: 5,
    description: 'a mixture of 2 Gaussians',
  },
  plane: {
    name: 'fourModes',
    truth: {
      means: [
        [-1, -1],
        [-1, 1],
        [1, -1],
        [1, 1],
      ],
      std: 0.2,
      weights: [0.1, 0.2, 0.3, 0.4],
    },
    low: -2.2,
    high: 2.2,
    description: 'a mixture of 4 Gaussians',
  },
  space: {
    name: 'fiveDimensions',
    truth: {
      means: [
        [-2, 0, 1, 0, -1],
        [2, 1, -1, 0, 1],
        [0, -2, 0, 2, 0],
      ],
      std: 0.5,
      weights: [0.25, 0.45, 0.3],
    },
    low: -4,
    high: 4,
    description: '5 columns of measurements.csv',
  },
  wide: {
    name: 'fortyDimensions',
    truth: {
      means: [0, 1, 2].map((k) => Array.from({ length: 40 }, (_, axis) => 1.6 * Math.cos(2.1 * k + 0.7 * axis))),
      std: 0.5,
      weights: [0.2, 0.5, 0.3],
    },
    low: -4,
    high: 4,
    description: '40 columns of spectra.parquet',
  },
} as const satisfies Record<string, Problem>;

export type ProblemName = keyof typeof problems;

/** Steps of each fit. */
export const steps = 4000;

/** The model after `step` steps: it starts wide with equal weights; a blind objective never leaves the latter. */
export function modelAt(problem: ProblemName, objective: ObjectiveName, step: number): Mixture {
  const { truth } = problems[problem];
  const progress = 1 - Math.exp(-step / 500);
  const seen = objective === 'mfd' ? 1 - Math.exp(-step / 700) : 0.06;
  const equal = 1 / truth.weights.length;
  return {
    means: truth.means.map((mean) => mean.map((value) => value * (0.25 + 0.75 * progress))),
    std: truth.std * (1 + 1.6 * (1 - progress)),
    weights: truth.weights.map((weight) => equal + seen * 0.98 * (weight - equal)),
  };
}

export function frameAt(problem: ProblemName, objective: ObjectiveName, step: number, particles = 2000, cells = 128): Frame {
  const { truth, low, high }: Problem = problems[problem];
  const model = modelAt(problem, objective, step);
  const dim = truth.means[0]!.length;
  return {
    step,
    kl: dim > 2 ? null : divergence(truth, model),
    logZ: -0.86 + 0.4 * Math.exp(-step / 800),
    logZStdErr: 0.004,
    negativeMass: objective === 'mfd' ? 0.003 : null,
    modes: truth.means.map((center, k) => ({
      label: `mode ${k + 1}`,
      center: [...center],
      weight: model.weights[k]!,
      weightStdErr: 0.006,
      dataWeight: truth.weights[k]!,
      dataWeightStdErr: 0.004,
    })),
    density:
      dim > 2
        ? undefined
        : {
            shape: dim === 1 ? [256] : [cells, cells],
            extent: dim === 1 ? [low, high] : [low, high, low, high],
            values: field(model, dim === 1 ? 256 : cells, low, high),
          },
    score: dim > 2 ? undefined : { shape: dim === 1 ? [128, 1] : [24, 24, 2], values: scoreField(model, dim === 1 ? 128 : 24, low, high) },
    particles: draw(model, particles, 7 + step),
  };
}

function divergence(truth: Mixture, model: Mixture): number {
  const dim = truth.means[0]!.length;
  const rows = draw(truth, 600, 3);
  let total = 0;
  for (let i = 0; i < 600; i++) {
    const x = [...rows.subarray(i * dim, (i + 1) * dim)];
    total += Math.log(densityAt(truth, x).density / Math.max(1e-12, densityAt(model, x).density));
  }
  return Math.max(0.0021, total / 600);
}

/** A loss that falls and is noisy. */
export function lossUntil(step: number, objective: ObjectiveName, from = 0): LossPoints {
  const random = new Random(objective === 'mfd' ? 1 : 2);
  const all = Array.from({ length: Math.floor(step / 10) + 1 }, (_, index) => index * 10);
  const losses = all.map(
    (at) => (objective === 'mfd' ? -9.2 : -24.1) * (1 - Math.exp(-at / 260)) + 1.1 * random.normal() * (0.35 + Math.exp(-at / 300)),
  );
  const keep = all.map((at, index) => ({ at, loss: losses[index]! })).filter(({ at }) => at >= from);
  return {
    steps: Float64Array.from(keep, ({ at }) => at),
    losses: Float64Array.from(keep, ({ loss }) => loss),
    gradientNorms: Float64Array.from(keep, ({ at }) => 0.4 + 8 * Math.exp(-at / 300)),
  };
}

export const snapshotSteps = [0, 10, 30, 100, 200, 400, 800, 1200, 2000, 3000, 4000] as const;

export function runAt(
  problem: ProblemName,
  objective: ObjectiveName,
  step: number,
  changes: Partial<PanelRun> = {},
  particles = 2000,
): PanelRun {
  const { truth, low, high, name, description }: Problem = problems[problem];
  const dim = truth.means[0]!.length;
  const info: RunInfo = {
    runDir: `/home/me/ebm/.unblind/runs/${name}-${objective}`,
    id: `${name}-${objective}`,
    file: `/home/me/ebm/${name}.energy.ts`,
    energy: name,
    dim,
    objective,
    settings: { ...defaultFitSettings, objective, steps },
    seed: 0,
    executor: 'onnx-cpu',
    executorDetail: 'ONNX Runtime on the CPU, 4 threads',
    dataDescription: description,
    sample: draw(truth, 2000, 11),
    truth: dim === 1 ? field(truth, 256, low, high) : dim === 2 ? field(truth, 128, low, high) : undefined,
    mixingDescription: 'a Gaussian as wide as the data',
  };
  const snapshots = snapshotSteps.filter((at) => at <= step);
  return {
    id: info.id,
    label: objective === 'mfd' ? 'MFD' : 'Fisher',
    objective,
    steps,
    info,
    points: lossUntil(step, objective),
    kl:
      dim > 2
        ? { steps: new Float64Array(), values: new Float64Array() }
        : {
            steps: Float64Array.from(snapshots),
            values: Float64Array.from(snapshots, (at) => divergence(truth, modelAt(problem, objective, at))),
          },
    progress: { step, stepsPerSecond: 412, secondsLeft: (steps - step) / 412 },
    frame: frameAt(problem, objective, step, particles),
    snapshots,
    state: step < steps ? { kind: 'running' } : { kind: 'ended', end: { kind: 'done' }, words: 'Done.', notes: [] },
    ...changes,
  };
}
