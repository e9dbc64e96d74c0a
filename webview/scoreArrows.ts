/** A score field as lines on a canvas. */

import { type Maps, type ScoreField, scoreArrows } from '../src/shared/plot/arrows';
import type { Line } from './surface';

/** Pixels between the feet of two arrows, at the least. */
const closest = 15;

/** Lines of arrows, in pixels. */
export function arrowLines(field: ScoreField, maps: Maps): Line[] {
  const { left, right, bottom, top } = field.extent;
  const spacing = Math.min((maps.x(right) - maps.x(left)) / field.columns, (maps.y(bottom) - maps.y(top)) / field.rows);
  const stride = Math.max(1, Math.ceil(closest / Math.max(1e-6, spacing)));
  const look = { stride, longest: Math.min(34, 0.92 * spacing * stride), shortest: 0.14, head: 3.6 };
  return scoreArrows(field, maps, look).flatMap(({ tail, tip, barbs }) => [
    [...tail, ...tip],
    [...barbs[0], ...tip, ...barbs[1]],
  ]);
}
