/** The panel's page: puts its views together, and draws the one that is shown when something has changed. */

import type { PanelView, ToPanel } from '../src/shared/panelProtocol';
import type { Context, Page } from './context';
import { registerControls } from './controls';
import { diagnosisPage } from './diagnosis/diagnosisPage';
import { element } from './dom';
import { fitPage } from './fitPage';
import { connect } from './host';
import { keepUi } from './keepUi';
import { samplePage } from './sample/samplePage';
import { browserScreen, createScheduler } from './scheduler';
import { tabOf } from './state';
import { Store } from './store';
import { tabList } from './tabs';
import { readTheme, watchTheme } from './theme';
import { initialUi, panelViews, parseUi } from './uiState';
import { t } from './words';

const makers: Readonly<Record<PanelView, (context: Context) => Page>> = { fit: fitPage, sample: samplePage, diagnosis: diagnosisPage };

function start(): void {
  registerControls();
  const host = connect();
  const store = new Store();
  let theme = readTheme();
  const scheduler = createScheduler(draw, browserScreen());
  const context: Context = { store, host, theme: () => theme, redraw: scheduler.request };
  const tabs = tabList<PanelView>(
    t('Views'),
    [
      { value: 'fit', label: t('Fit'), title: t('Fits of the energy to its data') },
      { value: 'sample', label: t('Sample'), title: t('Particles that a sampler moves over the density') },
      { value: 'diagnosis', label: t('Diagnosis'), title: t('Whether score matching sees the weights of the modes') },
    ],
    (view) => `view-${view}`,
    (tab) => store.dispatch({ type: 'ui', changes: { tab } }),
  );
  const panels = panelViews.map((name) => ({
    name,
    panel: element('div', { class: 'page', role: 'tabpanel', id: `view-${name}`, 'aria-labelledby': `tab-${name}`, hidden: true }),
  }));
  const root = element('div', { class: 'views' }, tabs.root, ...panels.map(({ panel }) => panel));
  document.getElementById('panel')?.append(root);
  /** Views are made when they are first looked at. */
  const pages = new Map<PanelView, Page>();

  function pageOf(name: PanelView): Page {
    const known = pages.get(name);
    if (known) return known;
    const page = makers[name](context);
    pages.set(name, page);
    panels.find((each) => each.name === name)?.panel.append(...page.content);
    return page;
  }

  function draw(): void {
    const { state } = store;
    // Which view is wanted, the host may not have said yet.
    if (!state.hydrated && state.ui.tab === null) return;
    const begin = performance.now();
    const tab = tabOf(state);
    tabs.set(tab);
    const page = pageOf(tab);
    for (const { name, panel } of panels) panel.hidden = name !== tab;
    page.render(state);
    // The last drawing alone, for the developer tools and the tests.
    performance.clearMeasures('unblind-draw');
    performance.measure('unblind-draw', { start: begin, end: performance.now() });
  }

  const stored = host.getState();
  let known = stored !== undefined;
  store.dispatch({ type: 'ui', changes: parseUi(stored) });
  const keep = keepUi(store, host);
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
    for (const page of pages.values()) page.receive?.(message);
    store.dispatch(message);
  });
  scheduler.request();
  host.post({ type: 'ready' });
}

start();
