import type { ModeRecord } from '../record';
import type { Markup } from './markup';
import { markup } from './markup';
import { formatPoint, formatWeight } from '../../shared/plot/numberFormat';
import { axes, picture } from './plotFrame';
import { linearScale } from '../../shared/plot/scale';

/** One bar: a weight with its standard error, NaN where unknown. */
export interface WeightBar {
  readonly weight: number;
  readonly stdErr: number;
  readonly className: string;
}

/** The bars of one mode. */
export interface WeightRow {
  readonly label: string;
  readonly center: readonly number[];
  readonly bars: readonly (WeightBar | null)[];
}

/** The modes of several runs in one list: those of the first run, each with the nearest of the others, then what found no partner. */
export function matchModes(
  lists: readonly (readonly ModeRecord[])[],
): { readonly mode: ModeRecord; readonly found: readonly (ModeRecord | null)[] }[] {
  const rows: { mode: ModeRecord; found: (ModeRecord | null)[] }[] = [];
  lists.forEach((modes, list) => {
    const reach = rows.length === 0 ? 0 : separation(rows.map(({ mode }) => mode)) / 2;
    for (const mode of modes) {
      const free = rows.filter((row) => row.found[list] === null).map((row) => ({ row, distance: distance(row.mode.center, mode.center) }));
      const nearest = free.reduce<(typeof free)[number] | null>(
        (best, next) => (best === null || next.distance < best.distance ? next : best),
        null,
      );
      const found: (ModeRecord | null)[] = lists.map(() => null);
      if (nearest !== null && nearest.distance < reach) nearest.row.found[list] = mode;
      else {
        found[list] = mode;
        rows.push({ mode, found });
      }
    }
  });
  return rows;
}

function distance(a: readonly number[], b: readonly number[]): number {
  return Math.sqrt(a.reduce((sum, value, axis) => sum + (value - (b[axis] ?? 0)) ** 2, 0));
}

/** The least distance between two of the modes; infinite for one alone. */
function separation(modes: readonly ModeRecord[]): number {
  let least = Infinity;
  modes.forEach((a, index) => {
    for (const b of modes.slice(0, index)) least = Math.min(least, distance(a.center, b.center));
  });
  return least;
}

const barHeight = 13;

/** Grouped horizontal bars: long labels and many modes both fit. */
export function modeBars(rows: readonly WeightRow[], label: string): Markup {
  const width = 460;
  const groups = rows.map((row) => Math.max(34, row.bars.length * (barHeight + 2) + 14));
  const height = groups.reduce((sum, group) => sum + group, 0);
  const longest = Math.max(
    0,
    ...rows.flatMap((row) => [row.label.length * 7, showsCenter(row) ? formatPoint(row.center).length * 5.9 : 0]),
  );
  const left = Math.min(170, Math.max(60, longest + 16));
  const box = { left, top: 6, width: width - left - 62, height };
  const most = Math.max(
    0.05,
    ...rows.flatMap((row) => row.bars.map((bar) => (bar === null ? 0 : finiteOrZero(bar.weight) + finiteOrZero(bar.stdErr)))),
  );
  const x = linearScale(0, most, box.left, box.left + box.width, 5);
  let top = box.top;
  const drawn = rows.map((row, index) => {
    const group = groups[index] ?? 0;
    const middle = top + group / 2;
    const first = middle - (row.bars.length * (barHeight + 2)) / 2;
    top += group;
    const bars = row.bars.map((bar, at) => (bar === null ? null : weightBar(bar, x.map, first + at * (barHeight + 2))));
    const center = showsCenter(row)
      ? markup`<text class="tick" x="${left - 10}" y="${middle + 14}" text-anchor="end">${formatPoint(row.center)}</text>`
      : null;
    return markup`<text class="name strong" x="${left - 10}" y="${middle + (center === null ? 4 : -1)}" text-anchor="end">${shorten(row.label)}</text>${center}${bars}`;
  });
  const zero = markup`<path class="axis" d="M${box.left} ${box.top}v${height}"/>`;
  return picture(width, height + 46, label, [axes(box, x, null, { x: 'weight', y: '' }), drawn, zero]);
}

function weightBar(bar: WeightBar, map: (value: number) => number, top: number): Markup {
  if (!Number.isFinite(bar.weight)) return markup``;
  const middle = top + barHeight / 2;
  const end = map(bar.weight);
  const stdErr = finiteOrZero(bar.stdErr);
  const [low, high] = [map(Math.max(0, bar.weight - stdErr)), map(bar.weight + stdErr)];
  const error =
    stdErr > 0 ? markup`<path class="error" d="M${low} ${middle}H${high}M${low} ${middle - 3}v6M${high} ${middle - 3}v6"/>` : null;
  return markup`<g class="${bar.className}"><rect class="bar" x="${map(0)}" y="${top}" width="${Math.max(0, end - map(0))}" height="${barHeight}"/>${error}<text class="tick" x="${Math.max(end, high) + 6}" y="${middle + 4}">${formatWeight(bar.weight)}</text></g>`;
}

/** A label that already holds a point needs no second one. */
function showsCenter(row: WeightRow): boolean {
  return row.center.length <= 3 && !row.label.includes('(');
}

function shorten(label: string): string {
  return label.length > 22 ? `${label.slice(0, 21)}…` : label;
}

function finiteOrZero(value: number): number {
  return Number.isFinite(value) ? value : 0;
}
