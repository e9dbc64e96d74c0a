/** The main view: densities of the plane or the line, with score, data and particles. */

import { formatNumber } from '../src/shared/plot/numberFormat';
import { axesChooser } from './axesChooser';
import { createCard } from './card';
import { createChartCanvas } from './chartCanvas';
import { type Context, fileName, type Part, rememberTable } from './context';
import { button, checkbox } from './controls';
import { element, setText } from './dom';
import { listenToGestures } from './gestures';
import { drawLinePlot, drawScoreStrip } from './lineView';
import { lineModel } from './lineModel';
import { lineTables, planeTables } from './mainTables';
import { drawPlanes, planesLayout } from './planes';
import { planesModel, runsShown, wholeView } from './planesModel';
import { readOut } from './readOut';
import { type Picture, savePicture } from './save';
import { hasParticles, pictureOf, sliceView } from './slice';
import { sliceControls } from './sliceControls';
import { activeRun, frameOf, type PageState } from './state';
import type { Box } from './surface';
import type { LayerName, View } from './uiState';
import { t } from './words';

const toggles: readonly { readonly layer: LayerName; readonly label: string; readonly mark?: string }[] = [
  { layer: 'contours', label: t('Contours') },
  { layer: 'score', label: t('Score') },
  { layer: 'particles', label: t('Particles'), mark: 'particles' },
  { layer: 'data', label: t('Data'), mark: 'data' },
  { layer: 'truth', label: t('Truth') },
];

const hint = t('Drag to pan, Ctrl+wheel to zoom, double-click for all');

/** @param time the scrubber, which stands under the picture */
export function mainCard(context: Context, time: HTMLElement): Part {
  const { store, host } = context;
  let boxes: readonly Box[] = [];
  const chart = createChartCanvas(context.redraw, true);
  const setView = (view: View | null): void => store.dispatch({ type: 'ui', changes: { view } });
  const text = element('p', { class: 'read-out' }, hint);
  const crosses = element('div', { class: 'crosses', 'aria-hidden': 'true' });
  chart.root.append(crosses);
  const gestures = listenToGestures({
    canvas: chart.canvas,
    boxes: () => boxes,
    view: () => {
      const whole = wholeView(store.state);
      return whole && { now: store.state.ui.view ?? whole, whole };
    },
    onView: setView,
    onHover: (place) => {
      setText(text, place ? readOut(store.state, place.x, place.y) : hint);
      const view = store.state.ui.view ?? wholeView(store.state);
      const dim = activeRun(store.state)?.info?.dim ?? 2;
      showCrosses(
        crosses,
        place && view && dim > 1 ? boxes.map((box) => ({ box, x: share(place.x, view.x), y: share(place.y, view.y) })) : [],
      );
    },
  });
  const layers = toggles.map(({ layer, label, mark }) => ({
    layer,
    control: checkbox(label, (on) => store.dispatch({ type: 'ui', changes: { layers: { ...store.state.ui.layers, [layer]: on } } }), mark),
  }));
  const toggleRow = element(
    'div',
    { class: 'toggles', role: 'group', 'aria-label': t('Layers') },
    ...layers.map(({ control }) => control.element),
  );
  const zoomIn = button({ label: t('Zoom in'), icon: 'zoomIn', look: 'icon', onClick: () => gestures.zoomBy(1.5) });
  const zoomOut = button({ label: t('Zoom out'), icon: 'zoomOut', look: 'icon', onClick: () => gestures.zoomBy(1 / 1.5) });
  const whole = button({ label: t('Show all'), icon: 'whole', look: 'icon', onClick: () => setView(null) });
  const chooser = axesChooser(context);
  const slicing = sliceControls(context);
  const card = createCard({
    id: 'density',
    title: t('Density'),
    tools: [chooser.root, zoomIn.element, zoomOut.element, whole.element],
    body: [slicing.root, toggleRow, chart.root, text, time],
    save: (format) => {
      const picture = chart.last();
      if (picture) savePicture(host, fileName(store.state, 'density'), format, picture, context.theme());
    },
    saveCsv: (content) => host.post({ type: 'save', name: fileName(store.state, 'density'), format: 'csv', content }),
    onTable: rememberTable(context),
  });
  const render = (state: PageState): void => {
    const run = activeRun(state);
    const dim = run?.info?.dim ?? 2;
    const picture = run && pictureOf(state, run);
    const sliced = sliceView(state) !== undefined;
    const planar = dim === 2 || sliced;
    const offered: Readonly<Record<LayerName, boolean>> = {
      contours: planar,
      score: dim === 1 || planar,
      particles: dim <= 2 && runsShown(state).some((each) => hasParticles(frameOf(state, each))),
      data: dim === 2 && picture?.grid !== undefined,
      truth: dim === 1 ? run?.info?.truth !== undefined : picture?.truth !== undefined,
    };
    for (const { layer, control } of layers) control.set(state.ui.layers[layer], !offered[layer]);
    toggleRow.hidden = !Object.values(offered).includes(true);
    toggleRow.classList.toggle('on-line', dim === 1);
    whole.set({ disabled: state.ui.view === null });
    chooser.render(state);
    slicing.render(state);
    card.setTitle(dim <= 2 ? t('Density') : sliced ? t('Slice') : t('Particles'));
    const content = dim === 1 ? lineContent(state, context) : planesContent(state, context);
    card.setPlaceholder(content ? undefined : t('The density appears here with the first picture of a run.'));
    if (!content) return;
    chart.draw((width) => ({ ...content.layout(width, (next) => (boxes = next)) }), content.label, context.theme());
    card.setTables(content.tables, state.ui.openTables.includes('density'));
  };
  return { root: card.root, render };
}

interface Content {
  readonly layout: (width: number, setBoxes: (boxes: readonly Box[]) => void) => Picture;
  readonly label: string;
  readonly tables: () => ReturnType<typeof planeTables>;
}

function planesContent(state: PageState, context: Context): Content | undefined {
  const theme = context.theme();
  const model = planesModel(state, theme);
  if (!model) return undefined;
  const names = model.planes.map(({ title }) => title).join(', ');
  const axes = model.names.join(', ');
  return {
    label: [
      model.colours
        ? t('Densities of {0}, side by side over {1}, colours from 0 to {2}.', names, axes, formatNumber(model.colours.top, 2))
        : t('Points of {0}, side by side over {1}.', names, axes),
      t('Arrow keys pan, plus and minus zoom, 0 shows all.'),
    ].join(' '),
    layout: (width, setBoxes) => {
      const layout = planesLayout(width, model.planes.length, model.view, model.colours !== undefined);
      setBoxes(layout.boxes);
      return { width, height: layout.height, paint: (surface) => drawPlanes(surface, layout, model, theme) };
    },
    tables: () => planeTables(context.store.state),
  };
}

function lineContent(state: PageState, context: Context): Content | undefined {
  const theme = context.theme();
  const model = lineModel(state, theme);
  if (!model) return undefined;
  return {
    label: [
      t('Density of the model over x, with a histogram of the data.'),
      ...(model.scores.length > 0 ? [t('The score is below.')] : []),
      t('Arrow keys pan, plus and minus zoom, 0 shows all.'),
    ].join(' '),
    layout: (width, setBoxes) => {
      const box = { left: 40, top: 22, width: width - 52, height: 240 };
      const strip = { ...box, top: box.top + box.height + 52, height: 76 };
      setBoxes(model.scores.length > 0 ? [box, strip] : [box]);
      return {
        width,
        height: (model.scores.length > 0 ? strip.top + strip.height : box.top + box.height) + 34,
        paint: (surface) => {
          drawLinePlot(surface, box, model.scores.length > 0 ? { ...model.plot, xName: '' } : model.plot, theme);
          if (model.scores.length > 0) drawScoreStrip(surface, strip, model.plot.view, model.scores, theme);
        },
      };
    },
    tables: () => lineTables(context.store.state),
  };
}

function share(value: number, [low, high]: readonly [number, number]): number {
  return (value - low) / (high - low);
}

function showCrosses(root: HTMLElement, places: readonly { readonly box: Box; readonly x: number; readonly y: number }[]): void {
  while (root.children.length > places.length) root.lastElementChild?.remove();
  while (root.children.length < places.length) root.append(element('i'));
  places.forEach(({ box, x, y }, index) => {
    const cross = root.children[index];
    if (cross instanceof HTMLElement)
      cross.style.transform = `translate(${Math.round(box.left + x * box.width)}px, ${Math.round(box.top + (1 - y) * box.height)}px)`;
  });
}
