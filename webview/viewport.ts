/** Zoom and pan as arithmetic on bounds. */

import type { View } from './uiState';

type Range = readonly [number, number];

/** Enlarges by `factor` around a place given as shares of the view, from the left and from below. */
export function zoom(view: View, factor: number, atX: number, atY: number): View {
  return { x: zoomRange(view.x, factor, atX), y: zoomRange(view.y, factor, atY) };
}

/** Moves by shares of the view. */
export function pan(view: View, byX: number, byY: number): View {
  const move = ([low, high]: Range, by: number): Range => [low + by * (high - low), high + by * (high - low)];
  return { x: move(view.x, byX), y: move(view.y, byY) };
}

/** A view kept within sense: not smaller than a thousandth of the whole, nor larger than three times; null where it is about the whole. */
export function settle(view: View, whole: View): View | null {
  const x = settleRange(view.x, whole.x);
  const y = settleRange(view.y, whole.y);
  const same = (a: Range, b: Range): boolean => Math.abs(a[0] - b[0]) + Math.abs(a[1] - b[1]) < 1e-6 * (b[1] - b[0]);
  return same(x, whole.x) && same(y, whole.y) ? null : { x, y };
}

function zoomRange([low, high]: Range, factor: number, at: number): Range {
  const centre = low + at * (high - low);
  return [centre - (centre - low) / factor, centre + (high - centre) / factor];
}

function settleRange([low, high]: Range, [wholeLow, wholeHigh]: Range): Range {
  const whole = wholeHigh - wholeLow;
  const width = Math.min(3 * whole, Math.max(whole / 1000, high - low));
  const centre = Math.min(wholeHigh, Math.max(wholeLow, (low + high) / 2));
  return [centre - width / 2, centre + width / 2];
}
