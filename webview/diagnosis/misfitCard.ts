/** Where the samples misfit the density: the locations that FSSD found, over the density where it can be drawn. */

import type { DiagnosisPictures, FssdRecord } from '../../src/shared/diagnosis';
import { showsMisfit } from '../../src/shared/misfit';
import { linearScale } from '../../src/shared/plot/scale';
import type { Context, Part } from '../context';
import { element, setText } from '../dom';
import { drawLegend, legendHeight } from '../legend';
import { drawLinePlot } from '../lineView';
import { type CardPicture, pictureCard } from '../pictureCard';
import { drawPlanes, planesLayout } from '../planes';
import type { PageState } from '../state';
import type { Box, Surface } from '../surface';
import { onHeatMap, runColour, type Theme } from '../theme';
import { t } from '../words';
import { figuresOf, recordOf } from './diagnosisState';
import { misfitLine, misfitPlane, misfitTable, misfitWords } from './misfitModel';

/** Half the length of a cross's arms, and the height of a tick, in pixels. */
const [arm, tick] = [5, 14];
/** Width of a map with its axes, in pixels. */
const widest = 440;

export function misfitCard(context: Context): Part {
  const note = element('p', { class: 'note' });
  const card = pictureCard(context, { id: 'misfit', title: t('Where the samples misfit'), file: 'misfit', below: [note] });
  const render = (state: PageState): void => {
    const found = misfitOf(state);
    card.root.hidden = !found;
    if (!found) return;
    const { pictures } = figuresOf(state);
    note.hidden = !pictures;
    setText(note, misfitWords(found));
    if (!pictures) {
      card.show(state, misfitWords(found));
      return;
    }
    const flat = pictures.shape.length === 1;
    card.show(state, {
      layout: (flat ? lineLayout : planeLayout)(pictures, found, context.theme()),
      label: flat
        ? t('The density, with ticks where the samples misfit. The table has the numbers.')
        : t('The density, with crosses where the samples misfit. The table has the numbers.'),
      tables: (now) => {
        const shown = misfitOf(now);
        return shown ? [misfitTable(shown)] : [];
      },
    });
  };
  return { root: card.root, render };
}

function misfitOf(state: PageState): FssdRecord | undefined {
  const found = recordOf(state)?.fssd;
  return found && showsMisfit(found) ? found : undefined;
}

function planeLayout(pictures: DiagnosisPictures, found: FssdRecord, theme: Theme): CardPicture['layout'] {
  const model = misfitPlane(pictures, found);
  return (width) => {
    const layout = planesLayout(Math.min(width, widest), 1, model.view, true);
    return {
      width,
      height: layout.height,
      paint: (surface) => {
        drawPlanes(surface, layout, model, theme);
        const [box] = layout.boxes;
        if (box) drawCrosses(surface, box, model.view, found.locations);
      },
    };
  };
}

function drawCrosses(surface: Surface, box: Box, view: ReturnType<typeof misfitPlane>['view'], locations: FssdRecord['locations']): void {
  const across = linearScale(view.x[0], view.x[1], box.left, box.left + box.width, 2);
  const up = linearScale(view.y[0], view.y[1], box.top + box.height, box.top, 2);
  const lines = locations.flatMap(([a = 0, b = 0]) => {
    const [x, y] = [across.map(a), up.map(b)];
    return [
      [x - arm, y - arm, x + arm, y + arm],
      [x - arm, y + arm, x + arm, y - arm],
    ];
  });
  surface.clipped(box, () => {
    surface.lines(lines, { colour: onHeatMap.halo, width: 5 });
    surface.lines(lines, { colour: onHeatMap.particles, width: 2.2 });
  });
}

function lineLayout(pictures: DiagnosisPictures, found: FssdRecord, theme: Theme): CardPicture['layout'] {
  const plot = misfitLine(pictures, found, theme);
  const colour = runColour(theme, 4);
  const legend = [
    { label: t('density p'), colour: runColour(theme, 0) },
    { label: t('misfit'), colour },
  ];
  return (width) => {
    const box = { left: 40, top: legendHeight(legend, width) + 24, width: width - 52, height: 200 };
    return {
      width,
      height: box.top + box.height + 36,
      paint: (surface) => {
        drawLegend(surface, legend, width, theme);
        drawLinePlot(surface, box, plot, theme);
        const { map } = linearScale(plot.view[0], plot.view[1], box.left, box.left + box.width, 2);
        const foot = box.top + box.height;
        surface.lines(
          found.locations.map(([x = 0]) => [map(x), foot, map(x), foot - tick]),
          { colour, width: 2.2 },
        );
      },
    };
  };
}
