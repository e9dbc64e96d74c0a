/** Sends a page what changes in its sampler run, at most twenty times a second, and nothing while it is hidden. */

import type { ToPanel } from '../shared/panelProtocol';
import type { SampleFrame } from '../shared/sampleProtocol';
import { Feed, frameInterval } from './feed';
import { type FigurePoint, historyOf } from './figureHistory';
import { LatestGate } from './latestGate';
import type { PanelModel } from './panelModel';
import { progressOf, stateOf } from './panelRuns';
import type { SamplingSource } from './panelSamplings';
import type { SampleEvent } from './sampleService';
import type { SampleSession } from './sampleSession';
import type { Translate } from './translate';

export class SampleFeed extends Feed {
  /** The run that what waits is about. */
  private session: SampleSession | undefined;
  /** Points that wait to be sent. */
  private points: FigurePoint[] = [];
  private snapshotCount = 0;
  private readonly frames = new LatestGate<SampleFrame>(frameInterval, (frame) => this.sendFrame(frame));
  private readonly progress = new LatestGate<null>(frameInterval, () => this.sendProgress());

  /** @param post hands a message to the page */
  constructor(
    private readonly model: Pick<PanelModel, 'sampling'>,
    post: (message: ToPanel) => void,
    t: Translate,
  ) {
    super(post, t);
  }

  /** Passes on what is of interest to the page. */
  take({ session, change }: SampleEvent): void {
    const source = this.model.sampling;
    if (!this.open || source?.session !== session) return;
    if (this.session !== session) this.forget();
    this.session = session;
    const sendState = (): void => this.post({ type: 'sampleState', id: source.id, state: stateOf(session, this.t) });
    switch (change.type) {
      case 'progress':
        this.progress.offer(null);
        return;
      case 'frame': {
        const { step, figures, modeShares } = change.frame;
        this.points.push({ step, figures, shares: modeShares });
        this.progress.offer(null);
        this.frames.offer(change.frame);
        return;
      }
      case 'started':
      case 'summary':
        this.sendAll(source);
        return;
      case 'ended':
        this.progress.flush();
        this.frames.flush();
        this.sendSnapshots(source);
        sendState();
        return;
      case 'state':
        this.progress.flush();
        sendState();
        return;
    }
  }

  /** The run with what belongs to it as a whole: nothing that waits is news then. */
  private sendAll(source: SamplingSource): void {
    this.forget();
    const sampling = source.panelSampling();
    this.snapshotCount = sampling.snapshots.length;
    this.post({ type: 'sampling', sampling });
  }

  private sendFrame(frame: SampleFrame): void {
    const source = this.model.sampling;
    if (source === undefined) return;
    this.post({ type: 'sampleFrame', id: source.id, frame });
    this.sendSnapshots(source);
  }

  private sendProgress(): void {
    const source = this.model.sampling;
    if (source?.session === undefined) return;
    const history = historyOf(this.points);
    this.points = [];
    this.post({ type: 'sampleProgress', id: source.id, progress: progressOf(source.session), history });
  }

  private sendSnapshots(source: SamplingSource): void {
    const steps = source.snapshots();
    if (steps.length === this.snapshotCount) return;
    this.snapshotCount = steps.length;
    this.post({ type: 'sampleSnapshots', id: source.id, steps });
  }

  protected override forget(): void {
    this.frames.clear();
    this.progress.clear();
    this.points = [];
    this.snapshotCount = 0;
  }
}
