/** One fit as the host knows it: the truth that panels, views and the status bar show. */

import type { FitRequest, Frame, FromEngine, LossPoints, RunInfo, SliceView, Work } from '../shared/protocol';
import type { EnginePort } from './enginePort';
import { EngineSession, type EngineSessionChange } from './engineSession';
import { LossHistory } from './lossHistory';

/** What has changed; `points` come in order, frames are complete. */
export type SessionChange =
  | EngineSessionChange
  | { readonly type: 'started' }
  | { readonly type: 'points'; readonly points: LossPoints }
  | { readonly type: 'frame'; readonly frame: Frame };

/** KL of a frame, kept for the curve. */
export interface KlPoint {
  readonly step: number;
  readonly kl: number;
}

/** The curves of a run. */
export interface Curves {
  readonly points: LossPoints;
  readonly kls: readonly KlPoint[];
}

export class RunSession extends EngineSession<SessionChange> {
  info: RunInfo | undefined;
  frame: Frame | undefined;
  readonly loss = new LossHistory();
  readonly kls: KlPoint[] = [];

  constructor(
    readonly request: FitRequest,
    engine: EnginePort,
  ) {
    super(engine);
  }

  protected override get work(): Work {
    return { type: 'fit', request: this.request };
  }

  /** Undefined until it has started. */
  get steps(): number | undefined {
    return this.info?.settings.steps ?? this.request.overrides.steps;
  }

  get directory(): string | undefined {
    return this.info?.runDir;
  }

  /** Frames from now on have this slice; null is none. */
  show(view: SliceView | null): void {
    if (this.isActive && this.steers) this.engine.send({ type: 'view', view });
  }

  /** Leaves the processor for a moment to a run that is about to take its place. */
  makeWay(): void {
    if (this.phase === 'running' && this.steers) this.engine.send({ type: 'make-way' });
  }

  protected override take(message: FromEngine): void {
    switch (message.type) {
      case 'started':
        this.info = message.info;
        this.begin();
        this.changes.fire({ type: 'started' });
        return;
      case 'progress':
        this.proceed(message);
        this.loss.add(message.points);
        this.changes.fire({ type: 'points', points: message.points });
        return;
      case 'frame':
        this.takeFrame(message.frame);
        return;
      default:
        // What other runs and questions are told.
        return;
    }
  }

  /** Takes what a run that is resumed, or followed from now on, had said before. */
  precede({ points, kls }: Curves): void {
    this.loss.add(points);
    this.kls.push(...kls);
    this.changes.fire({ type: 'points', points });
  }

  private takeFrame(frame: Frame): void {
    this.frame = frame;
    if (frame.kl !== null && frame.step > (this.kls.at(-1)?.step ?? -1)) this.kls.push({ step: frame.step, kl: frame.kl });
    this.changes.fire({ type: 'frame', frame });
  }
}
