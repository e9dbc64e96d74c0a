import type { Host } from './host';
import type { Store } from './store';

/** How often interface state is stored while it changes, in milliseconds. */
const storePeriod = 500;

/**
 * Stores the interface state with the page and the host, where it has changed since it was last stored.
 * @returns to be called after each change
 */
export function keepUi(store: Store, host: Host): () => void {
  let kept = store.state.ui;
  let storing: ReturnType<typeof setTimeout> | undefined;
  // A single change at once: the page may be gone in a moment. Of many, as while a view is dragged, a few.
  const keep = (): void => {
    if (store.state.ui === kept || storing !== undefined) return;
    kept = store.state.ui;
    host.setState(kept);
    host.post({ type: 'uiState', state: kept });
    storing = setTimeout(() => {
      storing = undefined;
      keep();
    }, storePeriod);
  };
  return keep;
}
