import type { Content, Markup } from './markup';
import { markup } from './markup';
import type { Scale } from '../../shared/plot/scale';

/** Where in a picture the data are drawn, in the picture's units. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A picture `width` by `height`, which scales with the column it stands in. `label` says in words what it shows. */
export function picture(width: number, height: number, label: string, content: Content, className = ''): Markup {
  return markup`<svg class="picture ${className}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}">${content}</svg>`;
}

/** Room that the tick labels of a vertical axis need on its left. */
export function leftMargin(labels: readonly string[]): number {
  return Math.max(26, 14 + 6.4 * Math.max(0, ...labels.map((label) => label.length)));
}

/** What the axes say: the vertical one above its upper end, the horizontal one below its right end. */
export interface AxisLabels {
  readonly x: string;
  readonly y: string;
}

/** Ticks, their labels and the names of both axes; `lines` draws faint lines across at the ticks of y. */
export function axes(box: Box, x: Scale | null, y: Scale | null, labels: AxisLabels, lines = true): Markup {
  const bottom = box.top + box.height;
  const right = box.left + box.width;
  const xTicks = (x?.ticks ?? []).map(
    ({ value, label }) =>
      markup`<g transform="translate(${x?.map(value) ?? 0},${bottom})"><path class="axis" d="M0 0v4"/><text class="tick" y="16" text-anchor="middle">${label}</text></g>`,
  );
  const yTicks = (y?.ticks ?? []).map(
    ({ value, label }) =>
      markup`<g transform="translate(${box.left},${y?.map(value) ?? 0})"><path class="${lines ? 'rule' : 'axis'}" d="M${lines ? 0 : -4} 0h${lines ? box.width : 4}"/><text class="tick" x="-7" dy=".33em" text-anchor="end">${label}</text></g>`,
  );
  const baseline = x === null ? null : markup`<path class="axis" d="M${box.left} ${bottom}h${box.width}"/>`;
  const xName = labels.x === '' ? null : markup`<text class="name" x="${right}" y="${bottom + 31}" text-anchor="end">${labels.x} →</text>`;
  const yName =
    labels.y === '' ? null : markup`<text class="name" x="${Math.max(2, box.left - 24)}" y="${box.top - 9}">↑ ${labels.y}</text>`;
  return markup`${yTicks}${baseline}${xTicks}${xName}${yName}`;
}

/** Content that is cut off at the edges of the box; inside, coordinates are those of the whole picture. */
export function clipped(box: Box, content: Content): Markup {
  // A nested picture clips by itself, and so needs no name that would have to be unique in the page.
  return markup`<svg x="${box.left}" y="${box.top}" width="${box.width}" height="${box.height}" viewBox="${box.left} ${box.top} ${box.width} ${box.height}" overflow="hidden">${content}</svg>`;
}

/** A path through points in picture units; a point that is not finite breaks the line. */
export function linePath(points: readonly (readonly [number, number])[]): string {
  let pen = 'M';
  let path = '';
  for (const [x, y] of points) {
    if (!Number.isFinite(x) || !Number.isFinite(y)) {
      pen = 'M';
      continue;
    }
    // Far outside the clipping box a renderer's own arithmetic may overflow.
    path += `${pen}${round(x)} ${round(Math.min(1e5, Math.max(-1e5, y)))}`;
    pen = 'L';
  }
  return path;
}

/** A path of dots; the stroke's round caps make them visible. */
export function dotPath(points: readonly (readonly [number, number])[]): string {
  return points.map(([x, y]) => `M${round(x)} ${round(y)}h0`).join('');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
