/** Tabs of which one is chosen: arrows move, Home and End go to the ends, and only the chosen one is reached by Tab. */

import { element } from './dom';

/** The tab that a key leads to from another; undefined for keys that lead nowhere. */
export function tabAfter(key: string, at: number, count: number): number | undefined {
  const moves: Readonly<Record<string, number>> = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1 };
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  const move = moves[key];
  return move === undefined ? undefined : (move + count) % count;
}

export interface Tab<V extends string> {
  readonly value: V;
  readonly label: string;
  readonly title: string;
}

export interface TabList<V extends string> {
  readonly root: HTMLElement;
  readonly set: (value: V) => void;
}

/** @param panel id of the element that shows what the tab stands for */
export function tabList<V extends string>(
  label: string,
  tabs: readonly Tab<V>[],
  panel: (value: V) => string,
  onChange: (value: V) => void,
): TabList<V> {
  const made = tabs.map(({ value, label: name, title }) => {
    const tab = element('button', { type: 'button', role: 'tab', id: `tab-${value}`, 'aria-controls': panel(value), title }, name);
    tab.addEventListener('click', () => onChange(value));
    return tab;
  });
  const root = element('div', { class: 'tabs', role: 'tablist', 'aria-label': label }, ...made);
  root.addEventListener('keydown', (event) => {
    const at = made.findIndex((tab) => tab === document.activeElement);
    const next = event.ctrlKey || event.metaKey || event.altKey ? undefined : tabAfter(event.key, at, made.length);
    const chosen = next === undefined ? undefined : tabs[next];
    if (at < 0 || next === undefined || !chosen) return;
    event.preventDefault();
    made[next]?.focus();
    onChange(chosen.value);
  });
  const set = (value: V): void =>
    made.forEach((tab, index) => {
      const selected = tabs[index]?.value === value;
      tab.setAttribute('aria-selected', String(selected));
      tab.tabIndex = selected ? 0 : -1;
    });
  return { root, set };
}
