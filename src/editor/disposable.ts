/** Owns what must be let go of: everything registered is disposed of once, last first. */

import type { Subscription } from './emitter';

export class Disposable implements Subscription {
  private readonly owned: Subscription[] = [];
  private gone = false;

  /** Takes ownership; what comes after the end is let go of at once. */
  protected register<T extends Subscription>(subscription: T): T {
    if (this.gone) subscription.dispose();
    else this.owned.push(subscription);
    return subscription;
  }

  get isDisposed(): boolean {
    return this.gone;
  }

  dispose(): void {
    if (this.gone) return;
    this.gone = true;
    for (const subscription of this.owned.reverse()) subscription.dispose();
    this.owned.length = 0;
  }
}
