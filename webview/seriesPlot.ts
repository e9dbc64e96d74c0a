/** Lines over linear or logarithmic axes, with marked points and places. */

import { linearScale, logScale, type Scale } from '../src/shared/plot/scale';
import { drawAxes, tickCount } from './axes';
import type { LegendEntry } from './legend';
import type { Box, Surface } from './surface';
import type { Theme } from './theme';

export interface PlotSeries extends LegendEntry {
  readonly xs: ArrayLike<number>;
  /** The line has a gap where one is not finite. */
  readonly ys: ArrayLike<number>;
  /** Points of the line that have a dot. */
  readonly dots?: readonly { readonly x: number; readonly y: number }[];
}

export interface PlotAxis {
  readonly name: string;
  readonly low: number;
  readonly high: number;
  readonly log: boolean;
}

/** A place on the horizontal axis that is named. */
export interface PlotMark {
  readonly at: number;
  readonly label: string;
}

export interface SeriesPlot {
  readonly series: readonly PlotSeries[];
  readonly x: PlotAxis;
  readonly y: PlotAxis;
  readonly marks: readonly PlotMark[];
}

/** Bounds of positive values on a logarithmic axis: the greatest, and the least that lies at most so many decades below it. */
export function logBounds(series: readonly ArrayLike<number>[], decades: number): readonly [number, number] {
  let [low, high] = [Infinity, 0];
  for (const values of series) {
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!;
      if (!(value > 0) || !Number.isFinite(value)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  if (high === 0) return [0.1, 1];
  const bottom = Math.max(low, high * 10 ** -decades);
  return [10 ** Math.floor(Math.log10(bottom)), 10 ** Math.ceil(Math.log10(high) + 1e-9)];
}

function scaleOf({ low, high, log }: PlotAxis, from: number, to: number, ticks: number): Scale {
  if (!log) return linearScale(low, high, from, to, ticks);
  const scale = logScale(low, high, from, to);
  // A power of ten needs no factor, and beside an axis there is no room for one.
  return { ...scale, ticks: scale.ticks.map(({ value, label }) => ({ value, label: label.replace(/^1 × /, '') })) };
}

/** Stretches of a line whose values are finite, in pixels; what lies below a logarithmic axis is drawn at its foot. */
export function stretches(
  { xs, ys }: Pick<PlotSeries, 'xs' | 'ys'>,
  x: (value: number) => number,
  y: (value: number) => number,
  floor: number,
): number[][] {
  const lines: number[][] = [[]];
  for (let i = 0; i < Math.min(xs.length, ys.length); i++) {
    const value = ys[i]!;
    if (Number.isFinite(value)) lines.at(-1)?.push(x(xs[i]!), y(Math.max(value, floor)));
    else if (lines.at(-1)?.length !== 0) lines.push([]);
  }
  return lines.filter(({ length }) => length > 0);
}

/** Draws in `box`; needs 46 on its left, 24 above and 32 below. */
export function drawSeriesPlot(surface: Surface, box: Box, plot: SeriesPlot, theme: Theme): void {
  const x = scaleOf(plot.x, box.left, box.left + box.width, tickCount(box.width, 62));
  const y = scaleOf(plot.y, box.top + box.height, box.top, tickCount(box.height, 40));
  const floor = plot.y.log ? y.low : -Infinity;
  drawAxes(surface, box, theme, { x, y, xName: plot.x.name, yName: plot.y.name, across: true });
  for (const mark of plot.marks) drawMark(surface, box, mark, x, plot.y.name, theme);
  surface.clipped({ left: box.left - 4, top: box.top - 4, width: box.width + 8, height: box.height + 8 }, () => {
    for (const series of plot.series) {
      const { colour, dash } = series;
      const lines = stretches(series, x.map, y.map, floor);
      surface.lines(
        lines.filter(({ length }) => length > 2),
        { colour, width: 1.8, ...(dash ? { dash } : {}) },
      );
      // A value between two gaps has no line.
      surface.dots(lines.filter(({ length }) => length === 2).flat(), 3, colour, 1);
    }
    plot.series.forEach(({ dots = [], colour }, index) => {
      const places = dots.flatMap((dot) => [x.map(dot.x), y.map(Math.max(dot.y, floor))]);
      // Dots of several lines at one place lie inside each other.
      const size = Math.max(4, 12 - 4 * index);
      surface.dots(places, size + 2, theme.background, 1);
      surface.dots(places, size, colour, 1);
    });
  });
}

function drawMark(surface: Surface, box: Box, { at, label }: PlotMark, x: Scale, yName: string, theme: Theme): void {
  const place = x.map(at);
  if (!(place >= box.left - 0.5 && place <= box.left + box.width + 0.5)) return;
  surface.lines([[place, box.top, place, box.top + box.height]], { colour: theme.foreground, width: 1, dash: [2, 3] });
  // Above the plot, beside the name of the vertical axis, where no line is.
  const wide = surface.widthOf(label);
  const nameEnd = box.left - 16 + surface.widthOf(yName);
  const start = Math.min(box.left + box.width - wide, Math.max(nameEnd, place - wide / 2));
  surface.text(start, box.top - 11, label, { colour: theme.foreground });
}
