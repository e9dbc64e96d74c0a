/** Pictures of the density beside the one that an objective must tell from it. */

import type { Context, Part } from '../context';
import { element } from '../dom';
import { drawLegend, legendHeight } from '../legend';
import { drawLinePlot, drawScoreStrip } from '../lineView';
import { type CardPicture, pictureCard } from '../pictureCard';
import { drawPlanes, planesLayout } from '../planes';
import type { PageState } from '../state';
import type { Theme } from '../theme';
import { t } from '../words';
import { figuresOf } from './diagnosisState';
import { pairLines, pairPlanes, pairTables } from './pairModel';

/** From this width on all four stand in one row. */
const rowWidth = 760;

export function pairCard(context: Context): Part {
  const caption = element(
    'p',
    { class: 'note' },
    t(
      'Tilted: with its weights moved as the Fisher divergence sees it least. Bridged with m, mass joins the modes, and the weights show in the score.',
    ),
  );
  const axis = element(
    'span',
    {},
    ` ${t('The axis of the scores spans what they reach where the density is above a thousandth of its peak.')}`,
  );
  caption.append(axis);
  const card = pictureCard(context, { id: 'pair', title: t('Pictures of the pair'), file: 'pair', below: [caption] });
  const render = (state: PageState): void => {
    const { pictures } = figuresOf(state);
    card.root.hidden = !pictures;
    if (!pictures) return;
    axis.hidden = pictures.shape.length > 1;
    const layout = pictures.shape.length === 1 ? lineLayout(pictures, context.theme()) : planeLayout(pictures, context.theme());
    card.show(state, {
      layout,
      label: t('The density, the same with tilted weights, and both bridged with m, with their scores. The tables have the numbers.'),
      tables: (now) => {
        const shown = figuresOf(now).pictures;
        return shown ? pairTables(shown) : [];
      },
    });
  };
  return { root: card.root, render };
}

type Pictures = NonNullable<ReturnType<typeof figuresOf>['pictures']>;

function planeLayout(pictures: Pictures, theme: Theme): CardPicture['layout'] {
  const model = pairPlanes(pictures);
  return (width) => {
    const layout = planesLayout(width, model.planes.length, model.view, true, width >= rowWidth ? 4 : 2);
    return { width, height: layout.height, paint: (surface) => drawPlanes(surface, layout, model, theme) };
  };
}

function lineLayout(pictures: Pictures, theme: Theme): CardPicture['layout'] {
  const { plot, scores, scoreRange, legend } = pairLines(pictures, theme);
  return (width) => {
    const head = legendHeight(legend, width);
    const box = { left: 40, top: head + 24, width: width - 52, height: 200 };
    const strip = { ...box, top: box.top + box.height + 52, height: 150 };
    return {
      width,
      height: strip.top + strip.height + 36,
      paint: (surface) => {
        drawLegend(surface, legend, width, theme);
        drawLinePlot(surface, box, plot, theme);
        drawScoreStrip(surface, strip, plot.view, scores, theme, scoreRange);
      },
    };
  };
}
