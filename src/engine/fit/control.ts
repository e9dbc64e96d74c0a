import type { SliceView } from '../../shared/protocol';

/**
 * Steers a fit from outside: the training loop asks it between chunks of steps. All methods may be called at any time,
 * also before the first step and after the last.
 */
export class FitControl {
  /** Steps that may run before the next pause; Infinity while nothing is paused. */
  private budget = Infinity;
  private stopping = false;
  private wake: (() => void) | undefined;
  private shown: SliceView | null = null;
  private viewIsNew = false;
  private free: Promise<void> = Promise.resolve();

  /** Leaves the processor to another run for a time, once the steps at hand are done. */
  makeWay(milliseconds: number): void {
    this.free = new Promise((resolve) => setTimeout(resolve, milliseconds));
  }

  /** Resolves once the run may take the processor: at once, but for one that makes way. */
  async wayIsFree(): Promise<void> {
    for (let waited: Promise<void> | undefined; waited !== this.free;) {
      waited = this.free;
      await waited;
    }
  }

  /** Whether the run is to end after the steps at hand. */
  get stopped(): boolean {
    return this.stopping;
  }

  /** Steps that may run now: 0 means that the loop must wait. */
  get allowed(): number {
    return this.budget;
  }

  /** Whether steps run without a limit. */
  get running(): boolean {
    return this.budget === Infinity;
  }

  /** The slice that frames show; null for none. */
  get view(): SliceView | null {
    return this.shown;
  }

  /** Whether no frame of the view has been made yet. */
  get viewWaits(): boolean {
    return this.viewIsNew;
  }

  /** Asks for frames of a slice, or of none. */
  show(view: SliceView | null): void {
    this.shown = view;
    this.viewIsNew = true;
    this.wakeUp();
  }

  /** The loop takes the view for a frame. */
  takeView(): SliceView | null {
    this.viewIsNew = false;
    return this.shown;
  }

  /** Waits after the chunk at hand. */
  pause(): void {
    this.budget = 0;
  }

  resume(): void {
    this.budget = Infinity;
    this.wakeUp();
  }

  /** While paused: so many steps more, then paused again. Ignored while steps run without a limit. */
  step(count: number): void {
    if (this.running || count < 1) return;
    this.budget += count;
    this.wakeUp();
  }

  /** Ends the run after the chunk at hand, paused or not. Cannot be taken back. */
  stop(): void {
    this.stopping = true;
    this.wakeUp();
  }

  /** The loop says that it ran so many steps. */
  spend(count: number): void {
    this.budget = Math.max(0, this.budget - count);
  }

  /** Resolves once steps are allowed, a frame of another view is wanted, or the run is to end. For one waiting loop. */
  async mayGoOn(): Promise<void> {
    while (this.budget === 0 && !this.stopping && !this.viewIsNew) await new Promise<void>((resolve) => (this.wake = resolve));
  }

  private wakeUp(): void {
    this.wake?.();
    this.wake = undefined;
  }
}
