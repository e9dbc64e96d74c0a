/** A sampler's run directory as a panel shows it. Loaded only when one is opened: reading snapshots needs a zip library. */

import { readAnyRun, type SampleRun } from '../runs/runReader';
import { RunError } from '../runs/runError';
import type { SampleProgressEvent } from '../runs/sampleRecord';
import type { PanelSampling, SampleHistory } from '../shared/panelProtocol';
import type { SampleFigures, SampleFrame, SampleInfo, SamplePicture, SampleSummary } from '../shared/sampleProtocol';
import { type FigurePoint, historyOf } from './figureHistory';
import { listSnapshotSteps } from './panelRuns';
import type { SamplingSource } from './panelSamplings';
import { attempt, storedState } from './storedEnd';
import type { Translate } from './translate';

export class StoredSampling implements SamplingSource {
  readonly session = undefined;

  constructor(
    private readonly run: SampleRun,
    private readonly t: Translate,
  ) {}

  /** Throws RunError where the directory holds no sampler run that can be read. */
  static open(directory: string, t: Translate): StoredSampling {
    const run = readAnyRun(directory);
    if (run.kind === 'sample') return new StoredSampling(run, t);
    throw new RunError('unsupported', `${directory} holds a fit, not particles of a sampler.`);
  }

  get id(): string {
    return this.run.directory;
  }

  get directory(): string {
    return this.run.directory;
  }

  panelSampling(): PanelSampling {
    const { run } = this;
    const steps = this.snapshots();
    const last = steps.at(-1);
    const told = this.progress.at(-1);
    return {
      id: this.id,
      sampler: run.record.sampler,
      info: this.info(),
      history: this.history(),
      progress: {
        step: run.result?.steps ?? told?.step ?? 0,
        stepsPerSecond: run.result?.stepsPerSecond ?? told?.stepsPerSecond ?? Number.NaN,
        secondsLeft: Number.NaN,
      },
      frame: last === undefined ? undefined : this.frame(last),
      snapshots: steps,
      state: storedState(run, this.t),
      summary: this.summary(),
    };
  }

  snapshots(): readonly number[] {
    return listSnapshotSteps(this.directory);
  }

  frameAt(step: number): Promise<SampleFrame | undefined> {
    return Promise.resolve(this.frame(step));
  }

  private get progress(): readonly SampleProgressEvent[] {
    return this.run.events.filter((event): event is SampleProgressEvent => event.type === 'progress');
  }

  private frame(step: number): SampleFrame | undefined {
    const snapshot = attempt(() => this.run.readSnapshot(step));
    if (snapshot === undefined) return undefined;
    const figures = figuresOf(this.progress.findLast((event) => event.step <= step)?.figures ?? {});
    return { step, particles: Float32Array.from(snapshot.samples.data), figures, modeShares: this.sharesAt(step) };
  }

  /** Shares are measured at the end only; none for other steps. */
  private sharesAt(step: number): readonly number[] {
    const { result } = this.run;
    return step === result?.steps ? result.modes.map(({ weight }) => weight) : [];
  }

  private history(): SampleHistory {
    return historyOf(this.progress.map(({ step, figures }) => ({ step, figures: figuresOf(figures), shares: this.sharesAt(step) })));
  }

  private info(): SampleInfo {
    const { record, result, directory } = this.run;
    const { file, energy, dim, sampler, options, seed, particles, executor, executorDetail } = record;
    return {
      ...{ runDir: directory, file, energy, dim, sampler, options, seed, particles, executor, executorDetail },
      steps: typeof options['steps'] === 'number' ? options['steps'] : result?.steps,
      target: record.target.description,
      start: record.start.description,
      modes: (result?.modes ?? []).map(({ label, center, ownWeight }) => ({ label, center, weight: ownWeight })),
      picture: attempt(() => this.picture()),
    };
  }

  private summary(): SampleSummary | undefined {
    const { result } = this.run;
    if (result === null) return undefined;
    const { seconds, figures, temperature, chains, logZ, modes, warnings } = result;
    return { seconds, figures: figuresOf(figures), temperature, chains, logZ, modes, warnings };
  }

  private picture(): SamplePicture | undefined {
    const { density, extent, score } = this.run.readData()?.arrays ?? {};
    if (density === undefined || extent === undefined || score === undefined) return undefined;
    return {
      density: { shape: density.shape, extent: Array.from(extent.data), values: Float32Array.from(density.data) },
      score: { shape: score.shape, values: Float32Array.from(score.data) },
    };
  }
}

/** What a sampler run on disk has said of itself; shares are measured at the end only. Throws RunError where it cannot be read. */
export function storedFigures(directory: string): FigurePoint[] {
  const { kind, events } = readAnyRun(directory);
  if (kind !== 'sample') return [];
  return events
    .filter((event): event is SampleProgressEvent => event.type === 'progress')
    .map(({ step, figures }) => ({ step, figures: figuresOf(figures), shares: [] }));
}

/** Figures that are there. */
function figuresOf(figures: Readonly<Record<string, number | undefined>>): SampleFigures {
  return Object.fromEntries(Object.entries(figures).filter((entry): entry is [string, number] => entry[1] !== undefined));
}
