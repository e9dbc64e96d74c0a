/** The card of a main view: a picture that can be zoomed and dragged, with what is drawn over it to choose. */

import { createCard } from './card';
import { createChartCanvas } from './chartCanvas';
import { type Context, fileName, type Part, rememberTable } from './context';
import { button, checkbox } from './controls';
import { showCrosses } from './crosses';
import type { Content } from './densityContent';
import { element, setText } from './dom';
import { listenToGestures } from './gestures';
import { savePicture } from './save';
import type { PageState } from './state';
import type { Box } from './surface';
import type { Theme } from './theme';
import type { View } from './uiState';
import { t } from './words';

/** Something that can be drawn over the picture, or left out. */
export interface Layer {
  readonly label: string;
  /** Class of the coloured mark before the label. */
  readonly mark?: string;
  readonly isOn: (state: PageState) => boolean;
  /** Whether there is such a thing. */
  readonly isOffered: (state: PageState) => boolean;
  readonly set: (on: boolean) => void;
}

/** What the card shows, and where its zoom is kept. */
export interface DensitySource {
  readonly id: string;
  /** What the picture's file is called, after the energy. */
  readonly file: string;
  readonly title: (state: PageState) => string;
  readonly placeholder: string;
  readonly layers: readonly Layer[];
  readonly dim: (state: PageState) => number;
  readonly zoom: (state: PageState) => View | null;
  readonly setZoom: (view: View | null) => void;
  /** All there is to see; undefined before there is anything. */
  readonly whole: (state: PageState) => View | undefined;
  /** What is at a place, in words. */
  readonly readOut: (state: PageState, x: number, y: number) => string;
  readonly content: (state: PageState, theme: Theme) => Content | undefined;
  /** Controls beside the zoom's, and above the layers. */
  readonly tools: readonly Part[];
  readonly above: readonly Part[];
  /** What stands under the picture. */
  readonly below: HTMLElement;
}

const hint = t('Drag to pan, Ctrl+wheel to zoom, double-click for all');

export function densityCard(context: Context, source: DensitySource): Part {
  const { store, host } = context;
  let boxes: readonly Box[] = [];
  const chart = createChartCanvas(context.redraw, true);
  const text = element('p', { class: 'read-out' }, hint);
  const crosses = element('div', { class: 'crosses', 'aria-hidden': 'true' });
  chart.root.append(crosses);
  const gestures = listenToGestures({
    canvas: chart.canvas,
    boxes: () => boxes,
    view: () => {
      const whole = source.whole(store.state);
      return whole && { now: source.zoom(store.state) ?? whole, whole };
    },
    onView: source.setZoom,
    onHover: (place) => {
      setText(text, place ? source.readOut(store.state, place.x, place.y) : hint);
      const view = source.zoom(store.state) ?? source.whole(store.state);
      showCrosses(crosses, view && source.dim(store.state) > 1 ? boxes : [], place, view);
    },
  });
  const layers = source.layers.map((layer) => ({ layer, control: checkbox(layer.label, layer.set, layer.mark) }));
  const toggleRow = element(
    'div',
    { class: 'toggles', role: 'group', 'aria-label': t('Layers') },
    ...layers.map(({ control }) => control.element),
  );
  const zoomIn = button({ label: t('Zoom in'), icon: 'zoomIn', look: 'icon', onClick: () => gestures.zoomBy(1.5) });
  const zoomOut = button({ label: t('Zoom out'), icon: 'zoomOut', look: 'icon', onClick: () => gestures.zoomBy(1 / 1.5) });
  const whole = button({ label: t('Show all'), icon: 'whole', look: 'icon', onClick: () => source.setZoom(null) });
  const card = createCard({
    id: source.id,
    title: source.title(store.state),
    tools: [...source.tools.map(({ root }) => root), zoomIn.element, zoomOut.element, whole.element],
    body: [...source.above.map(({ root }) => root), toggleRow, chart.root, text, source.below],
    save: (format) => {
      const picture = chart.last();
      if (picture) savePicture(host, fileName(store.state, source.file), format, picture, context.theme());
    },
    saveCsv: (content) => host.post({ type: 'save', name: fileName(store.state, source.file), format: 'csv', content }),
    onTable: rememberTable(context),
  });
  card.root.classList.add('density-card');
  const render = (state: PageState): void => {
    for (const { layer, control } of layers) control.set(layer.isOn(state), !layer.isOffered(state));
    toggleRow.hidden = !layers.some(({ layer }) => layer.isOffered(state));
    toggleRow.classList.toggle('on-line', source.dim(state) === 1);
    whole.set({ disabled: source.zoom(state) === null });
    for (const part of [...source.tools, ...source.above]) part.render(state);
    card.setTitle(source.title(state));
    const content = source.content(state, context.theme());
    card.setPlaceholder(content ? undefined : source.placeholder);
    if (!content) return;
    chart.draw((width) => content.layout(width, (next) => (boxes = next)), content.label, context.theme());
    card.setTables(content.tables, state.ui.openTables.includes(source.id));
  };
  return { root: card.root, render };
}
