/** Runs as a panel shows them: those that go on in this window, and those that lie on disk. */

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { snapshotsFolder, stepOfSnapshot } from '../runs/layout';
import type { PanelProgress, PanelRun, PanelRunState } from '../shared/panelProtocol';
import type { Frame } from '../shared/protocol';
import { defaultFitSettings, type FitSettings, type ObjectiveName } from '../shared/settings';
import { endWords } from './endWords';
import type { RunSession } from './runSession';
import type { Translate } from './translate';

/** A run that can be shown. */
export interface PanelRunSource {
  /** Unique among the runs of a window. */
  readonly id: string;
  readonly objective: ObjectiveName;
  readonly seed: number;
  /** Undefined before the run has started. */
  readonly settings: FitSettings | undefined;
  /** Undefined before there is one. */
  readonly directory: string | undefined;
  /** The session, where the run belongs to this window. */
  readonly session: RunSession | undefined;
  /** Whether it has come to its end with a model that can be sampled and diagnosed. */
  readonly finished: boolean;
  panelRun(label: string): PanelRun;
  /** Steps that can be shown again, ascending. */
  snapshots(): readonly number[];
  /** Undefined where there is no such snapshot, or a bad one. */
  frameAt(step: number): Promise<Frame | undefined>;
}

let count = 0;

/** A run of this window. */
export class SessionSource implements PanelRunSource {
  readonly id = `session-${++count}`;

  /** @param previous the session that this one continues: its picture stays until there is a new one */
  constructor(
    readonly session: RunSession,
    private readonly t: Translate,
    private readonly previous?: RunSession,
  ) {}

  get objective(): ObjectiveName {
    return this.session.info?.objective ?? this.session.request.overrides.objective ?? defaultFitSettings.objective;
  }

  get seed(): number {
    return this.session.request.seed;
  }

  get settings(): FitSettings | undefined {
    return this.session.info?.settings;
  }

  get directory(): string | undefined {
    return this.session.directory;
  }

  get finished(): boolean {
    const { end } = this.session;
    return end?.kind === 'done' || (end?.kind === 'stopped' && end.forced === undefined);
  }

  panelRun(label: string): PanelRun {
    const { session } = this;
    return {
      id: this.id,
      label,
      objective: this.objective,
      steps: session.steps ?? 0,
      info: session.info ?? this.previous?.info,
      points: session.loss.snapshot(),
      kl: {
        steps: Float64Array.from(session.kls, ({ step }) => step),
        values: Float64Array.from(session.kls, ({ kl }) => kl),
      },
      progress: progressOf(session),
      frame: session.frame ?? this.previous?.frame,
      snapshots: this.snapshots(),
      state: stateOf(session, this.t),
    };
  }

  snapshots(): readonly number[] {
    return this.directory === undefined ? [] : listSnapshotSteps(this.directory);
  }

  async frameAt(step: number): Promise<Frame | undefined> {
    if (this.session.frame?.step === step) return this.session.frame;
    if (this.directory === undefined) return undefined;
    const { readStoredFrame } = await import('./storedRun');
    return readStoredFrame(this.directory, step);
  }
}

/** How far a session of any kind is. */
export function progressOf({ step, stepsPerSecond, secondsLeft }: PanelProgress): PanelProgress {
  return { step, stepsPerSecond, secondsLeft };
}

/** What a session of any kind is doing. */
export function stateOf(session: Pick<RunSession, 'phase' | 'stage' | 'end' | 'step' | 'notes' | 'steers'>, t: Translate): PanelRunState {
  const { phase, stage, end, step } = session;
  if (end !== undefined) return { kind: 'ended', end, words: endWords(end, t), notes: session.notes };
  const looksOn = !session.steers;
  if (phase === 'stopping') return { kind: 'stopping', looksOn };
  if (stage !== undefined || phase === 'starting') return { kind: 'stage', text: stage ?? t('Starting'), looksOn };
  return phase === 'paused' ? { kind: 'paused', step, looksOn } : { kind: 'running', looksOn };
}

/** Steps of the snapshots in a run directory, ascending; none where it cannot be read. */
export function listSnapshotSteps(directory: string): number[] {
  try {
    return readdirSync(join(directory, snapshotsFolder))
      .map(stepOfSnapshot)
      .filter((step) => step !== null)
      .sort((a, b) => a - b);
  } catch {
    return [];
  }
}
