/** Sampler runs as a panel shows them: those of this window; `storedSampling` has those that lie on disk. */

import type { PanelSampling } from '../shared/panelProtocol';
import type { SampleFrame } from '../shared/sampleProtocol';
import { suitableSampler } from '../shared/samplers/samplerForms';
import { listSnapshotSteps, progressOf, stateOf } from './panelRuns';
import type { SampleSession } from './sampleSession';
import type { Translate } from './translate';

/** A sampler run that can be shown. */
export interface SamplingSource {
  /** Unique among the runs of a window. */
  readonly id: string;
  /** Undefined before there is one. */
  readonly directory: string | undefined;
  /** The session, where the run belongs to this window. */
  readonly session: SampleSession | undefined;
  panelSampling(): PanelSampling;
  /** Steps that can be shown again, ascending. */
  snapshots(): readonly number[];
  /** Undefined where there is no such snapshot, or a bad one. */
  frameAt(step: number): Promise<SampleFrame | undefined>;
}

let count = 0;

/** A sampler run of this window. */
export class SessionSampling implements SamplingSource {
  readonly id = `sampling-${++count}`;

  constructor(
    readonly session: SampleSession,
    private readonly t: Translate,
  ) {}

  get directory(): string | undefined {
    return this.session.directory;
  }

  panelSampling(): PanelSampling {
    const { session } = this;
    return {
      id: this.id,
      sampler: session.info?.sampler ?? session.request.sampler ?? suitableSampler('energy'),
      info: session.info,
      history: session.history.snapshot(),
      progress: progressOf(session),
      frame: session.frame,
      snapshots: this.snapshots(),
      state: stateOf(session, this.t),
      summary: session.summary,
    };
  }

  snapshots(): readonly number[] {
    return this.directory === undefined ? [] : listSnapshotSteps(this.directory);
  }

  async frameAt(step: number): Promise<SampleFrame | undefined> {
    if (this.session.frame?.step === step) return this.session.frame;
    if (this.directory === undefined) return undefined;
    const { StoredSampling } = await import('./storedSampling');
    try {
      return await StoredSampling.open(this.directory, this.t).frameAt(step);
    } catch {
      // A directory that cannot be read has no snapshots.
      return undefined;
    }
  }
}
