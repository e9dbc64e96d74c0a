/** Ticks, their labels and the names of axes. */

import type { Scale } from '../src/shared/plot/scale';
import type { Box, Surface } from './surface';
import type { Theme } from './theme';

export interface AxisOptions {
  readonly x: Scale | undefined;
  readonly y: Scale | undefined;
  readonly xName?: string;
  /** Written above the upper end. */
  readonly yName?: string;
  /** Faint lines across at the ticks of y, instead of short marks. */
  readonly across?: boolean;
}

/** Below and left of the box; needs about 18 (32 with a name) below and `labelRoom` on the left. */
export function drawAxes(surface: Surface, box: Box, theme: Theme, { x, y, xName, yName, across = false }: AxisOptions): void {
  const bottom = box.top + box.height;
  const right = box.left + box.width;
  const line = { colour: theme.line, width: 1 };
  const label = { colour: theme.muted } as const;
  const marks: number[][] = [];
  for (const { value, label: text } of y?.ticks ?? []) {
    const at = crisp(y!.map(value));
    if (across) surface.lines([[box.left, at, right, at]], { colour: theme.rule, width: 1 });
    else marks.push([box.left - 4, at, box.left, at]);
    surface.text(box.left - 7, at, text, { ...label, align: 'right' });
  }
  let free = -Infinity;
  for (const { value, label: text } of x?.ticks ?? []) {
    const at = crisp(x!.map(value));
    marks.push([at, bottom, at, bottom + 4]);
    // Labels never touch; the marks say where the others would be.
    const half = surface.widthOf(text) / 2;
    if (at - half < free) continue;
    free = at + half + 6;
    surface.text(at, bottom + 12, text, { ...label, align: 'center' });
  }
  if (x) marks.push([box.left, crisp(bottom), right, crisp(bottom)]);
  surface.lines(marks, line);
  if (xName !== undefined) surface.text(right, bottom + 26, xName, { colour: theme.foreground, align: 'right' });
  if (yName !== undefined) surface.text(Math.max(0, box.left - 28), box.top - (across ? 13 : 9), yName, { colour: theme.foreground });
}

/** Room on the left of a vertical axis for its labels. */
export function labelRoom(surface: Surface, scale: Scale): number {
  return 9 + Math.max(12, ...scale.ticks.map(({ label }) => surface.widthOf(label)));
}

/** About how many ticks fit across. */
export function tickCount(pixels: number, each: number): number {
  return Math.max(2, Math.min(8, Math.floor(pixels / each)));
}

/** A line of one pixel stands between two. */
export function crisp(at: number): number {
  return Math.round(at - 0.5) + 0.5;
}
