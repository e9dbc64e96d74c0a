import type { Markup } from './markup';
import { markup } from './markup';
import type { AxisLabels } from './plotFrame';
import { axes, clipped, leftMargin, linePath, picture } from './plotFrame';
import type { Scale } from '../../shared/plot/scale';
import { linearScale, logScale } from '../../shared/plot/scale';

/** A line or, as `bars`, a histogram whose points are the bins' left edges and heights. */
export interface Series {
  readonly points: readonly (readonly [number, number])[];
  /** CSS classes: a colour such as `c-run0`, and `faint`, `dashed` or `bars`. */
  readonly className: string;
  /** Width of a bin in units of x, for bars. */
  readonly barWidth?: number;
}

export interface LineChart {
  /** The picture in words. */
  readonly label: string;
  readonly width: number;
  readonly height: number;
  /** Drawn in this order. */
  readonly series: readonly Series[];
  readonly axes: AxisLabels;
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  readonly logY?: boolean;
  /** Least room on the left, so that charts above each other line up. */
  readonly left?: number;
  /** Dots at the points of the lines: for curves of few points. */
  readonly dots?: boolean;
}

/** Lines over one pair of axes; what lies beyond the given ranges is cut off. */
export function lineChart(chart: LineChart): Markup {
  const top = 24;
  const bottom = 40;
  const height = chart.height - top - bottom;
  const vertical = (from: number, to: number): Scale =>
    chart.logY === true ? logScale(chart.y[0], chart.y[1], from, to) : linearScale(chart.y[0], chart.y[1], from, to, height / 42);
  const y = vertical(top + height, top);
  const left = Math.max(chart.left ?? 0, leftMargin(y.ticks.map((tick) => tick.label)));
  const box = { left, top, width: chart.width - left - 20, height };
  const x = linearScale(chart.x[0], chart.x[1], left, left + box.width, box.width / 80);
  const drawn = chart.series.map((series) => {
    const points = series.points.map(([a, b]) => [x.map(a), y.map(b)] as const);
    if (series.barWidth !== undefined) {
      const step = (series.barWidth / (x.high - x.low)) * box.width;
      const width = Math.max(0.5, step - Math.min(1, 0.2 * step));
      const floor = y.map(Math.max(0, y.low));
      return markup`<g class="${series.className}">${points.map(([a, b]) => (floor - b > 0.05 ? markup`<rect class="bar" x="${a}" y="${b}" width="${width}" height="${floor - b}"/>` : null))}</g>`;
    }
    const dots = chart.dots === true ? points.map(([a, b]) => markup`<circle class="dot" cx="${a}" cy="${b}" r="2.6"/>`) : null;
    return markup`<g class="${series.className}"><path class="line" d="${linePath(points)}"/>${dots}</g>`;
  });
  return picture(chart.width, chart.height, chart.label, [axes(box, x, y, chart.axes), clipped(box, drawn)]);
}
