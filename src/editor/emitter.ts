/** A list of listeners, for code that is tested without VS Code. `event` can be used where VS Code wants an Event. */

export interface Subscription {
  dispose(): void;
}

export type EventOf<T> = (listener: (value: T) => void) => Subscription;

export class Emitter<T> {
  private readonly listeners = new Set<(value: T) => void>();

  /** Calls the listener at each value until the subscription is disposed of. */
  readonly event: EventOf<T> = (listener) => {
    // One entry a subscription, also where two share a function.
    const own = (value: T): void => listener(value);
    this.listeners.add(own);
    return { dispose: () => void this.listeners.delete(own) };
  };

  /** Tells all that listen now; whoever joins or leaves meanwhile does not change who is told. */
  fire(value: T): void {
    for (const listener of [...this.listeners]) listener(value);
  }

  dispose(): void {
    this.listeners.clear();
  }
}
