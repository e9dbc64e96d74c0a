/** The frame of a chart: its name, tools, picture, and the table behind it. */

import type { PictureFormat } from '../src/shared/panelProtocol';
import { element, setText } from './dom';
import { saveMenu } from './saveMenu';
import { csvOf, renderTable, type Table } from './tables';
import { t } from './words';

export interface CardOptions {
  readonly id: string;
  readonly title: string;
  readonly tools: readonly HTMLElement[];
  readonly body: readonly HTMLElement[];
  /** Makes the picture in the given format; CSV comes from the tables. */
  readonly save: (format: 'png' | 'svg') => void;
  readonly saveCsv: (text: string) => void;
  readonly onTable: (id: string, open: boolean) => void;
}

export interface Card {
  readonly root: HTMLElement;
  /** Shows this sentence instead of the picture; undefined shows the picture. */
  readonly setPlaceholder: (text: string | undefined) => void;
  /** The tables as they would be now; rendered only while they are open. */
  readonly setTables: (tables: () => readonly Table[], open: boolean) => void;
  readonly setTitle: (title: string) => void;
}

/** A table that is read aloud must not change many times a second. */
const tablePeriod = 1000;

export function createCard(options: CardOptions): Card {
  let tables: () => readonly Table[] = () => [];
  const heading = element('h2', { id: `${options.id}-title` }, options.title);
  const placeholder = element('p', { class: 'placeholder' });
  const body = element('div', { class: 'body' }, ...options.body);
  const content = element('div', { class: 'tables', tabindex: '0', role: 'region', 'aria-label': t('{0}: table', options.title) });
  const details = element('details', {}, element('summary', {}, t('Table')), content);
  const save = (format: PictureFormat): void => {
    if (format === 'csv') options.saveCsv(csvOf(tables()));
    else options.save(format);
  };
  const root = element(
    'section',
    { class: 'card', id: options.id, 'aria-labelledby': `${options.id}-title` },
    element('header', {}, heading, element('div', { class: 'tools' }, ...options.tools, saveMenu(options.title, save))),
    placeholder,
    body,
    details,
  );
  let rendered = -Infinity;
  let shownOpen = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const render = (): void => {
    timer = undefined;
    rendered = performance.now();
    if (details.open) content.replaceChildren(...tables().map(renderTable));
  };
  details.addEventListener('toggle', () => {
    render();
    options.onTable(options.id, details.open);
  });
  return {
    root,
    setPlaceholder: (text) => {
      setText(placeholder, text ?? '');
      placeholder.hidden = text === undefined;
      root.classList.toggle('empty', text !== undefined);
    },
    setTables: (next, open) => {
      tables = next;
      // The toggle event comes late: what the user has just opened must not be closed again.
      if (shownOpen !== open) {
        shownOpen = open;
        details.open = open;
      }
      if (!details.open || timer !== undefined) return;
      const wait = tablePeriod - (performance.now() - rendered);
      if (wait <= 0) render();
      else timer = setTimeout(render, wait);
    },
    setTitle: (title) => setText(heading, title),
  };
}
