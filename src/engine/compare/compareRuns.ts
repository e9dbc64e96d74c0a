/** Runs side by side: how far each model is from its data, beside how far exact samples are. */

import type { Floor, Pair } from '../../diagnose/metrics/floor';
import { floorOfPairs } from '../../diagnose/metrics/floor';
import { mostExactPoints } from '../../diagnose/metrics/wasserstein';
import { splitRows } from '../../diagnose/chosenRows';
import type { ObjectiveName } from '../../shared/settings';
import { Random } from '../../shared/random';
import { worstMode } from '../../shared/modeWeights';
import type { Run } from '../../runs/runReader';
import { someRows } from '../diagnose/steinTests';
import { type ReferenceData, referenceData } from './referenceData';
import { runParticles } from './runParticles';
import { type SampleMetricName, sampleMetricNames, sampleMetrics } from './sampleMetrics';

type Distances = Readonly<Record<SampleMetricName, number | null>>;
/** What exact samples of the same size read. */
export type Floors = Readonly<Record<SampleMetricName, Pick<Floor, 'mean' | 'low' | 'high'> | null>>;

/** One run's figures; null is what is not known. */
export interface ComparedRun extends Distances {
  readonly runDir: string;
  readonly energy: string;
  readonly file: string;
  readonly objective: ObjectiveName;
  readonly seed: number;
  readonly steps: number | null;
  readonly seconds: number | null;
  readonly kl: number | null;
  readonly klStdErr: number | null;
  /** Largest difference of a mode's weight from the data's, with a 95 % interval. */
  readonly weightError: { readonly value: number; readonly low: number; readonly high: number } | null;
  /** Floors of its data: two exact samples, or two parts of the data. */
  readonly floor: Floors;
  readonly floorFrom: 'exact samples' | 'parts of the data';
  /** Rows of each sample. */
  readonly points: number;
}

export interface Comparison {
  readonly runs: readonly ComparedRun[];
  readonly notes: readonly string[];
}

export interface CompareOptions {
  /** Rows of each sample, at most 2,000; W2 takes time in proportion to their cube. */
  readonly points: number;
  readonly seed: number;
  /** What begins now. Throwing ends the comparison. */
  readonly onStage?: (stage: string) => void;
}

const floorRepeats = 5;
/** 97.5 % quantile of the standard normal. */
const normal975 = 1.959964;

interface Measuring {
  readonly reference: ReferenceData;
  readonly dim: number;
  /** Rows of each sample. */
  readonly points: number;
  readonly metrics: ReturnType<typeof sampleMetrics>;
  readonly floor: Floors;
}

function independentPair({ sample, exact }: ReferenceData, dim: number, points: number): (random: Random) => Pair {
  if (exact) return (random) => [exact.sample(random, points), exact.sample(random, points)];
  return (random) => {
    const { training, testing } = splitRows(sample, dim, points, random);
    return [training, someRows(testing, dim, points, random.split('other'))];
  };
}

async function measuring(run: Run, points: number, random: Random): Promise<Measuring> {
  const { dim } = run.record;
  const reference = await referenceData(run);
  const { sample, exact } = reference;
  // Without exact samples the floor is of two parts of the data, and the runs are compared at that size.
  const rows = sample.length / dim;
  const size = Math.max(2, Math.min(points, exact ? rows : Math.floor(rows / 2)));
  const metrics = sampleMetrics(sample, dim, random.split('bandwidth'));
  const pair = independentPair(reference, dim, size);
  const floor: [string, Floors[SampleMetricName]][] = [];
  for (const name of sampleMetricNames) {
    const metric = metrics[name];
    const found = metric && (await floorOfPairs(metric, pair, random.split('floor'), floorRepeats));
    floor.push([name, found && { mean: found.mean, low: Math.max(0, found.low), high: found.high }]);
  }
  return { reference, dim, points: size, metrics, floor: Object.fromEntries(floor) as Floors };
}

function weightErrorOf({ result }: Run): ComparedRun['weightError'] {
  const worst = result && worstMode(result.modes);
  if (!worst) return null;
  const half = normal975 * worst.stdErr;
  return { value: worst.error, low: Math.max(0, worst.error - half), high: Math.min(1, worst.error + half) };
}

function compared(run: Run, { reference, dim, points, metrics, floor }: Measuring, random: Random): ComparedRun {
  const { record, result, directory } = run;
  const data = someRows(reference.sample, dim, points, random.split('data'));
  const particles = runParticles(run, points, random.split('particles'));
  const distances = sampleMetricNames.map((name) => {
    const metric = metrics[name];
    // Exact assignment needs sets of one size.
    return [name, metric && particles.length === data.length ? metric(particles, data) : null] as const;
  });
  return {
    ...(Object.fromEntries(distances) as Distances),
    runDir: directory,
    energy: record.energy,
    file: record.file,
    objective: record.objective,
    seed: record.seed,
    steps: result?.steps ?? null,
    seconds: result?.seconds ?? null,
    kl: result?.kl ?? null,
    klStdErr: result?.klStdErr ?? null,
    weightError: weightErrorOf(run),
    floor,
    floorFrom: reference.exact ? 'exact samples' : 'parts of the data',
    points,
  };
}

function differences(runs: readonly Run[]): string[] {
  const several = (values: readonly string[]): boolean => new Set(values).size > 1;
  return [
    ...(several(runs.map(({ record }) => `${record.file} ${record.energy}`)) ? ['the runs are of different energies'] : []),
    ...(several(runs.map(dataOf)) ? ['the runs have different data: distances compare each with its own'] : []),
    ...runs.filter(({ result }) => result === null).map(({ directory }) => `${directory} has not finished; its last snapshot is compared`),
  ];
}

/** What tells data sets apart. */
function dataOf({ record }: Run): string {
  return `${record.file} ${record.data.description} ${record.standardization.mean.join()} ${record.standardization.scale.join()}`;
}

/** Compares runs with their data. One comparison of equal data serves all its runs. Throws RunError for runs that cannot be drawn from. */
export async function compareRuns(runs: readonly Run[], { points, seed, onStage }: CompareOptions): Promise<Comparison> {
  const random = new Random(seed).split('compare');
  const size = Math.min(points, mostExactPoints);
  const byData = new Map<string, Measuring>();
  const out: ComparedRun[] = [];
  for (const run of runs) {
    const key = dataOf(run);
    let found = byData.get(key);
    if (!found) {
      onStage?.(`floors of ${run.record.data.description}`);
      found = await measuring(run, size, random.split('floors'));
      byData.set(key, found);
    }
    onStage?.(`distances of ${run.record.objective}, seed ${run.record.seed}`);
    out.push(compared(run, found, random.split('run')));
  }
  return { runs: out, notes: differences(runs) };
}
