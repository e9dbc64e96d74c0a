/** The main view of a sampling: particles over the density. */

import { axesChooser } from '../axesChooser';
import type { Context, Part } from '../context';
import { densityCard, type Layer } from '../densityCard';
import { lineContent, planesContent } from '../densityContent';
import type { PageState } from '../state';
import { t } from '../words';
import { sampleLine, samplePlanes, sampleWhole } from './sampleModel';
import { sampleReadOut, sampleTables } from './sampleTables';

/** @param time the scrubber, which stands under the picture */
export function sampleCard(context: Context, time: HTMLElement): Part {
  const { store } = context;
  const hasPicture = ({ sampling }: PageState): boolean => sampling?.info?.picture !== undefined;
  const setLayer = (name: 'contours' | 'score') => (on: boolean) =>
    store.dispatch({ type: 'ui', changes: { layers: { ...store.state.ui.layers, [name]: on } } });
  const layers: readonly Layer[] = [
    {
      label: t('Contours'),
      isOn: ({ ui }) => ui.layers.contours,
      isOffered: (state) => dimOf(state) === 2 && hasPicture(state),
      set: setLayer('contours'),
    },
    { label: t('Score'), isOn: ({ ui }) => ui.layers.score, isOffered: hasPicture, set: setLayer('score') },
    {
      label: t('Particles'),
      mark: 'particles',
      isOn: ({ ui }) => ui.sampleParticles,
      isOffered: hasPicture,
      set: (on) => store.dispatch({ type: 'ui', changes: { sampleParticles: on } }),
    },
  ];
  return densityCard(context, {
    id: 'sample-density',
    file: 'particles',
    title: (state) => (hasPicture(state) ? t('Density and particles') : t('Particles')),
    placeholder: t('The particles appear here with the first picture of a sampler.'),
    layers,
    dim: dimOf,
    zoom: ({ ui }) => ui.sampleZoom,
    setZoom: (sampleZoom) => store.dispatch({ type: 'ui', changes: { sampleZoom } }),
    whole: sampleWhole,
    readOut: sampleReadOut,
    content: (state, theme) => {
      const tables = (): ReturnType<typeof sampleTables> => sampleTables(store.state);
      if (dimOf(state) === 1) {
        const model = sampleLine(state, theme);
        return model && lineContent(model, t('Density over x, with a histogram of the particles.'), theme, tables);
      }
      const model = samplePlanes(state, theme);
      return model && planesContent(model, theme, tables);
    },
    tools: [axesChooser(context, (state) => state.sampling?.info?.dim ?? 0)],
    above: [],
    below: time,
  });
}

function dimOf({ sampling }: PageState): number {
  return sampling?.info?.dim ?? 2;
}
