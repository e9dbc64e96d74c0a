/** Sampler runs that never ran, but look as they do. */

import type { PanelSampling, SampleHistory } from '../../src/shared/panelProtocol';
import type { SampleFrame, SampleInfo, SampleSummary } from '../../src/shared/sampleProtocol';
import { type Problem, type ProblemName, problems } from './fitRuns';
import { draw, field, type Mixture, scoreField } from './mixture';

/** Steps of each run. */
export const sampleSteps = 1000;
const snapshots = [0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];
/** Langevin dynamics leave particles in the basins that they started in: nearly equal shares, whatever the weights are. */
const stuck = 0.15;

/** Where particles are after so many steps: spread out at first, then in the modes with shares that hardly follow the weights. */
function cloudAt({ truth }: Problem, step: number, mixing: number): Mixture {
  const progress = 1 - Math.exp(-step / 90);
  const seen = mixing * (1 - Math.exp(-step / 300));
  const equal = 1 / truth.weights.length;
  return {
    means: truth.means.map((mean) => mean.map((value) => value * (0.2 + 0.8 * progress))),
    std: truth.std * (1 + 2.5 * (1 - progress)),
    weights: truth.weights.map((weight) => equal + seen * (weight - equal)),
  };
}

export function sampleFrameAt(problem: ProblemName, step: number, particles = 1000, mixing = stuck): SampleFrame {
  const cloud = cloudAt(problems[problem], step, mixing);
  return {
    step,
    particles: draw(cloud, particles, 5 + step),
    figures: figuresAt(step),
    modeShares: cloud.weights,
  };
}

function figuresAt(step: number): Record<string, number> {
  return { acceptance: 0.574 + 0.3 * Math.exp(-step / 60) + 0.012 * Math.sin(step / 7), stepSize: 0.02 + 0.07 * Math.exp(-step / 80) };
}

function historyUntil(problem: ProblemName, step: number, mixing: number): SampleHistory {
  const steps = Float64Array.from({ length: Math.floor(step / 10) + 1 }, (_, index) => 10 * index);
  const modes = problems[problem].truth.weights.length;
  return {
    steps,
    figures: {
      acceptance: steps.map((at) => figuresAt(at)['acceptance'] ?? 0),
      stepSize: steps.map((at) => figuresAt(at)['stepSize'] ?? 0),
    },
    shares: Array.from({ length: modes }, (_, mode) =>
      steps.map((at) => (cloudAt(problems[problem], at, mixing).weights[mode] ?? 0) + 0.012 * Math.sin(at / 23 + mode)),
    ),
  };
}

/** The run of a problem by its id. */
export function sampleProblemOf(id: string): ProblemName {
  return id.endsWith('line') ? 'line' : id.endsWith('space') ? 'space' : 'plane';
}

function infoOf(problem: ProblemName, particles: number): SampleInfo {
  const { name, truth, low, high }: Problem = problems[problem];
  const dim = truth.means[0]!.length;
  const [cells, coarse] = dim === 1 ? [256, 128] : [128, 24];
  return {
    runDir: `/home/me/ebm/.unblind/runs/${name}-mala`,
    file: `/home/me/ebm/${name}.energy.ts`,
    energy: name,
    dim,
    sampler: 'mala',
    options: { steps: sampleSteps, stepSize: 0.1 },
    seed: 0,
    particles,
    steps: sampleSteps,
    executor: 'onnx-cpu',
    executorDetail: 'ONNX Runtime on the CPU, 4 threads',
    target: 'the corrected density of run 3 (MFD)',
    start: 'a normal distribution as wide as the data',
    modes: truth.means.map((center, k) => ({ label: `mode ${k + 1}`, center: [...center], weight: truth.weights[k]! })),
    picture:
      dim > 2
        ? undefined
        : {
            density: {
              shape: dim === 1 ? [cells] : [cells, cells],
              extent: dim === 1 ? [low, high] : [low, high, low, high],
              values: field(truth, cells, low, high),
            },
            score: { shape: dim === 1 ? [coarse, 1] : [coarse, coarse, 2], values: scoreField(truth, coarse, low, high) },
          },
  };
}

export function samplingAt(
  problem: ProblemName,
  step: number,
  changes: Partial<PanelSampling> = {},
  particles = 1000,
  mixing = stuck,
): PanelSampling {
  return {
    id: `sample-${problem}`,
    sampler: 'mala',
    info: infoOf(problem, particles),
    history: historyUntil(problem, step, mixing),
    progress: { step, stepsPerSecond: 1834, secondsLeft: (sampleSteps - step) / 1834 },
    frame: sampleFrameAt(problem, step, particles, mixing),
    snapshots: snapshots.filter((at) => at <= step),
    state: step < sampleSteps ? { kind: 'running' } : { kind: 'ended', end: { kind: 'done' }, words: 'Done.', notes: [] },
    summary: undefined,
    ...changes,
  };
}

/** What particles that stayed where they started are worth. */
export function summaryOf(problem: ProblemName): SampleSummary {
  const { truth } = problems[problem];
  const { weights } = cloudAt(problems[problem], sampleSteps, stuck);
  return {
    seconds: 0.62,
    figures: figuresAt(sampleSteps),
    temperature: { value: 1.0043, standardError: 0.0061 },
    chains: { chains: 16, rHat: 1.84, essBulk: 31, essTail: 118 },
    logZ: { lower: -0.021, lowerError: 0.014, upper: 0.018, upperError: 0.02 },
    modes: truth.means.map((center, k) => ({
      label: `mode ${k + 1}`,
      center: [...center],
      weight: weights[k]!,
      weightStdErr: Math.sqrt((weights[k]! * (1 - weights[k]!)) / 1000),
      ownWeight: truth.weights[k]!,
      ownWeightStdErr: 0.002,
      dataWeight: truth.weights[k]! + 0.004 * (k - 1),
      dataWeightStdErr: 0.004,
    })),
    warnings: [
      'R-hat is 1.84, above 1.01: the chains disagree, so mala has not mixed between modes; use parallel-tempering or smc, which cross between modes.',
      'mala put 0.247 of the particles in mode 1, whose weight is 0.100; use parallel-tempering or smc, which cross between modes.',
    ],
  };
}
