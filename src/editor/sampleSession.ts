/** One sampler run as the host knows it: the truth that panels, views and the status bar show. */

import type { FromEngine, Work } from '../shared/protocol';
import type { SampleFrame, SampleInfo, SampleRequest, SampleSummary } from '../shared/sampleProtocol';
import type { EnginePort } from './enginePort';
import { EngineSession, type EngineSessionChange } from './engineSession';
import { FigureHistory, type FigurePoint } from './figureHistory';

/** What has changed; frames are complete. */
export type SampleChange =
  | EngineSessionChange
  | { readonly type: 'started' }
  | { readonly type: 'progress' }
  | { readonly type: 'frame'; readonly frame: SampleFrame }
  | { readonly type: 'summary' };

export class SampleSession extends EngineSession<SampleChange> {
  info: SampleInfo | undefined;
  frame: SampleFrame | undefined;
  summary: SampleSummary | undefined;
  /** Figures and shares of each frame. */
  readonly history = new FigureHistory();

  constructor(
    readonly request: SampleRequest,
    engine: EnginePort,
  ) {
    super(engine);
  }

  protected override get work(): Work {
    return { type: 'sample', request: this.request };
  }

  /** Takes what a run that is followed from now on had said before. */
  precede(points: readonly FigurePoint[]): void {
    for (const point of points) this.history.add(point);
  }

  /** Undefined until it has started, and where the sampler finds out on its way. */
  get steps(): number | undefined {
    return this.info?.steps;
  }

  get directory(): string | undefined {
    return this.info?.runDir;
  }

  protected override take(message: FromEngine): void {
    switch (message.type) {
      case 'sample-started':
        this.info = message.info;
        this.begin();
        this.changes.fire({ type: 'started' });
        return;
      case 'sample-progress':
        this.proceed(message.progress);
        this.changes.fire({ type: 'progress' });
        return;
      case 'sample-frame':
        this.takeFrame(message.frame);
        return;
      case 'sample-summary':
        this.summary = message.summary;
        this.changes.fire({ type: 'summary' });
        return;
      default:
        // What other runs and questions are told.
        return;
    }
  }

  private takeFrame(frame: SampleFrame): void {
    this.frame = frame;
    this.history.add({ step: frame.step, figures: frame.figures, shares: frame.modeShares });
    this.changes.fire({ type: 'frame', frame });
  }
}
