/** What the main view draws of the state, in two dimensions and more. */

import { formatFixed } from '../src/shared/plot/numberFormat';
import { axesIn, axisName } from './fields';
import { colourTop } from './heatMap';
import { paddedRange } from './histograms';
import type { Plane, PlanesModel } from './planes';
import { hasParticles, pictureOf, sliceView } from './slice';
import { activeRun, frameOf, type PageState, type RunView } from './state';
import { onHeatMap, runColour, type Theme } from './theme';
import type { View } from './uiState';
import { t } from './words';

/** More planes than this are too small to be compared. */
const mostRuns = 4;

/** The runs whose pictures stand side by side: the active one among them, in their order. */
export function runsShown(state: PageState): RunView[] {
  const dim = activeRun(state)?.info?.dim;
  const comparable = state.runs.filter((run) => run.info?.dim === dim && frameOf(state, run) !== undefined);
  const active = activeRun(state);
  const rest = comparable.filter((run) => run !== active).slice(0, mostRuns - 1);
  return comparable.filter((run) => run === active || rest.includes(run));
}

/** All there is to see: the extent of the active run's picture, else of its data. */
export function wholeView(state: PageState): View | undefined {
  const run = activeRun(state);
  if (!run?.info) return undefined;
  const { dim, sample } = run.info;
  const extent = frameOf(state, run)?.density?.extent;
  if (dim <= 2 && extent) return { x: [extent[0] ?? 0, extent[1] ?? 1], y: dim === 2 ? [extent[2] ?? 0, extent[3] ?? 1] : [0, 1] };
  if (dim === 1) return { x: paddedRange(sample, 1, 0), y: [0, 1] };
  const sliced = sliceView(state) && pictureOf(state, run).grid?.extent;
  if (sliced) return { x: [sliced.left, sliced.right], y: [sliced.bottom, sliced.top] };
  const [first, second] = axesIn(dim, state.ui.axes);
  return { x: paddedRange(sample, dim, first), y: paddedRange(sample, dim, second) };
}

/** Undefined where there is nothing to draw yet. */
export function planesModel(state: PageState, theme: Theme): PlanesModel | undefined {
  const active = activeRun(state);
  const whole = wholeView(state);
  const shown = runsShown(state);
  if (!active?.info || !whole || !shown.includes(active)) return undefined;
  const { dim, sample } = active.info;
  const { layers } = state.ui;
  const axes = axesIn(dim, state.ui.axes);
  const sliced = sliceView(state) !== undefined;
  const planes: Plane[] = shown.map((run) => {
    const frame = frameOf(state, run);
    const { grid, score, words } = pictureOf(state, run);
    const colour = runColour(theme, state.runs.indexOf(run));
    return {
      title: titleOf(state, run),
      colour: state.runs.length > 1 ? colour : undefined,
      grid,
      score: layers.score ? score : undefined,
      words,
      dots: sliced
        ? []
        : [
            ...(layers.data && grid ? [{ rows: sample, dim, colour: onHeatMap.data }] : []),
            ...(frame && hasParticles(frame) && (layers.particles || !grid)
              ? [{ rows: frame.particles, dim, colour: grid ? onHeatMap.particles : colour }]
              : []),
          ],
    };
  });
  const { truth } = pictureOf(state, active);
  if (truth && layers.truth) {
    planes.push({
      title: t('Truth'),
      colour: undefined,
      grid: truth,
      score: undefined,
      words: undefined,
      dots: layers.data && !sliced ? [{ rows: sample, dim, colour: onHeatMap.data }] : [],
    });
  } else if (!truth)
    planes.push({
      title: sliced ? t('Data, projected') : t('Data'),
      colour: undefined,
      grid: undefined,
      score: undefined,
      words: undefined,
      dots: [{ rows: sample, dim, colour: theme.data }],
    });
  const grids = planes.flatMap(({ grid }) => (grid && grid !== truth ? [grid] : []));
  return {
    planes,
    axes,
    names: [axisName(axes[0]), axisName(axes[1])],
    view: state.ui.view ?? whole,
    colours: grids.length > 0 ? colourTop(grids, truth) : undefined,
    contours: layers.contours,
  };
}

/** What a plane of a run is called. */
export function titleOf(state: PageState, run: RunView): string {
  const name = state.runs.length > 1 ? run.label : t('Model');
  const shown = run === activeRun(state) ? state.shown : undefined;
  const step = shown?.frame?.step;
  return step === undefined ? name : t('{0}, step {1}', name, formatFixed(step, 0));
}
