import type { Context, Part } from './context';
import { dropdown } from './controls';
import { element } from './dom';
import { axesIn, axisName } from './fields';
import type { PageState } from './state';
import { t } from './words';

/**
 * Which two coordinates are shown, where there are more than two. Choosing the other's swaps them.
 * @param dimOf how many there are; 0 where that is not known
 */
export function axesChooser({ store }: Context, dimOf: (state: PageState) => number): Part {
  const choose = (which: 0 | 1) => (value: string) => {
    const { axes } = store.state.ui;
    const chosen = Number(value);
    const other = axes[which === 0 ? 1 : 0];
    const kept = other === chosen ? axes[which] : other;
    store.dispatch({ type: 'ui', changes: { axes: which === 0 ? [chosen, kept] : [kept, chosen], view: null, sampleZoom: null } });
  };
  const across = dropdown(t('Horizontal axis'), choose(0));
  const up = dropdown(t('Vertical axis'), choose(1));
  const root = element(
    'div',
    { class: 'axes', role: 'group', 'aria-label': t('Axes') },
    across.element,
    element('span', { 'aria-hidden': 'true' }, '×'),
    up.element,
  );
  return {
    root,
    render: (state) => {
      const dim = dimOf(state);
      root.hidden = dim <= 2;
      if (dim <= 2) return;
      const choices = Array.from({ length: dim }, (_, axis) => ({ value: String(axis), label: axisName(axis) }));
      const [first, second] = axesIn(dim, state.ui.axes);
      across.set(String(first), choices);
      up.set(String(second), choices);
    },
  };
}
