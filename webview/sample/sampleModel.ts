/** What the sampler's picture is drawn of: the density with its score, and the particles over it. */

import { formatFixed } from '../../src/shared/plot/numberFormat';
import type { LineModel } from '../densityContent';
import { axesIn, axisName, gridOf, scoreOn } from '../fields';
import { colourTop } from '../heatMap';
import { binned, paddedRange } from '../histograms';
import { topOf } from '../lineView';
import type { PlanesModel } from '../planes';
import type { PageState } from '../state';
import { onHeatMap, runColour, type Theme } from '../theme';
import type { View } from '../uiState';
import { t } from '../words';
import { particlesShown } from './sampleState';
import { steadyRange } from './steadyRange';

/** The density of one or two dimensions that is sampled, if it has a picture. */
function pictureIn(state: PageState): NonNullable<NonNullable<PageState['sampling']>['info']>['picture'] {
  return state.sampling?.info?.picture;
}

/** All there is to see: the extent of the density, else where the particles are. */
export function sampleWhole(state: PageState): View | undefined {
  const info = state.sampling?.info;
  if (!info) return undefined;
  const extent = pictureIn(state)?.density.extent;
  if (extent) return { x: [extent[0] ?? 0, extent[1] ?? 1], y: info.dim === 2 ? [extent[2] ?? 0, extent[3] ?? 1] : [0, 1] };
  const rows = particlesShown(state)?.particles;
  if (!rows) return undefined;
  const along = (axis: number): readonly [number, number] => steadyRange(paddedRange(rows, info.dim, axis));
  if (info.dim === 1) return { x: along(0), y: [0, 1] };
  const [first, second] = axesIn(info.dim, state.ui.axes);
  return { x: along(first), y: along(second) };
}

/** What the plane is called: with the step where it is not the last. */
function titleIn({ sampleShown }: PageState): string {
  const name = t('Particles');
  return sampleShown?.frame ? t('{0}, step {1}', name, formatFixed(sampleShown.frame.step, 0)) : name;
}

/** Undefined where there is nothing to draw yet. */
export function samplePlanes(state: PageState, theme: Theme): PlanesModel | undefined {
  const info = state.sampling?.info;
  const whole = sampleWhole(state);
  if (!info || !whole) return undefined;
  const { layers, sampleParticles, sampleZoom } = state.ui;
  const picture = info.dim === 2 ? pictureIn(state) : undefined;
  const grid = picture && gridOf(picture.density.values, picture.density);
  const frame = particlesShown(state);
  const axes = axesIn(info.dim, state.ui.axes);
  const shown = frame !== undefined && (sampleParticles || !grid);
  return {
    planes: [
      {
        title: titleIn(state),
        colour: undefined,
        grid,
        score: picture && layers.score ? scoreOn(picture.score, picture.density.extent) : undefined,
        dots: shown ? [{ rows: frame.particles, dim: info.dim, colour: grid ? onHeatMap.particles : runColour(theme, 0) }] : [],
        words: undefined,
      },
    ],
    axes,
    names: [axisName(axes[0]), axisName(axes[1])],
    view: sampleZoom ?? whole,
    colours: grid && colourTop([], grid),
    contours: layers.contours,
  };
}

/** In one dimension: the density as a line over a histogram of the particles. */
export function sampleLine(state: PageState, theme: Theme): LineModel | undefined {
  const info = state.sampling?.info;
  const whole = sampleWhole(state);
  if (!info || !whole) return undefined;
  const picture = pictureIn(state);
  const frame = particlesShown(state);
  const [low, high] = whole.x;
  const bars =
    frame && state.ui.sampleParticles
      ? [{ heights: binned(frame.particles, 1, 0, whole.x), low, high, colour: runColour(theme, 1), filled: true }]
      : [];
  const curves = picture ? [{ values: picture.density.values, low, high, colour: runColour(theme, 0), dashed: false }] : [];
  const view = (state.ui.sampleZoom ?? whole).x;
  return {
    plot: { bars, curves, view, top: topOf(bars, curves), xName: 'x →', yName: `↑ ${t('density')}` },
    scores: picture && state.ui.layers.score ? [{ values: picture.score.values, low, high, colour: runColour(theme, 0) }] : [],
  };
}
