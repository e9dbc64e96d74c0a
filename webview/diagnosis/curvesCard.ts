/** FD, MFD and KL against the weight of a mode. */

import { formatWeight } from '../../src/shared/plot/numberFormat';
import type { Context, Part } from '../context';
import { pictureCard } from '../pictureCard';
import { seriesPicture } from '../seriesPicture';
import type { PageState } from '../state';
import { t } from '../words';
import { bridgeControls } from './bridgeControls';
import { curvesPlot, curvesTable } from './curvesModel';
import { figuresOf, recordOf } from './diagnosisState';

export function curvesCard(context: Context): Part {
  const controls = bridgeControls(context);
  const card = pictureCard(context, {
    id: 'curves',
    title: t('Divergence against the weight of a mode'),
    file: 'divergences',
    above: [controls.root],
  });
  const render = (state: PageState): void => {
    controls.render(state);
    const { curves } = figuresOf(state);
    // With one mode there is nothing to move, and nothing to explain.
    card.root.hidden = !curves && (recordOf(state)?.modes.length ?? 0) < 2;
    if (!curves) {
      card.show(state, t('There are no curves: the weights of the modes could not be measured.'));
      return;
    }
    const plot = curvesPlot(curves, context.theme());
    card.show(state, {
      layout: (width) => seriesPicture([plot], width, 250, context.theme()),
      label: t(
        'Lines: {0}; against the weight of mode {1}, which is {2}. The table has the numbers.',
        plot.series.map(({ label }) => label).join('; '),
        curves.mode + 1,
        formatWeight(curves.weight),
      ),
      tables: (now) => {
        const shown = figuresOf(now).curves;
        return shown ? [curvesTable(shown)] : [];
      },
    });
  };
  return { root: card.root, render };
}
