/** What is drawn of the state on a line: the main view in one dimension, and the marginals in more. */

import type { LineModel } from './densityContent';
import { axesIn, axisName, modelGrid, truthGrid } from './fields';
import { binned, marginal, paddedRange } from './histograms';
import { type Bars, type Curve, type LinePlot, type ScoreCurve, topOf } from './lineView';
import { runsShown, wholeView } from './planesModel';
import { hasParticles } from './slice';
import { activeRun, frameOf, type PageState } from './state';
import { runColour, type Theme } from './theme';
import { t } from './words';

/** Undefined where there is nothing to draw yet. */
export function lineModel(state: PageState, theme: Theme): LineModel | undefined {
  const active = activeRun(state);
  const whole = wholeView(state);
  const shown = runsShown(state);
  if (!active?.info || !whole || shown.length === 0) return undefined;
  const { info } = active;
  const { layers } = state.ui;
  const [low, high] = whole.x;
  const bars: Bars[] = [{ heights: binned(info.sample, 1, 0, whole.x), low, high, colour: theme.data, filled: true }];
  const curves: Curve[] = [];
  const scores: ScoreCurve[] = [];
  if (layers.truth && info.truth) curves.push({ values: info.truth, low, high, colour: theme.truth, dashed: true });
  for (const run of shown) {
    const frame = frameOf(state, run);
    if (!frame) continue;
    const colour = runColour(theme, state.runs.indexOf(run));
    const [left = low, right = high] = frame.density?.extent ?? [];
    if (frame.density) curves.push({ values: frame.density.values, low: left, high: right, colour, dashed: false });
    if (hasParticles(frame) && (layers.particles || !frame.density))
      bars.push({ heights: binned(frame.particles, 1, 0, whole.x), low, high, colour, filled: false });
    if (layers.score && frame.score) scores.push({ values: frame.score.values, low: left, high: right, colour });
  }
  const view = (state.ui.view ?? whole).x;
  return { plot: { bars, curves, view, top: topOf(bars, curves), xName: 'x →', yName: `↑ ${t('density')}` }, scores };
}

/** So many marginals are shown at a time. */
export const marginalsAtOnce = 6;

/** Coordinates whose marginals are shown: all of few, of many those of the axes or a chosen group. */
export function marginalAxes(state: PageState): readonly number[] {
  const dim = activeRun(state)?.info?.dim ?? 0;
  const { marginals } = state.ui;
  if (dim > marginalsAtOnce && !(marginals >= 0 && marginals < dim)) return [...axesIn(dim, state.ui.axes)].sort((a, b) => a - b);
  const first = dim <= marginalsAtOnce ? 0 : marginals;
  return Array.from({ length: Math.min(marginalsAtOnce, dim - first) }, (_, index) => first + index);
}

/** Data, models and particles of one coordinate; undefined where there is nothing to draw yet. */
export function marginalPlot(state: PageState, axis: number, theme: Theme): LinePlot | undefined {
  const active = activeRun(state);
  if (!active?.info) return undefined;
  const { info } = active;
  const frame = frameOf(state, active);
  const grid = modelGrid(frame);
  const view = grid
    ? axis === 0
      ? ([grid.extent.left, grid.extent.right] as const)
      : ([grid.extent.bottom, grid.extent.top] as const)
    : paddedRange(info.sample, info.dim, axis);
  const [low, high] = view;
  const bars: Bars[] = [{ heights: binned(info.sample, info.dim, axis, view), low, high, colour: theme.data, filled: true }];
  const curves: Curve[] = [];
  const truth = truthGrid(info, frame);
  if (truth && state.ui.layers.truth)
    curves.push({ values: marginal(truth, axis === 0 ? 0 : 1), low, high, colour: theme.truth, dashed: true });
  for (const run of runsShown(state)) {
    const picture = frameOf(state, run);
    const colour = runColour(theme, state.runs.indexOf(run));
    const own = modelGrid(picture);
    if (own) {
      const { left, right, bottom, top } = own.extent;
      curves.push({
        values: marginal(own, axis === 0 ? 0 : 1),
        low: axis === 0 ? left : bottom,
        high: axis === 0 ? right : top,
        colour,
        dashed: false,
      });
    }
    if (picture && hasParticles(picture))
      bars.push({ heights: binned(picture.particles, info.dim, axis, view), low, high, colour, filled: false });
  }
  return { bars, curves, view, top: topOf(bars, curves), xName: `${axisName(axis)} →`, yName: `↑ ${t('density')}` };
}
