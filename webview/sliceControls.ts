/** Above two dimensions: projection or slice, what the slice goes through, and where it lies along the other coordinates. */

import { formatNumber } from '../src/shared/plot/numberFormat';
import type { Context, Part } from './context';
import { dropdown, slider, type SliderControl } from './controls';
import { element, setText } from './dom';
import { axesIn, axisName } from './fields';
import { paddedRange } from './histograms';
import { labelOf } from './modeBars';
import { slicePoint } from './slice';
import { activeRun, type PageState } from './state';
import { t } from './words';

/** More sliders than this are no help; the other coordinates stay those of the point. */
const mostSliders = 24;
/** Steps of a slider. */
const resolution = 200;

interface PointSlider {
  readonly root: HTMLElement;
  readonly render: (state: PageState, axis: number) => void;
}

export function sliceControls(context: Context): Part {
  const { store } = context;
  const plane = dropdown(t('View'), (value) =>
    store.dispatch({ type: 'ui', changes: { plane: value === 'slice' ? 'slice' : 'projection', view: null } }),
  );
  const through = dropdown(t('Slice through'), (value) => {
    const chosen = value === 'mean' || value === 'point' ? value : Number(value);
    store.dispatch({ type: 'ui', changes: { through: chosen, ...(value === 'point' ? { point: slicePoint(store.state) } : {}) } });
  });
  const throughLabel = element('span', { 'aria-hidden': 'true' }, t('through'));
  const sliders: PointSlider[] = [];
  const list = element('div', { class: 'slice-sliders', role: 'group', 'aria-label': t('Point of the slice') });
  const rest = element('p', { class: 'note' });
  const root = element(
    'div',
    { class: 'slice' },
    element('div', { class: 'slice-row' }, plane.element, throughLabel, through.element),
    list,
    rest,
  );
  const render = (state: PageState): void => {
    const info = activeRun(state)?.info;
    root.hidden = info === undefined || info.dim <= 2;
    if (info === undefined || root.hidden) return;
    const sliced = state.ui.plane === 'slice';
    plane.set(state.ui.plane, [
      { value: 'projection', label: t('Projection') },
      { value: 'slice', label: t('Slice') },
    ]);
    for (const part of [through.element, throughLabel, list]) part.hidden = !sliced;
    rest.hidden = !sliced || info.dim - 2 <= mostSliders;
    if (!sliced) return;
    const modes = activeRun(state)?.frame?.modes ?? [];
    const known = typeof state.ui.through !== 'number' || state.ui.through < modes.length;
    through.set(known ? String(state.ui.through) : 'mean', [
      ...modes.map((mode, index) => ({ value: String(index), label: labelOf(mode) })),
      { value: 'mean', label: t('mean of the data') },
      { value: 'point', label: t('a point of your own') },
    ]);
    const shown = axesIn(info.dim, state.ui.axes);
    const others = Array.from({ length: info.dim }, (_, axis) => axis).filter((axis) => !shown.includes(axis));
    const offered = others.slice(0, mostSliders);
    while (sliders.length < offered.length) {
      const made = pointSlider(context);
      sliders.push(made);
      list.append(made.root);
    }
    sliders.forEach((made, index) => {
      const axis = offered[index];
      made.root.hidden = axis === undefined;
      if (axis !== undefined) made.render(state, axis);
    });
    setText(rest, t('The other {0} coordinates stay those of the point.', others.length - offered.length));
  };
  return { root, render };
}

function pointSlider({ store }: Context): PointSlider {
  let axis = 0;
  const range = (): readonly [number, number] => {
    const info = activeRun(store.state)?.info;
    return info ? paddedRange(info.sample, info.dim, axis) : [0, 1];
  };
  const control: SliderControl = slider('', resolution, (value) => {
    const [low, high] = range();
    const point = [...slicePoint(store.state)];
    point[axis] = low + (value / resolution) * (high - low);
    store.dispatch({ type: 'ui', changes: { through: 'point', point } });
  });
  const name = element('span', { 'aria-hidden': 'true' });
  const value = element('output');
  return {
    root: element('label', { class: 'slice-slider' }, name, control.element, value),
    render: (state, next) => {
      axis = next;
      const [low, high] = range();
      const at = slicePoint(state)[axis] ?? 0;
      const text = formatNumber(at, 3);
      setText(name, axisName(axis));
      control.element.setAttribute('aria-label', axisName(axis));
      control.set(Math.round(Math.min(1, Math.max(0, (at - low) / (high - low))) * resolution), resolution, text);
      setText(value, text);
    },
  };
}
