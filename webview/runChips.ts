/** The runs overlaid, with their colours; a press shows one's numbers and scrubber. */

import { formatSmall } from '../src/shared/plot/numberFormat';
import { worstMode } from '../src/shared/modeWeights';
import type { Context, Part } from './context';
import { button } from './controls';
import { element, setText } from './dom';
import { activeRun, type PageState, type RunView } from './state';
import { t } from './words';

interface Chip {
  readonly root: HTMLElement;
  readonly render: (run: RunView, active: boolean, index: number) => void;
}

export function runChips(context: Context): Part {
  const chips = new Map<string, Chip>();
  const root = element('div', { class: 'chips', role: 'group', 'aria-label': t('Runs') });
  const render = (state: PageState): void => {
    root.hidden = state.runs.length < 2;
    for (const [id, chip] of chips) {
      if (state.runs.some((run) => run.id === id)) continue;
      chip.root.remove();
      chips.delete(id);
    }
    if (root.hidden) return;
    state.runs.forEach((run, index) => {
      const chip = chips.get(run.id) ?? createChip(context, run);
      chips.set(run.id, chip);
      if (root.children[index] !== chip.root) root.insertBefore(chip.root, root.children[index] ?? null);
      chip.render(run, run === activeRun(state), index);
    });
  };
  return { root, render };
}

function createChip({ store, host }: Context, { id, label }: RunView): Chip {
  const swatch = element('i', { 'aria-hidden': 'true' });
  const name = element('span', { class: 'chip-name' }, label);
  const result = element('span', { class: 'chip-result' });
  const choose = element('button', { type: 'button', class: 'chip-button' }, swatch, name, result);
  choose.addEventListener('click', () => {
    store.dispatch({ type: 'activate', runId: id });
    host.command({ name: 'activate', runId: id });
  });
  const remove = button({
    label: t('Remove {0} from the comparison', label),
    icon: 'close',
    look: 'icon',
    onClick: () => host.command({ name: 'remove', runId: id }),
  });
  const root = element('div', { class: 'chip' }, choose, remove.element);
  return {
    root,
    render: (run, active, index) => {
      choose.setAttribute('aria-pressed', String(active));
      root.classList.toggle('active', active);
      swatch.className = `run${index % 6}`;
      const worst = worstMode(run.frame?.modes ?? []);
      const parts = [
        run.frame?.kl == null ? '' : t('KL {0}', Number.isFinite(run.frame.kl) ? formatSmall(run.frame.kl) : t('not finite')),
        worst ? t('weights off by {0}', formatSmall(worst.error)) : '',
      ];
      setText(result, parts.filter((part) => part !== '').join(', '));
    },
  };
}
