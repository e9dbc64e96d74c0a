/** The panel's page: puts its parts together, and draws them when something has changed. */

import type { ToPanel } from '../src/shared/panelProtocol';
import type { Context } from './context';
import { registerControls } from './controls';
import { element } from './dom';
import { imageCard } from './imageCard';
import { connect } from './host';
import { lossCard } from './lossCard';
import { mainCard } from './mainCard';
import { marginalsCard } from './marginalsCard';
import { modesCard } from './modesCard';
import { runChips } from './runChips';
import { browserScreen, createScheduler } from './scheduler';
import { scrubber } from './scrubber';
import { sliceRequests } from './sliceRequests';
import { settingsForm } from './settingsForm';
import { statusCard } from './statusCard';
import { Store } from './store';
import { readTheme, watchTheme } from './theme';
import { toolbar } from './toolbar';
import { initialUi, parseUi } from './uiState';

/** How often the host is told of interface state while it changes, in milliseconds. */
const tellPeriod = 500;

function start(): void {
  registerControls();
  const host = connect();
  const store = new Store();
  let theme = readTheme();
  const scheduler = createScheduler(draw, browserScreen());
  const context: Context = { store, host, theme: () => theme, redraw: scheduler.request };
  const time = scrubber(context);
  const density = mainCard(context, time.root);
  const parts = [
    statusCard(context),
    toolbar(context),
    settingsForm(context),
    runChips(context),
    density,
    time,
    lossCard(context),
    modesCard(context),
    marginalsCard(context),
    imageCard(context),
    sliceRequests(context),
  ] as const;
  const [status, buttons, settings, chips, , , loss, modes, marginals, images] = parts;
  const charts = element(
    'div',
    { class: 'charts' },
    density.root,
    images.root,
    element('div', { class: 'side-column' }, loss.root, modes.root),
    marginals.root,
  );
  document
    .getElementById('panel')
    ?.append(
      element(
        'div',
        { class: 'page' },
        status.root,
        element('div', { class: 'command-row' }, buttons.root, settings.root),
        chips.root,
        charts,
      ),
    );

  function draw(): void {
    const begin = performance.now();
    for (const part of parts) part.render(store.state);
    // The last drawing alone, for the developer tools and the tests.
    performance.clearMeasures('unblind-draw');
    performance.measure('unblind-draw', { start: begin, end: performance.now() });
  }

  const stored = host.getState();
  let known = stored !== undefined;
  store.dispatch({ type: 'ui', changes: parseUi(stored) });
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
  const keep = (): void => {
    if (store.state.ui === kept) return;
    kept = store.state.ui;
    host.setState(kept);
    tell();
  };
  store.listen(() => {
    scheduler.request();
    keep();
  });
  watchTheme(() => {
    theme = readTheme();
    scheduler.request();
  });
  host.onMessage((message: ToPanel) => {
    if (message.type === 'hydrate' && !known) {
      known = true;
      if (message.snapshot.ui !== undefined) store.dispatch({ type: 'ui', changes: parseUi(message.snapshot.ui ?? initialUi) });
    }
    if (message.type === 'snapshotFrame') time.keep(message.runId, message.step, message.frame);
    store.dispatch(message);
  });
  scheduler.request();
  host.post({ type: 'ready' });
}

start();
