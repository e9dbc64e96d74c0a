import type { Grid } from '../../shared/plot/grid';
import { extentOf } from '../../shared/plot/grid';
import { formatNumber, formatWithError } from '../../shared/plot/numberFormat';
import { quantile, thin } from '../../shared/plot/statistics';
import { colourBar } from './colourBar';
import { densityPanel, scatter } from './densityPanel';
import type { Panel } from './figure';
import { figure, panels } from './figure';
import { gridOf } from './grid';
import type { Markup } from './markup';
import type { RunView } from './runView';

interface ErrorMap {
  readonly view: RunView;
  readonly grid: Grid;
}

function errorMap(view: RunView): ErrorMap[] {
  const array = view.last?.scoreError ?? null;
  const bounds = view.last?.extent ?? null;
  return array === null || bounds === null ? [] : [{ view, grid: gridOf(array, extentOf(bounds)) }];
}

/** Maps of |s_model - s_data| of two-dimensional runs with the data over them, on one colour scale. Null where there are none. */
export function scoreErrorFigure(views: readonly RunView[]): Markup | null {
  const maps = views.flatMap(errorMap);
  if (maps.length === 0) return null;
  const values = maps.flatMap(({ grid }) => Array.from(grid.values).filter(Number.isFinite));
  const usual = quantile(values, 0.98);
  const top = usual > 0 ? usual : 1;
  const entries: Panel[] = maps.map(({ view, grid }) => ({
    title: maps.length === 1 ? 'Error of the score' : `${view.label}: error of the score`,
    content: densityPanel({
      label: `Norm of the difference between the score of ${view.label} and that of the data, with points of the data`,
      extent: grid.extent,
      grid,
      top,
      contours: false,
      overlay: scatter(dataPoints(view), 'c-white over-map fine'),
    }),
  }));
  const cut = values.some((value) => value > top);
  return figure(
    [panels(entries), colourBar(top, cut, { name: 'error of the score', contours: false })],
    'Norm of the difference between the score of the model and that of the data, with points of the data. Score matching weighs it by the density of the data: where there are no data it may be anything.',
    [
      {
        caption: 'Mean of the squared error of the score',
        columns: ['fit', 'over the data', 'uniformly over the box'],
        rows: maps.map(({ view }) => {
          const error = view.run.result?.scoreError;
          return [view.label, error ? formatWithError(error.data, error.dataStdErr) : '', error ? formatNumber(error.box) : ''];
        }),
      },
    ],
  );
}

function dataPoints({ data }: RunView): (readonly [number, number])[] {
  const values = data?.sample?.data ?? [];
  const rows = Array.from({ length: Math.floor(values.length / 2) }, (_, row) => [values[2 * row] ?? 0, values[2 * row + 1] ?? 0] as const);
  return thin(rows, 600);
}
