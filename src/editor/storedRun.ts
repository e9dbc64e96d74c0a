/** A run directory as a panel shows it. Loaded only when one is opened: reading snapshots needs a zip library. */

import { cellDraws, particleCount } from '../engine/fit/frames';
import type { KlEvent, ProgressEvent } from '../runs/record';
import type { Snapshot } from '../runs/checkArrays';
import { readRun, type Run } from '../runs/runReader';
import type { PanelRun } from '../shared/panelProtocol';
import type { Frame, LossPoints, RunInfo } from '../shared/protocol';
import { Random } from '../shared/random';
import type { FitSettings, ObjectiveName } from '../shared/settings';
import { attempt, storedState } from './storedEnd';
import { listSnapshotSteps, type PanelRunSource } from './panelRuns';
import type { Curves } from './runSession';
import type { Translate } from './translate';

export class StoredRun implements PanelRunSource {
  readonly id: string;
  readonly session = undefined;

  constructor(
    private readonly run: Run,
    private readonly t: Translate,
  ) {
    this.id = run.directory;
  }

  /** Throws RunError where the directory holds no run that can be read. */
  static open(directory: string, t: Translate): StoredRun {
    return new StoredRun(readRun(directory), t);
  }

  get objective(): ObjectiveName {
    return this.run.record.objective;
  }

  get seed(): number {
    return this.run.record.seed;
  }

  get settings(): FitSettings {
    return this.run.record.settings;
  }

  get directory(): string {
    return this.run.directory;
  }

  get finished(): boolean {
    return this.run.result !== null;
  }

  /** The energy file and the name in it, as they were. */
  get energy(): { readonly file: string; readonly name: string } {
    return { file: this.run.record.file, name: this.run.record.energy };
  }

  panelRun(label: string): PanelRun {
    const { record, events } = this.run;
    const { points, kls } = curvesOf(events);
    const steps = this.snapshots();
    const last = steps.at(-1);
    const rate = events.findLast((event): event is ProgressEvent => event.type === 'progress')?.stepsPerSecond ?? Number.NaN;
    return {
      id: this.id,
      label,
      objective: record.objective,
      steps: record.settings.steps,
      info: this.info(),
      points,
      kl: { steps: Float64Array.from(kls, ({ step }) => step), values: Float64Array.from(kls, ({ kl }) => kl) },
      progress: { step: this.run.result?.steps ?? points.steps.at(-1) ?? 0, stepsPerSecond: rate, secondsLeft: Number.NaN },
      frame: last === undefined ? undefined : storedFrame(this.run, last),
      snapshots: steps,
      state: storedState(this.run, this.t),
    };
  }

  snapshots(): readonly number[] {
    return listSnapshotSteps(this.directory);
  }

  frameAt(step: number): Promise<Frame | undefined> {
    return Promise.resolve(storedFrame(this.run, step));
  }

  private info(): RunInfo {
    const { record, directory } = this.run;
    const data = attempt(() => this.run.readData());
    const { id, file, energy, dim, objective, settings, seed, executor, executorDetail } = record;
    return {
      ...{ runDir: directory, id, file, energy, dim, objective, settings, seed, executor, executorDetail },
      dataDescription: record.data.description,
      sample: Float32Array.from(data?.sample?.data ?? []),
      truth: data?.truth == null ? undefined : Float32Array.from(data.truth.data),
      mixingDescription: record.mixing?.description,
      image: record.image,
    };
  }
}

/** The picture of one step of a run that may still be going on; undefined where it cannot be read. */
export function readStoredFrame(directory: string, step: number): Frame | undefined {
  const run = attempt(() => readRun(directory));
  return run == null ? undefined : storedFrame(run, step);
}

function storedFrame(run: Run, step: number): Frame | undefined {
  const snapshot = attempt(() => run.readSnapshot(step));
  if (snapshot == null) return undefined;
  const { density, extent, score } = snapshot;
  const kl = run.events.findLast((event): event is KlEvent => event.type === 'kl' && event.step === step)?.kl ?? null;
  // What was measured at the end belongs to the last snapshot only.
  const result = step === run.result?.steps ? run.result : null;
  const particles = (snapshot.samples ?? snapshot.arrays['particles'])?.data ?? drawsOf(density, extent);
  return {
    step,
    kl: result?.kl ?? kl,
    logZ: result?.logZ ?? null,
    logZStdErr: result?.logZStdErr ?? Number.NaN,
    negativeMass: result?.negativeMass ?? null,
    modes: result?.modes ?? [],
    density: density === null || extent === null ? undefined : { shape: density.shape, extent, values: Float32Array.from(density.data) },
    score: score === null ? undefined : { shape: score.shape, values: Float32Array.from(score.data) },
    particles: Float32Array.from(particles),
  };
}

/** Draws of a stored density: what a live picture shows as particles. The same each time, so that they move with the model from step to step. */
function drawsOf(density: Snapshot['density'], extent: Snapshot['extent']): ArrayLike<number> {
  if (density === null || extent === null) return [];
  const cells = [...density.shape].reverse();
  const low = cells.map((_, axis) => extent[2 * axis]!);
  const high = cells.map((_, axis) => extent[2 * axis + 1]!);
  return cellDraws({ low, high, cells }, Float32Array.from(density.data), particleCount, new Random(0));
}

/** The curves of a run on disk. Throws RunError where it cannot be read. */
export function storedCurves(directory: string): Curves {
  return curvesOf(readRun(directory).events);
}

function curvesOf(events: Run['events']): Curves {
  return {
    points: lossPoints(events.filter((event): event is ProgressEvent => event.type === 'progress')),
    kls: events.filter((event): event is KlEvent => event.type === 'kl').map(({ step, kl }) => ({ step, kl })),
  };
}

function lossPoints(events: readonly ProgressEvent[]): LossPoints {
  return {
    steps: Float64Array.from(events, ({ step }) => step),
    losses: Float64Array.from(events, ({ loss }) => loss),
    gradientNorms: Float64Array.from(events, ({ gradientNorm }) => gradientNorm),
  };
}
