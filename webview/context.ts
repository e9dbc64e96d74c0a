import type { ToPanel } from '../src/shared/panelProtocol';
import { recordOf } from './diagnosis/diagnosisState';
import type { Host } from './host';
import { type PageState, tabOf } from './state';
import type { Store } from './store';
import type { Theme } from './theme';

/** What every part of the page is given. */
export interface Context {
  readonly store: Store;
  readonly host: Host;
  readonly theme: () => Theme;
  /** Asks for a drawing though the state is the same: a column has another width. */
  readonly redraw: () => void;
}

/** A part of the page. */
export interface Part {
  readonly root: HTMLElement;
  /** Shows the state; called at most once a frame of the screen. */
  readonly render: (state: PageState) => void;
}

/** A view of the page. */
export interface Page {
  readonly content: readonly HTMLElement[];
  /** Shows the state; called at most once a frame of the screen, and only while the view is shown. */
  readonly render: (state: PageState) => void;
  /** Told of each message before the state takes it. */
  readonly receive?: (message: ToPanel) => void;
}

/** Opens and closes the table of a card. */
export function rememberTable({ store }: Context): (id: string, open: boolean) => void {
  return (id, open) => {
    const { openTables } = store.state.ui;
    if (openTables.includes(id) !== open)
      store.dispatch({ type: 'ui', changes: { openTables: open ? [...openTables, id] : openTables.filter((name) => name !== id) } });
  };
}

/** A name for a file: the energy's, then what the picture shows. */
export function fileName(state: PageState, what: string): string {
  const tab = tabOf(state);
  const shown =
    tab === 'sample'
      ? state.sampling?.info?.energy
      : tab === 'diagnosis'
        ? recordOf(state)?.energy
        : state.runs.find(({ id }) => id === state.activeRun)?.info?.energy;
  const energy = shown ?? state.energy?.name ?? 'unblind';
  return `${energy}-${what}`.replace(/[^\p{L}\p{N}_-]+/gu, '-');
}
