/** Densities of the line, with histograms under them and the score below: the main view in one dimension, and marginals in more. */

import { linearScale } from '../src/shared/plot/scale';
import { drawAxes, tickCount } from './axes';
import type { Box, Line, Surface } from './surface';
import type { Theme } from './theme';
import { t } from './words';

export interface Bars {
  /** Densities in equal bins over [low, high]. */
  readonly heights: readonly number[];
  readonly low: number;
  readonly high: number;
  readonly colour: string;
  /** Filled, or only their outline. */
  readonly filled: boolean;
}

export interface Curve {
  /** Values at the centres of equal cells over [low, high]. */
  readonly values: ArrayLike<number>;
  readonly low: number;
  readonly high: number;
  readonly colour: string;
  readonly dashed: boolean;
}

export interface LinePlot {
  readonly bars: readonly Bars[];
  readonly curves: readonly Curve[];
  readonly view: readonly [number, number];
  /** The top of the vertical axis. */
  readonly top: number;
  readonly xName: string;
  readonly yName: string;
}

/** The largest height drawn, with some air above it; bars matter, but a single one far above the curves does not. */
export function topOf(bars: readonly Bars[], curves: readonly Curve[]): number {
  let top = 0;
  for (const { values } of curves)
    for (let i = 0; i < values.length; i++) if (values[i]! > top && Number.isFinite(values[i]!)) top = values[i]!;
  const highest = Math.max(0, ...bars.flatMap(({ heights }) => heights));
  top = top > 0 ? Math.max(top, Math.min(highest, 1.6 * top)) : highest;
  return top > 0 ? top * 1.08 : 1;
}

/** Draws in `box`; needs 38 on its left, 22 above and 32 below. */
export function drawLinePlot(surface: Surface, box: Box, plot: LinePlot, theme: Theme): void {
  const x = linearScale(plot.view[0], plot.view[1], box.left, box.left + box.width, tickCount(box.width, 58));
  const y = linearScale(0, plot.top, box.top + box.height, box.top, tickCount(box.height, 44));
  drawAxes(surface, box, theme, { x, y, xName: plot.xName, yName: plot.yName, across: true });
  surface.clipped(box, () => {
    for (const bars of plot.bars) drawBars(surface, bars, x.map, y.map, theme);
    for (const { values, low, high, colour, dashed } of plot.curves) {
      const line: number[] = [];
      for (let i = 0; i < values.length; i++) {
        if (Number.isFinite(values[i]!)) line.push(x.map(low + ((i + 0.5) / values.length) * (high - low)), y.map(values[i]!));
      }
      surface.lines([line], { colour, width: dashed ? 1.5 : 1.8, ...(dashed ? { dash: [5, 3.5] } : {}) });
    }
  });
}

function drawBars(
  surface: Surface,
  { heights, low, high, colour, filled }: Bars,
  x: (value: number) => number,
  y: (value: number) => number,
  theme: Theme,
): void {
  const outline: number[] = [x(low), y(0)];
  const width = (high - low) / heights.length;
  heights.forEach((height, bin) => {
    const left = x(low + bin * width);
    const right = x(low + (bin + 1) * width);
    outline.push(left, y(height), right, y(height));
    if (filled && height > 0)
      surface.fill(
        { left, top: y(height), width: Math.max(0.5, right - left - 0.6), height: y(0) - y(height) },
        colour,
        theme.dark ? 0.38 : 0.42,
      );
  });
  outline.push(x(high), y(0));
  if (!filled) surface.lines([outline], { colour, width: 1, opacity: 0.75 });
}

export interface ScoreCurve {
  readonly values: ArrayLike<number>;
  readonly low: number;
  readonly high: number;
  readonly colour: string;
  readonly dashed?: boolean;
  /** Broad, so that it shows beneath another line on the same values. */
  readonly broad?: boolean;
}

/** A strip with the score over the same axis, and the line where it is zero. `range` is what its own axis spans. */
export function drawScoreStrip(
  surface: Surface,
  box: Box,
  view: readonly [number, number],
  curves: readonly ScoreCurve[],
  theme: Theme,
  [lowest, highest]: readonly [number, number] = reachOf(curves),
): void {
  const x = linearScale(view[0], view[1], box.left, box.left + box.width, tickCount(box.width, 58));
  const y = linearScale(lowest, highest, box.top + box.height, box.top, tickCount(box.height, 38));
  drawAxes(surface, box, theme, { x, y, xName: 'x →', yName: `↑ ${t('score')}`, across: true });
  surface.clipped(box, () => {
    surface.lines([[box.left, y.map(0), box.left + box.width, y.map(0)]], { colour: theme.line, width: 1 });
    for (const { values, low, high, colour, dashed = false, broad = false } of curves) {
      const line: Line = Array.from({ length: 2 * values.length }, (_, at) => {
        const i = at >> 1;
        return at % 2 === 0 ? x.map(low + ((i + 0.5) / values.length) * (high - low)) : y.map(values[i]!);
      });
      surface.lines([line], { colour, width: broad ? 4 : 1.5, ...(dashed ? { dash: [5, 3.5] } : {}) });
    }
  });
}

function reachOf(curves: readonly ScoreCurve[]): readonly [number, number] {
  const limit = Math.max(1e-9, ...curves.map(({ values }) => reach(values)));
  return [-limit, limit];
}

/** What nearly all of the values stay within: a score far outside the data says little. */
function reach(values: ArrayLike<number>): number {
  const sizes = Float64Array.from(values, Math.abs).filter(Number.isFinite).sort();
  return 1.1 * (sizes[Math.floor(0.95 * (sizes.length - 1))] ?? 0);
}
