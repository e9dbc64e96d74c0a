/** A card with one picture on a canvas, its table and what saves both. */

import { type Card, createCard } from './card';
import { createChartCanvas } from './chartCanvas';
import { type Context, fileName, rememberTable } from './context';
import { type Picture, savePicture } from './save';
import type { PageState } from './state';
import type { Table } from './tables';

/** What the card shows. */
export interface CardPicture {
  readonly layout: (width: number) => Picture;
  /** What is to be seen, in words. */
  readonly label: string;
  readonly tables: (state: PageState) => readonly Table[];
}

export interface PictureCard {
  readonly root: HTMLElement;
  readonly card: Card;
  /** A sentence is shown instead of a picture that is not there yet. */
  readonly show: (state: PageState, picture: CardPicture | string) => void;
}

/** @param options `file` is what the picture's file is called after the energy; `above` and `below` stand around the picture */
export function pictureCard(
  context: Context,
  options: {
    readonly id: string;
    readonly title: string;
    readonly file: string;
    readonly tools?: readonly HTMLElement[];
    readonly above?: readonly HTMLElement[];
    readonly below?: readonly HTMLElement[];
  },
): PictureCard {
  const { store, host } = context;
  const chart = createChartCanvas(context.redraw, false);
  const card = createCard({
    id: options.id,
    title: options.title,
    tools: options.tools ?? [],
    body: [...(options.above ?? []), chart.root, ...(options.below ?? [])],
    save: (format) => {
      const picture = chart.last();
      if (picture) savePicture(host, fileName(store.state, options.file), format, picture, context.theme());
    },
    saveCsv: (content) => host.post({ type: 'save', name: fileName(store.state, options.file), format: 'csv', content }),
    onTable: rememberTable(context),
  });
  const show: PictureCard['show'] = (state, picture) => {
    card.setPlaceholder(typeof picture === 'string' ? picture : undefined);
    if (typeof picture === 'string') return;
    chart.draw(picture.layout, picture.label, context.theme());
    card.setTables(() => picture.tables(store.state), state.ui.openTables.includes(options.id));
  };
  return { root: card.root, card, show };
}
