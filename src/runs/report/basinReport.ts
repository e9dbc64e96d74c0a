/** Figure 2 of "Blindness of score-based methods" (Wenliang 2020) as a page: where SVGD leaves particles, start by start. */

import type { BasinCell } from '../../samplers/basinGrid';
import { figure, numberTable, panels } from './figure';
import { lineChart, type Series } from './lineChart';
import { type Markup, markup } from './markup';
import { page } from './page';

/** Rows of cells as texts: fraction left beside what the basins alone predict. */
export const basinColumns = [
  'left mode pi_1',
  'start mean mu_0',
  'start deviation sigma_0',
  'left at the end',
  'predicted',
  'left at the start',
] as const;

/** Cells of the table, formatted, in the order of `basinColumns`. */
export function basinRows(cells: readonly BasinCell[]): string[][] {
  return cells.map(({ weight, startMean, startDeviation, left, predicted, startLeft }) => [
    String(weight),
    String(startMean),
    String(startDeviation),
    left.toFixed(3),
    predicted.toFixed(3),
    startLeft.toFixed(3),
  ]);
}

/** Histograms of one start: the target, and the particles at the start and at the end. */
export function basinChart(cell: BasinCell, { width: across, height }: { readonly width: number; readonly height: number }): Markup {
  const { bins, target, start, end } = cell;
  const width = (bins[1] ?? 1) - (bins[0] ?? 0);
  const edges = (heights: readonly number[]): [number, number][] => heights.map((height, i) => [(bins[i] ?? 0) - width / 2, height]);
  const series: Series[] = [
    { points: edges(end), className: 'c-run0 bars', barWidth: width },
    { points: bins.map((x, i) => [x, start[i] ?? 0]), className: 'c-run1 dashed' },
    { points: bins.map((x, i) => [x, target[i] ?? 0]), className: 'c-data' },
  ];
  const [first = 0, last = 1] = [bins[0], bins.at(-1)];
  return lineChart({
    label: `Histogram of particles from N(${cell.startMean}, ${cell.startDeviation} squared): ${cell.left.toFixed(2)} of them end left of 0, predicted ${cell.predicted.toFixed(2)}`,
    width: across,
    height,
    series,
    axes: { x: 'x', y: 'density' },
    x: [first - width / 2, last + width / 2],
    y: [0, 1.05 * Math.max(...target, ...start, ...end)],
  });
}

/** One self-contained page: a figure for each weight, a table, and what it says. */
export function basinReport(cells: readonly BasinCell[]): string {
  const weights = [...new Set(cells.map(({ weight }) => weight))];
  const figures = weights.map((weight) => {
    const own = cells.filter((cell) => cell.weight === weight);
    const deviations = [...new Set(own.map(({ startDeviation }) => startDeviation))];
    const rows = deviations.map((deviation) =>
      panels(
        own
          .filter(({ startDeviation }) => startDeviation === deviation)
          .map((cell) => ({
            title: `N(${cell.startMean}, ${deviation}²): ${(100 * cell.left).toFixed(0)} % left, basins say ${(100 * cell.predicted).toFixed(0)} %`,
            content: basinChart(cell, { width: 300, height: 190 }),
          })),
      ),
    );
    return figure(
      rows,
      `Left mode of weight ${weight}. Bars: particles at the end; dashed line: at the start; full line: the density. The share that ends left of 0 follows the start, and hardly the weight.`,
      [],
    );
  });
  const body = markup`<header>
<p class="overline">Unblind · SVGD and its basins</p>
<h1>Particles stay in the basin they start in</h1>
<p>Stein variational gradient descent on two Gaussians ten standard deviations apart, from Gaussian starts. Phi(-mu0 / sigma0) is the share of the start left of 0.</p>
</header>
<div class="figure-list">${figures}</div>
${numberTable({ caption: 'Share of the particles left of 0', columns: [...basinColumns], rows: basinRows(cells) })}`;
  return page('SVGD and its basins', body);
}
