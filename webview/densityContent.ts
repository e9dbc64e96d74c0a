/** What a density card draws: planes side by side, or a line with the score under it. */

import { formatNumber } from '../src/shared/plot/numberFormat';
import { drawLinePlot, drawScoreStrip, type LinePlot, type ScoreCurve } from './lineView';
import { drawPlanes, planesLayout, type PlanesModel } from './planes';
import type { Picture } from './save';
import type { Box } from './surface';
import type { Table } from './tables';
import type { Theme } from './theme';
import { t } from './words';

export interface Content {
  /** `setBoxes` is told where the plots are, which all show the same view. */
  readonly layout: (width: number, setBoxes: (boxes: readonly Box[]) => void) => Picture;
  /** What is to be seen, in words. */
  readonly label: string;
  readonly tables: () => readonly Table[];
}

export function planesContent(model: PlanesModel, theme: Theme, tables: Content['tables']): Content {
  const names = model.planes.map(({ title }) => title).join(', ');
  const axes = model.names.join(', ');
  return {
    label: [
      model.colours
        ? t('Densities of {0}, side by side over {1}, colours from 0 to {2}.', names, axes, formatNumber(model.colours.top, 2))
        : t('Points of {0}, side by side over {1}.', names, axes),
      t('Arrow keys pan, plus and minus zoom, 0 shows all.'),
    ].join(' '),
    layout: (width, setBoxes) => {
      const layout = planesLayout(width, model.planes.length, model.view, model.colours !== undefined);
      setBoxes(layout.boxes);
      return { width, height: layout.height, paint: (surface) => drawPlanes(surface, layout, model, theme) };
    },
    tables,
  };
}

export interface LineModel {
  readonly plot: LinePlot;
  readonly scores: readonly ScoreCurve[];
}

/** @param label what the line and the bars are */
export function lineContent({ plot, scores }: LineModel, label: string, theme: Theme, tables: Content['tables']): Content {
  const scored = scores.length > 0;
  return {
    label: [label, ...(scored ? [t('The score is below.')] : []), t('Arrow keys pan, plus and minus zoom, 0 shows all.')].join(' '),
    layout: (width, setBoxes) => {
      const box = { left: 40, top: 22, width: width - 52, height: 240 };
      const strip = { ...box, top: box.top + box.height + 52, height: 76 };
      setBoxes(scored ? [box, strip] : [box]);
      return {
        width,
        height: (scored ? strip.top + strip.height : box.top + box.height) + 34,
        paint: (surface) => {
          drawLinePlot(surface, box, scored ? { ...plot, xName: '' } : plot, theme);
          if (scored) drawScoreStrip(surface, strip, plot.view, scores, theme);
        },
      };
    },
    tables,
  };
}
