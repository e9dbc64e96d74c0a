import type { Host } from './host';
import type { Store } from './store';

/** How often the host is told of interface state while it changes, in milliseconds. */
const tellPeriod = 500;

/**
 * Stores the interface state with the page and the host, where it has changed since it was last stored.
 * @returns to be called after each change
 */
export function keepUi(store: Store, host: Host): () => void {
  let kept = store.state.ui;
  let told = kept;
  let telling: ReturnType<typeof setTimeout> | undefined;
  // The host is told of many changes, as while a view is dragged, now and then.
  const tell = (): void => {
    if (kept === told || telling !== undefined) return;
    told = kept;
    host.post({ type: 'uiState', state: told });
    telling = setTimeout(() => {
      telling = undefined;
      tell();
    }, tellPeriod);
  };
  // What the page itself is given again is kept at once: the page may be gone in a moment.
  return () => {
    if (store.state.ui === kept) return;
    kept = store.state.ui;
    host.setState(kept);
    tell();
  };
}
