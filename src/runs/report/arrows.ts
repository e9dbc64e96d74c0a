import { type Point, type ScoreField, scoreArrows } from '../../shared/plot/arrows';
import type { PanelScales } from './densityPanel';
import type { Markup } from './markup';
import { markup } from './markup';

const mostAcross = 22;

/** Arrows along the score. */
export function arrows(field: ScoreField): (scales: PanelScales) => Markup {
  const stride = Math.max(1, Math.ceil(Math.max(field.columns, field.rows) / mostAcross));
  return ({ box, x, y }) => {
    const longest = 0.92 * Math.min((box.width * stride) / field.columns, (box.height * stride) / field.rows);
    const maps = { x: x.map, y: y.map };
    const path = scoreArrows(field, maps, { stride, longest, shortest: 0.12, head: 3.4 }).map(
      ({ tail, tip, barbs }) => `M${point(tail)}L${point(tip)}M${point(barbs[0])}L${point(tip)}L${point(barbs[1])}`,
    );
    return markup`<path class="arrows" d="${path.join('')}"/>`;
  };
}

function point([x, y]: Point): string {
  return `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;
}
