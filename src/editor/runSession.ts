/** One run as the host knows it: the truth that panels, views and the status bar show. It outlives every panel. */

import type { FitRequest, Frame, FromEngine, LossPoints, RunEnd, RunInfo, SliceView, ToEngine } from '../shared/protocol';
import { Disposable } from './disposable';
import { Emitter, type Subscription } from './emitter';
import { LossHistory } from './lossHistory';

/** What a session needs of an engine process. */
export interface EnginePort {
  /** The end of what the process wrote. */
  readonly log: string;
  readonly pid: number | undefined;
  send(message: ToEngine): void;
  onMessage(listener: (message: FromEngine) => void): Subscription;
  /** Told once: how the run ended, or how the process did before it could say. */
  onEnd(listener: (end: RunEnd, notes: readonly string[]) => void): Subscription;
  /** Ends the run after the steps at hand; a process that does not answer is killed. */
  stop(options?: { readonly superseded?: boolean }): Promise<void>;
  kill(): void;
  /** Lets go of the process. */
  dispose(): void;
}

export type RunPhase = 'starting' | 'running' | 'paused' | 'stopping' | 'ended';

/** What has changed; `points` come in order, frames are complete. */
export type SessionChange =
  | { readonly type: 'state' }
  | { readonly type: 'started' }
  | { readonly type: 'points'; readonly points: LossPoints }
  | { readonly type: 'frame'; readonly frame: Frame }
  | { readonly type: 'ended'; readonly end: RunEnd };

/** KL of a frame, kept for the curve. */
export interface KlPoint {
  readonly step: number;
  readonly kl: number;
}

export class RunSession extends Disposable {
  private readonly changes = this.register(new Emitter<SessionChange>());
  readonly onDidChange = this.changes.event;

  phase: RunPhase = 'starting';
  /** What happens before the first step or after the last. */
  stage: string | undefined;
  info: RunInfo | undefined;
  step = 0;
  stepsPerSecond = 0;
  secondsLeft = Number.NaN;
  frame: Frame | undefined;
  end: RunEnd | undefined;
  notes: readonly string[] = [];
  readonly loss = new LossHistory();
  readonly kls: KlPoint[] = [];
  readonly startedAt = Date.now();

  constructor(
    readonly request: FitRequest,
    private readonly engine: EnginePort,
  ) {
    super();
    this.register(engine.onMessage((message) => this.receive(message)));
    this.register(engine.onEnd((end, notes) => this.finish(end, notes)));
    engine.send({ type: 'fit', request });
  }

  get isActive(): boolean {
    return this.phase !== 'ended';
  }

  /** Steps that the run will do; undefined until it has started. */
  get steps(): number | undefined {
    return this.info?.settings.steps ?? this.request.overrides.steps;
  }

  /** The end of what the engine process wrote. */
  get log(): string {
    return this.engine.log;
  }

  get enginePid(): number | undefined {
    return this.engine.pid;
  }

  /** Ends the run after the steps at hand; asked again, at once. */
  /** @param superseded whether another run takes its place */
  stop(superseded = false): void {
    if (!this.isActive) return;
    if (this.phase === 'stopping') {
      this.engine.kill();
      return;
    }
    this.setPhase('stopping');
    void this.engine.stop({ superseded });
  }

  pause(): void {
    if (this.phase === 'running') this.engine.send({ type: 'pause' });
  }

  resume(): void {
    if (this.phase === 'paused') this.engine.send({ type: 'resume' });
  }

  /** While paused: so many steps more. */
  advance(count: number): void {
    if (this.phase === 'paused') this.engine.send({ type: 'step', count });
  }

  /** Frames from now on have this slice; null is none. */
  show(view: SliceView | null): void {
    if (this.isActive) this.engine.send({ type: 'view', view });
  }

  /** Lets go of the engine, too. */
  override dispose(): void {
    if (this.isDisposed) return;
    this.engine.dispose();
    super.dispose();
  }

  private receive(message: FromEngine): void {
    if (!this.isActive) return;
    switch (message.type) {
      case 'stage':
        this.stage = message.text;
        this.changes.fire({ type: 'state' });
        break;
      case 'started':
        this.info = message.info;
        this.stage = undefined;
        if (this.phase === 'starting') this.phase = 'running';
        this.changes.fire({ type: 'started' });
        break;
      case 'progress':
        this.stage = undefined;
        this.step = message.step;
        this.stepsPerSecond = message.stepsPerSecond;
        this.secondsLeft = message.secondsLeft;
        this.loss.add(message.points);
        this.changes.fire({ type: 'points', points: message.points });
        break;
      case 'frame':
        this.takeFrame(message.frame);
        break;
      case 'paused':
        this.step = message.step;
        if (this.phase !== 'stopping') this.setPhase('paused');
        break;
      case 'resumed':
        if (this.phase !== 'stopping') this.setPhase('running');
        break;
      case 'ended':
      case 'ready':
      case 'checked':
      case 'sliced':
      case 'surveyed':
        break;
    }
  }

  private takeFrame(frame: Frame): void {
    this.frame = frame;
    if (frame.kl !== null) this.kls.push({ step: frame.step, kl: frame.kl });
    this.changes.fire({ type: 'frame', frame });
  }

  private setPhase(phase: RunPhase): void {
    if (this.phase === phase) return;
    this.phase = phase;
    this.changes.fire({ type: 'state' });
  }

  private finish(end: RunEnd, notes: readonly string[]): void {
    if (!this.isActive) return;
    // A process that had to be killed because the user stopped the run was stopped, not killed.
    const stopped = this.phase === 'stopping' && end.kind === 'killed';
    this.phase = 'ended';
    this.stage = undefined;
    this.end = stopped ? { kind: 'stopped', forced: true } : end;
    this.notes = notes;
    this.changes.fire({ type: 'ended', end: this.end });
  }
}
