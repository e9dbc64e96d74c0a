/** What runs of every kind have in common: the phases they go through, and how they are steered. They outlive every panel. */

import type { Attached, FromEngine, RunEnd, Work } from '../shared/protocol';
import { Disposable } from './disposable';
import { Emitter } from './emitter';
import type { EnginePort } from './enginePort';

export type RunPhase = 'starting' | 'running' | 'paused' | 'stopping' | 'ended';

/** What may change of any run. */
export type EngineSessionChange = { readonly type: 'state' } | { readonly type: 'ended'; readonly end: RunEnd };

/** @typeParam Change what may change of runs of this kind besides */
export abstract class EngineSession<Change> extends Disposable {
  protected readonly changes = this.register(new Emitter<Change | EngineSessionChange>());
  readonly onDidChange = this.changes.event;

  phase: RunPhase = 'starting';
  /** What happens before the first step or after the last. */
  stage: string | undefined;
  step = 0;
  stepsPerSecond = 0;
  secondsLeft = Number.NaN;
  end: RunEnd | undefined;
  notes: readonly string[] = [];
  /** Whether this window steers it; else it looks on. */
  steers = true;
  readonly startedAt = Date.now();

  protected constructor(protected readonly engine: EnginePort) {
    super();
  }

  /** Asks the engine for the run; it goes on without this window where it outlives it. */
  start(outlives: boolean): void {
    this.listen();
    this.setOutlives(outlives);
    this.engine.send(this.work);
  }

  /** Follows a run that goes on already. */
  follow({ steers, said }: Attached): void {
    this.steers = steers;
    for (const message of said) this.receive(message);
    this.listen();
  }

  /** What the engine is asked for. */
  protected abstract readonly work: Work;

  /** Steps that the run will do; undefined where that is not known. */
  abstract get steps(): number | undefined;

  /** Its run directory; undefined until it has one. */
  abstract get directory(): string | undefined;

  get isActive(): boolean {
    return this.phase !== 'ended';
  }

  /** The end of what the engine process wrote. */
  get log(): string {
    return this.engine.log;
  }

  get enginePid(): number | undefined {
    return this.engine.pid;
  }

  /**
   * Ends the run after the steps at hand; asked again, at once.
   * @param superseded whether another run takes its place
   */
  stop(superseded = false): void {
    if (!this.isActive || !this.steers) return;
    if (this.phase === 'stopping') {
      this.engine.kill();
      return;
    }
    this.setPhase('stopping');
    void this.engine.stop({ superseded });
  }

  pause(): void {
    if (this.phase === 'running' && this.steers) this.engine.send({ type: 'pause' });
  }

  resume(): void {
    if (this.phase === 'paused' && this.steers) this.engine.send({ type: 'resume' });
  }

  /** While paused: so many steps more. */
  advance(count: number): void {
    if (this.phase === 'paused' && this.steers) this.engine.send({ type: 'step', count });
  }

  /** Whether the run goes on without this window. */
  setOutlives(outlives: boolean): void {
    if (this.isActive && this.steers) this.engine.send({ type: 'outlive', outlives });
  }

  /** Steers the run from now on; the window that did so looks on. */
  takeSteering(): void {
    if (this.isActive && !this.steers) this.engine.send({ type: 'take-steering' });
  }

  /** Lets go of the engine, too. */
  override dispose(): void {
    if (this.isDisposed) return;
    this.engine.dispose();
    super.dispose();
  }

  /** Takes what only runs of this kind are told. */
  protected abstract take(message: FromEngine): void;

  /** The run has made its directory and does its first steps. */
  protected begin(): void {
    this.stage = undefined;
    if (this.phase === 'starting') this.phase = 'running';
  }

  /** How far the run is. */
  protected proceed({ step, stepsPerSecond, secondsLeft }: Pick<this, 'step' | 'stepsPerSecond' | 'secondsLeft'>): void {
    this.stage = undefined;
    this.step = step;
    this.stepsPerSecond = stepsPerSecond;
    this.secondsLeft = secondsLeft;
  }

  private listen(): void {
    this.register(this.engine.onMessage((message) => this.receive(message)));
    this.register(this.engine.onEnd((end, notes) => this.finish(end, notes)));
  }

  private receive(message: FromEngine): void {
    if (!this.isActive) return;
    switch (message.type) {
      case 'steering':
        this.steers = message.yours;
        this.changes.fire({ type: 'state' });
        return;
      case 'stage':
        this.stage = message.text;
        this.changes.fire({ type: 'state' });
        return;
      case 'paused':
        this.step = message.step;
        if (this.phase === 'paused') this.changes.fire({ type: 'state' });
        else if (this.phase !== 'stopping') this.setPhase('paused');
        return;
      case 'resumed':
        if (this.phase !== 'stopping') this.setPhase('running');
        return;
      default:
        this.take(message);
    }
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
