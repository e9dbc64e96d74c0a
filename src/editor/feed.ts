/** What the feeds of a page have in common: they send while the page listens and is seen, and drop what waits when it does not. */

import type { ToPanel } from '../shared/panelProtocol';
import { Disposable } from './disposable';
import type { Translate } from './translate';

/** Milliseconds between two messages of a kind. */
export const frameInterval = 50;

export abstract class Feed extends Disposable {
  private listening = false;

  /** @param post hands a message to the page */
  constructor(
    protected readonly post: (message: ToPanel) => void,
    protected readonly t: Translate,
  ) {
    super();
    this.register({ dispose: () => this.stop() });
  }

  /** The page listens and is seen; it has just been told everything. */
  start(): void {
    this.stop();
    this.listening = true;
  }

  /** The page is hidden or gone. */
  stop(): void {
    this.listening = false;
    this.forget();
  }

  protected get open(): boolean {
    return this.listening;
  }

  /** Drops what waits. */
  protected abstract forget(): void;
}
