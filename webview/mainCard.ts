/** The main view of fits: densities of the plane or the line, with score, data and particles. */

import { axesChooser } from './axesChooser';
import type { Context, Part } from './context';
import { densityCard } from './densityCard';
import { lineContent, planesContent } from './densityContent';
import { lineModel } from './lineModel';
import { lineTables, planeTables } from './mainTables';
import { planesModel, runsShown, wholeView } from './planesModel';
import { readOut } from './readOut';
import { hasParticles, pictureOf, sliceView } from './slice';
import { sliceControls } from './sliceControls';
import { activeRun, frameOf, type PageState } from './state';
import type { LayerName } from './uiState';
import { t } from './words';

const layers: readonly {
  readonly name: LayerName;
  readonly label: string;
  readonly mark?: string;
  readonly isOffered: (state: PageState) => boolean;
}[] = [
  { name: 'contours', label: t('Contours'), isOffered: isPlanar },
  { name: 'score', label: t('Score'), isOffered: (state) => dimOf(state) === 1 || isPlanar(state) },
  {
    name: 'particles',
    label: t('Particles'),
    mark: 'particles',
    isOffered: (state) => dimOf(state) <= 2 && runsShown(state).some((each) => hasParticles(frameOf(state, each))),
  },
  { name: 'data', label: t('Data'), mark: 'data', isOffered: (state) => dimOf(state) === 2 && pictureNow(state)?.grid !== undefined },
  {
    name: 'truth',
    label: t('Truth'),
    isOffered: (state) => (dimOf(state) === 1 ? activeRun(state)?.info?.truth !== undefined : pictureNow(state)?.truth !== undefined),
  },
];

/** @param time the scrubber, which stands under the picture */
export function mainCard(context: Context, time: HTMLElement): Part {
  const { store } = context;
  return densityCard(context, {
    id: 'density',
    file: 'density',
    title: (state) => (dimOf(state) <= 2 ? t('Density') : sliceView(state) ? t('Slice') : t('Particles')),
    placeholder: t('The density appears here with the first picture of a run.'),
    layers: layers.map(({ name, ...layer }) => ({
      ...layer,
      isOn: ({ ui }) => ui.layers[name],
      set: (on) => store.dispatch({ type: 'ui', changes: { layers: { ...store.state.ui.layers, [name]: on } } }),
    })),
    dim: dimOf,
    zoom: ({ ui }) => ui.view,
    setZoom: (view) => store.dispatch({ type: 'ui', changes: { view } }),
    whole: wholeView,
    readOut,
    content: (state, theme) => {
      if (dimOf(state) === 1) {
        const model = lineModel(state, theme);
        const label = t('Density of the model over x, with a histogram of the data.');
        return model && lineContent(model, label, theme, () => lineTables(store.state));
      }
      const model = planesModel(state, theme);
      return model && planesContent(model, theme, () => planeTables(store.state));
    },
    tools: [axesChooser(context, (state) => activeRun(state)?.info?.dim ?? 0)],
    above: [sliceControls(context)],
    below: time,
  });
}

function dimOf(state: PageState): number {
  return activeRun(state)?.info?.dim ?? 2;
}

function isPlanar(state: PageState): boolean {
  return dimOf(state) === 2 || sliceView(state) !== undefined;
}

function pictureNow(state: PageState): ReturnType<typeof pictureOf> | undefined {
  const run = activeRun(state);
  return run && pictureOf(state, run);
}
