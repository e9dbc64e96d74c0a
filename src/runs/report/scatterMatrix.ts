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

/** Rows [m, dim] as one side of a matrix. */
export interface MatrixSide {
  readonly values: ArrayLike<number>;
  readonly className: string;
  /** What the rows are, such as `data`. */
  readonly label: string;
}

/** Samples of the model against the data over the first coordinates: model below the diagonal, data above it, marginals of both on it. Null without samples. */
export function scatterMatrix(view: RunView): Markup | null {
  const samples = view.last?.samples ?? null;
  const sample = view.data?.sample ?? null;
  return matrixFigure(view.run.record.dim, {
    above: sample && { values: sample.data, className: 'c-data', label: 'data' },
    below: samples && { values: samples.data, className: view.className, label: 'model' },
    others: [],
    label: 'Scatter matrix of samples of the model and of the data',
    caption: 'Samples of the model below the diagonal, the data above it; on the diagonal the marginal densities of both.',
  });
}

interface MatrixSides {
  readonly above: MatrixSide | null;
  readonly below: MatrixSide | null;
  /** Shown by their marginals on the diagonal only. */
  readonly others: readonly MatrixSide[];
  /** The picture in words, and what is said below it. */
  readonly label: string;
  readonly caption: string;
}

/** Two sets of rows over their first coordinates, one on each side of the diagonal, and the marginals of all on it. Null where there are none. */
export function matrixFigure(dim: number, { above, below, others, label, caption }: MatrixSides): Markup | null {
  const count = Math.min(most, dim);
  const sides = [...(above ? [above] : []), ...(below ? [below] : []), ...others].map((side) => ({
    ...side,
    columns: columnsOf(side.values, dim, count),
  }));
  const [first, second] = [sides.find(({ values }) => values === above?.values), sides.find(({ values }) => values === below?.values)];
  if (!first && !second) return null;
  const ranges = Array.from({ length: count }, (_, axis) => {
    const all = sides.flatMap(({ columns }) => columns[axis] ?? []);
    const [low, high] = [quantile(all, 0.001), quantile(all, 0.999)];
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
      const side = row > column ? second : first;
      const content =
        row === column
          ? marginals(
              sides.map(({ columns, className }) => ({ values: columns[row] ?? [], className })),
              x,
              box.top,
            )
          : side
            ? dots(side.columns[column] ?? [], side.columns[row] ?? [], x, y, side.className)
            : null;
      drawn.push(markup`<rect class="ground" x="${box.left}" y="${box.top}" width="${cell}" height="${cell}"/>`, clipped(box, content));
      if (column === 0) drawn.push(verticalTicks(y, box.left, row !== 0), name(`x${subscripts[row] ?? ''}`, 12, box.top + cell / 2));
      if (row === count - 1)
        drawn.push(horizontalTicks(x, box.top + cell), name(`x${subscripts[column] ?? ''}`, box.left + cell / 2, box.top + cell + 33));
    }
  }
  const restNote = dim > count ? ` The first ${count} of ${dim} coordinates are shown.` : '';
  const place = (side: MatrixSide): string =>
    side.values === first?.values
      ? ' (above the diagonal)'
      : side.values === second?.values
        ? ' (below the diagonal)'
        : ' (on the diagonal)';
  return figure(
    [
      legend(sides.map((side) => ({ className: side.className, label: side.label + place(side) }))),
      picture(size, size, `${label} over ${count} coordinates`, drawn, 'matrix'),
    ],
    caption + restNote,
    [
      {
        caption: 'Mean and standard deviation of each coordinate',
        columns: ['coordinate', ...sides.flatMap((side) => [`${side.label} mean`, `${side.label} std.`])],
        rows: ranges.map((_, axis) => [`x${subscripts[axis] ?? ''}`, ...sides.flatMap(({ columns }) => moments(columns[axis] ?? []))]),
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

/** Step outlines of all histograms, on one vertical scale of their own. */
function marginals(sets: readonly { readonly values: readonly number[]; readonly className: string }[], x: Scale, top: number): Markup {
  const heights = sets.map(({ values }) => histogram(values, x.low, x.high, bins));
  const highest = Math.max(1e-12, ...heights.flat());
  const outline = (values: readonly number[]): string =>
    linePath(
      values.flatMap((height, bin) => {
        const y = top + cell - (height / highest) * (cell - 12);
        const edge = (index: number): number => x.map(x.low + (index / bins) * (x.high - x.low));
        return [[edge(bin), y] as const, [edge(bin + 1), y] as const];
      }),
    );
  return markup`${sets.map(({ className }, index) => markup`<g class="${className}"><path class="line" d="${outline(heights[index] ?? [])}"/></g>`)}`;
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
