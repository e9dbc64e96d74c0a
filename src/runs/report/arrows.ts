import type { Grid } from '../../shared/plot/grid';
import type { Markup } from './markup';
import { markup } from './markup';
import type { PanelScales } from './densityPanel';
import { quantile } from '../../shared/plot/statistics';

/** A score field: both components on the same grid. */
export interface ScoreField {
  readonly columns: number;
  readonly rows: number;
  readonly extent: Grid['extent'];
  /** [rows, columns, 2]. */
  readonly values: ArrayLike<number>;
}

const mostAcross = 22;

/**
 * Arrows along the score, each centred on its grid point. Lengths follow the square root of the norm, so that the small scores inside a mode show beside the large ones far away,
 * and do not grow beyond the quantile .9.
 */
export function arrows(field: ScoreField): (scales: PanelScales) => Markup {
  const stride = Math.max(1, Math.ceil(Math.max(field.columns, field.rows) / mostAcross));
  return ({ box, x, y }) => {
    const found: { x: number; y: number; dx: number; dy: number; norm: number }[] = [];
    for (let row = Math.floor(stride / 2); row < field.rows; row += stride) {
      for (let column = Math.floor(stride / 2); column < field.columns; column += stride) {
        const at = 2 * (row * field.columns + column);
        const dx = field.values[at] ?? Number.NaN;
        const dy = field.values[at + 1] ?? Number.NaN;
        const norm = Math.hypot(dx, dy);
        if (!(norm > 0) || !Number.isFinite(norm)) continue;
        const { left, right, bottom, top } = field.extent;
        found.push({
          x: x.map(left + ((column + 0.5) / field.columns) * (right - left)),
          y: y.map(bottom + ((row + 0.5) / field.rows) * (top - bottom)),
          // Down is positive in a picture.
          dx: dx / norm,
          dy: -dy / norm,
          norm,
        });
      }
    }
    const limit = quantile(
      found.map(({ norm }) => norm),
      0.9,
    );
    const longest = 0.92 * Math.min((box.width * stride) / field.columns, (box.height * stride) / field.rows);
    const path = found.map((arrow) => {
      const length = longest * Math.max(0.12, Math.sqrt(Math.min(1, arrow.norm / limit)));
      const [ux, uy] = [arrow.dx * length, arrow.dy * length];
      const [tipX, tipY] = [arrow.x + ux / 2, arrow.y + uy / 2];
      const head = Math.min(3.4, length * 0.38) / length;
      const barb = (side: number): string => point(tipX - (ux + side * uy * 0.6) * head, tipY - (uy - side * ux * 0.6) * head);
      return `M${point(tipX - ux, tipY - uy)}L${point(tipX, tipY)}M${barb(1)}L${point(tipX, tipY)}L${barb(-1)}`;
    });
    return markup`<path class="arrows" d="${path.join('')}"/>`;
  };
}

function point(x: number, y: number): string {
  return `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;
}
