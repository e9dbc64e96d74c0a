/** Lets the latest of many values through, at most so often: what came between is dropped. */

export interface Clock {
  now(): number;
  /** Calls back after so many milliseconds; the answer cancels it. */
  after(milliseconds: number, callback: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  after: (milliseconds, callback) => {
    const timer = setTimeout(callback, milliseconds);
    return () => clearTimeout(timer);
  },
};

export class LatestGate<T> {
  private waiting: { readonly value: T } | undefined;
  private cancel: (() => void) | undefined;
  private last = Number.NEGATIVE_INFINITY;

  /**
   * @param interval least milliseconds between two values
   * @param pass receives what gets through
   */
  constructor(
    private readonly interval: number,
    private readonly pass: (value: T) => void,
    private readonly clock: Clock = systemClock,
  ) {}

  /** Offers a value: it passes now where the interval is over, else later, unless a newer one comes first. */
  offer(value: T): void {
    this.waiting = { value };
    if (this.cancel !== undefined) return;
    const rest = this.last + this.interval - this.clock.now();
    if (rest <= 0) this.flush();
    else
      this.cancel = this.clock.after(rest, () => {
        this.cancel = undefined;
        this.flush();
      });
  }

  /** Lets go what waits, at once. */
  flush(): void {
    const { waiting } = this;
    if (waiting === undefined) return;
    this.clear();
    this.last = this.clock.now();
    this.pass(waiting.value);
  }

  /** Forgets what waits. */
  clear(): void {
    this.waiting = undefined;
    this.cancel?.();
    this.cancel = undefined;
  }
}
