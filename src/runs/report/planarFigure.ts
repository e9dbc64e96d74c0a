import { arrows } from './arrows';
import { colourBar } from './colourBar';
import { densityPanel, scatter } from './densityPanel';
import type { NumberTable, Panel } from './figure';
import { figure, panels } from './figure';
import type { Extent, Grid } from '../../shared/plot/grid';
import { extentOf, reduceGrid } from '../../shared/plot/grid';
import { gridOf } from './grid';
import type { Markup } from './markup';
import { formatFixed, formatNumber } from '../../shared/plot/numberFormat';
import type { RunView } from './runView';
import { rangeOf, thin } from '../../shared/plot/statistics';

/** What of a two-dimensional run can be drawn. */
interface Planar {
  readonly view: RunView;
  readonly extent: Extent;
  readonly grid: Grid;
}

function planar(view: RunView): Planar[] {
  const density = view.last?.density ?? null;
  const bounds = view.last?.extent ?? null;
  if (density === null || bounds === null) return [];
  const extent = extentOf(bounds);
  return [{ view, extent, grid: gridOf(density, extent) }];
}

/** The top of the colour scale that all panels share: the truth's where it is known, for one sharp spike of a bad model would darken everything. */
function topOf(models: readonly Planar[], truth: Grid | null): { top: number; cut: boolean } {
  const highest = Math.max(...models.map(({ grid }) => rangeOf(grid.values)[1] || 0));
  const known = truth === null ? Number.NaN : rangeOf(truth.values)[1];
  const top = Number.isFinite(known) && known > 0 ? Math.max(known, Math.min(highest, 1.5 * known)) : highest;
  return { top: top > 0 ? top : 1, cut: highest > top * 1.001 };
}

/** Two columns of a [m, 2] array as points, thinned. */
function pointsOf(values: ArrayLike<number>, most: number): (readonly [number, number])[] {
  const rows = Array.from({ length: Math.floor(values.length / 2) }, (_, row) => [values[2 * row] ?? 0, values[2 * row + 1] ?? 0] as const);
  return thin(rows, most);
}

/** The densities of two-dimensional runs beside the truth, or the data where that is unknown, then their score fields. Null where there are none. */
export function planarFigure(views: readonly RunView[]): Markup | null {
  const models = views.flatMap(planar);
  const first = models[0];
  if (first === undefined) return null;
  const truthArray = views.map((view) => view.data?.truth ?? null).find((array) => array !== null) ?? null;
  const sample = views.map((view) => view.data?.sample ?? null).find((array) => array !== null) ?? null;
  const truth = truthArray === null ? null : gridOf(truthArray, first.extent);
  const { top, cut } = topOf(models, truth);
  const alone = models.length === 1;
  const entries: Panel[] = models.map(({ view, extent, grid }) => ({
    title: alone ? 'Model' : view.label,
    content: densityPanel({ label: `Density of the model fitted by ${view.label}`, extent, grid, top, contours: true }),
  }));
  if (truth !== null) {
    entries.push({
      title: 'Truth',
      content: densityPanel({ label: 'Density of the data', extent: first.extent, grid: truth, top, contours: true }),
    });
  } else if (sample !== null) {
    const overlay = scatter(pointsOf(sample.data, 3000), 'c-data');
    entries.push({
      title: 'Data',
      content: densityPanel({ label: 'Scatter of the data', extent: first.extent, grid: null, top, contours: false, overlay }),
    });
  }
  const fields = models.flatMap(({ view, extent, grid }) => scorePanel(view, extent, grid, top, alone));
  const beside = alone ? [...entries, ...fields] : entries;
  const below = alone || fields.length === 0 ? null : panels(fields);
  const other = truth !== null ? ' and of the data' : sample !== null ? ', beside a scatter of the data' : '';
  const fieldWords =
    fields.length === 0
      ? ''
      : ' Arrows show the score, the gradient of the log density; their lengths follow the square root of its norm and stop growing at its quantile .9.';
  return figure(
    [panels(beside), below, colourBar(top, cut)],
    `Density of the model${other}, on one colour scale; contours at 3, 10, 25, 50 and 75 % of its top.${fieldWords}`,
    [
      ...models.map(({ view, grid }) => gridTable(`Density, ${view.label}`, grid)),
      ...(truth === null ? [] : [gridTable('Density of the data', truth)]),
      ...models.flatMap(({ view, extent }) => scoreTable(view, extent)),
    ],
  );
}

function scorePanel(view: RunView, extent: Extent, grid: Grid, top: number, alone: boolean): Panel[] {
  const score = view.last?.score ?? null;
  if (score === null) return [];
  const overlay = arrows({ rows: score.shape[0] ?? 0, columns: score.shape[1] ?? 0, extent, values: score.data });
  const content = densityPanel({
    label: `Score field of the model fitted by ${view.label}, over its density`,
    extent,
    grid,
    top,
    contours: false,
    overlay,
  });
  return [{ title: alone ? 'Score of the model' : `${view.label}: score`, content }];
}

function gridTable(caption: string, grid: Grid): NumberTable {
  const small = reduceGrid(grid, 10);
  const { left, right, bottom, top } = small.extent;
  const columns = Array.from({ length: small.columns }, (_, column) =>
    formatFixed(left + ((column + 0.5) / small.columns) * (right - left), 2),
  );
  const rows = Array.from({ length: small.rows }, (_, at) => {
    const row = small.rows - 1 - at;
    const cells = Array.from({ length: small.columns }, (_, column) => formatFixed(small.values[row * small.columns + column] ?? 0, 3));
    return [formatFixed(bottom + ((row + 0.5) / small.rows) * (top - bottom), 2), ...cells];
  });
  return { caption: `${caption}: means over blocks, x₁ across and x₂ down`, columns: ['x₂ \\ x₁', ...columns], rows };
}

function scoreTable(view: RunView, extent: Extent): NumberTable[] {
  const score = view.last?.score ?? null;
  if (score === null) return [];
  const [height = 0, width = 0] = score.shape;
  const at = (count: number): number[] =>
    thin(
      Array.from({ length: count }, (_, index) => index),
      6,
    );
  const rows = at(height).flatMap((row) =>
    at(width).map((column) => {
      const x = extent.left + ((column + 0.5) / width) * (extent.right - extent.left);
      const y = extent.bottom + ((row + 0.5) / height) * (extent.top - extent.bottom);
      const start = 2 * (row * width + column);
      return [
        formatFixed(x, 2),
        formatFixed(y, 2),
        formatNumber(score.data[start] ?? Number.NaN),
        formatNumber(score.data[start + 1] ?? Number.NaN),
      ];
    }),
  );
  return [{ caption: `Score, ${view.label}`, columns: ['x₁', 'x₂', 'score₁', 'score₂'], rows }];
}
