import { figure } from './figure';
import { legend } from './legend';
import type { Content, Markup } from './markup';
import { markup } from './markup';
import { formatFixed, formatNumber } from '../../shared/plot/numberFormat';
import { clipped, dotPath, linePath, picture } from './plotFrame';
import type { RunView } from './runView';
import type { Scale } from '../../shared/plot/scale';
import { linearScale } from '../../shared/plot/scale';
import { histogram, quantile, thin } from '../../shared/plot/statistics';

const most = 4;
const cell = 150;
const gap = 10;
const margin = 46;
const bins = 32;
const subscripts = ['₁', '₂', '₃', '₄'];

/** Columns of a [m, dim] array. */
function columnsOf(values: ArrayLike<number>, dim: number, count: number): number[][] {
  const rows = Math.floor(values.length / dim);
  return Array.from({ length: count }, (_, axis) => Array.from({ length: rows }, (_, row) => values[row * dim + axis] ?? Number.NaN));
}

/** Samples of the model against the data over the first coordinates: model below the diagonal, data above it, marginals of both on it. Null without samples. */
export function scatterMatrix(view: RunView): Markup | null {
  const dim = view.run.record.dim;
  const count = Math.min(most, dim);
  const samples = view.last?.samples ?? null;
  const sample = view.data?.sample ?? null;
  const model = samples === null ? null : columnsOf(samples.data, dim, count);
  const data = sample === null ? null : columnsOf(sample.data, dim, count);
  if (model === null && data === null) return null;
  const ranges = Array.from({ length: count }, (_, axis) => {
    const both = [...(model?.[axis] ?? []), ...(data?.[axis] ?? [])];
    const [low, high] = [quantile(both, 0.001), quantile(both, 0.999)];
    return [low - 0.05 * (high - low), high + 0.05 * (high - low)] as const;
  });
  const size = margin + count * cell + (count - 1) * gap + 8;
  const at = (index: number): number => margin + index * (cell + gap);
  const scale = (axis: number, from: number, to: number): Scale => linearScale(ranges[axis]?.[0] ?? 0, ranges[axis]?.[1] ?? 1, from, to, 4);
  const drawn: Content[] = [];
  for (let row = 0; row < count; row++) {
    for (let column = 0; column < count; column++) {
      const box = { left: at(column), top: at(row) - margin + 8, width: cell, height: cell };
      const x = scale(column, box.left, box.left + cell);
      const y = scale(row, box.top + cell, box.top);
      const source = row > column ? model : data;
      const className = row > column ? view.className : 'c-data';
      const content =
        row === column
          ? marginals(model?.[row] ?? null, data?.[row] ?? null, x, box.top, view.className)
          : source === null
            ? null
            : dots(source[column] ?? [], source[row] ?? [], x, y, className);
      drawn.push(markup`<rect class="ground" x="${box.left}" y="${box.top}" width="${cell}" height="${cell}"/>`, clipped(box, content));
      if (column === 0) drawn.push(verticalTicks(y, box.left, row !== 0), name(`x${subscripts[row] ?? ''}`, 12, box.top + cell / 2));
      if (row === count - 1)
        drawn.push(horizontalTicks(x, box.top + cell), name(`x${subscripts[column] ?? ''}`, box.left + cell / 2, box.top + cell + 33));
    }
  }
  const restNote = dim > count ? ` The first ${count} of ${dim} coordinates are shown.` : '';
  return figure(
    [
      legend([
        { className: 'c-data', label: 'data (above the diagonal)' },
        { className: view.className, label: 'model (below the diagonal)' },
      ]),
      picture(size, size, `Scatter matrix of samples of the model and of the data over ${count} coordinates`, drawn, 'matrix'),
    ],
    `Samples of the model below the diagonal, the data above it; on the diagonal the marginal densities of both.${restNote}`,
    [
      {
        caption: 'Mean and standard deviation of each coordinate',
        columns: ['coordinate', 'data mean', 'data std.', 'model mean', 'model std.'],
        rows: ranges.map((_, axis) => [`x${subscripts[axis] ?? ''}`, ...moments(data?.[axis] ?? []), ...moments(model?.[axis] ?? [])]),
      },
    ],
  );
}

function dots(xs: readonly number[], ys: readonly number[], x: Scale, y: Scale, className: string): Markup {
  const points = xs
    .map((value, row) => [x.map(value), y.map(ys[row] ?? Number.NaN)] as const)
    .filter(([a, b]) => Number.isFinite(a) && Number.isFinite(b));
  return markup`<g class="${className}"><path class="dots" d="${dotPath(thin(points, 900))}"/></g>`;
}

/** Step outlines of both histograms, on one vertical scale of their own. */
function marginals(model: readonly number[] | null, data: readonly number[] | null, x: Scale, top: number, className: string): Markup {
  const heights = (values: readonly number[] | null): number[] => (values === null ? [] : histogram(values, x.low, x.high, bins));
  const [modelHeights, dataHeights] = [heights(model), heights(data)];
  const highest = Math.max(1e-12, ...modelHeights, ...dataHeights);
  const outline = (values: readonly number[]): string =>
    linePath(
      values.flatMap((height, bin) => {
        const y = top + cell - (height / highest) * (cell - 12);
        const edge = (index: number): number => x.map(x.low + (index / bins) * (x.high - x.low));
        return [[edge(bin), y] as const, [edge(bin + 1), y] as const];
      }),
    );
  return markup`<g class="c-data"><path class="line" d="${outline(dataHeights)}"/></g><g class="${className}"><path class="line" d="${outline(modelHeights)}"/></g>`;
}

function verticalTicks(y: Scale, left: number, shown: boolean): Markup | null {
  // The first row's vertical axis is that of a marginal, which has no numbers.
  if (!shown) return null;
  return markup`${y.ticks.map(({ value, label }) => markup`<text class="tick" x="${left - 6}" y="${y.map(value) + 4}" text-anchor="end">${label}</text>`)}`;
}

function horizontalTicks(x: Scale, bottom: number): Markup {
  return markup`${x.ticks.map(({ value, label }) => markup`<text class="tick" x="${x.map(value)}" y="${bottom + 15}" text-anchor="middle">${label}</text>`)}`;
}

function name(text: string, x: number, y: number): Markup {
  return markup`<text class="name" x="${x}" y="${y}" text-anchor="middle">${text}</text>`;
}

function moments(values: readonly number[]): string[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return [formatFixed(mean, 3), formatNumber(Math.sqrt(variance))];
}
