import type { Snapshot } from '../checkArrays';
import type { SnapshotEntry } from '../runReader';
import { densityThumbnail } from './densityPanel';
import { figure } from './figure';
import { extentOf } from '../../shared/plot/grid';
import { gridOf } from './grid';
import { imageThumbnail } from './imageFigure';
import type { Markup } from './markup';
import { markup } from './markup';
import { formatFixed, formatNumber } from '../../shared/plot/numberFormat';
import { dotPath, linePath, picture } from './plotFrame';
import type { RunView } from './runView';
import { linearScale } from '../../shared/plot/scale';
import { greyScaleOf } from '../../shared/plot/imageGrid';
import { quantile, rangeOf, thin } from '../../shared/plot/statistics';

const shown = 6;

/** About `count` snapshots at even ratios of their steps, with the first and the last: a fit changes fast at the start. */
export function logSpaced(entries: readonly SnapshotEntry[], count: number): SnapshotEntry[] {
  const first = entries[0];
  const last = entries.at(-1);
  if (first === undefined || last === undefined || entries.length <= count) return [...entries];
  // The very first steps of a long fit look alike.
  const start = Math.max(1, last.step / 256, first.step === 0 ? (entries[1]?.step ?? 1) : first.step);
  const targets = Array.from({ length: count - 1 }, (_, index) => start * (last.step / start) ** (index / (count - 2)));
  const nearest = targets.map((target) =>
    entries.reduce((best, entry) =>
      Math.abs(Math.log((entry.step + 0.5) / target)) < Math.abs(Math.log((best.step + 0.5) / target)) ? entry : best,
    ),
  );
  return entries.filter((entry) => entry === first || entry === last || nearest.includes(entry));
}

/** The model at a few steps of each run, in strips. Null where there are fewer than two snapshots. */
export function evolutionFigure(views: readonly RunView[]): Markup | null {
  const read = views
    .filter((view) => view.entries.length > 1)
    .map((view) => ({ view, snapshots: logSpaced(view.entries, shown).map((entry) => view.run.readSnapshot(entry.step)) }));
  if (read.length === 0) return null;
  const scale = views[0]?.run.record.dim === 2 ? ' Each strip has one colour scale, set by its last picture.' : '';
  return figure(
    read.map(({ view, snapshots }) => strip(view, snapshots, views.length > 1)),
    `The model during the fit, at steps with even ratios.${scale}`,
    read.map(({ view, snapshots }) => ({
      caption: `The model during the fit, ${view.label}`,
      columns: ['step', 'largest density', 'norm of the parameters'],
      rows: snapshots.map(({ step, density, params }) => [
        formatFixed(step, 0),
        formatNumber(density === null ? Number.NaN : rangeOf(density.data)[1]),
        formatNumber(norm(params.data), 4),
      ]),
    })),
  );
}

function norm(values: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += (values[index] ?? 0) ** 2;
  return Math.sqrt(sum);
}

function strip(view: RunView, snapshots: readonly Snapshot[], named: boolean): Markup {
  const frames = snapshots.map((snapshot) => {
    const title = `step ${formatFixed(snapshot.step, 0)}`;
    const content = thumbnail(snapshot, snapshots.at(-1) ?? snapshot, `${view.label}, ${title}`, view);
    return content === null ? null : markup`<li>${content}<span>${title}</span></li>`;
  });
  return markup`${named ? markup`<h3>${view.label}</h3>` : null}<ol class="strip">${frames}</ol>`;
}

function thumbnail(snapshot: Snapshot, last: Snapshot, label: string, view: RunView): Markup | null {
  const dim = view.run.record.dim;
  if (dim === 2 && snapshot.density !== null && snapshot.extent !== null) {
    const top = rangeOf(last.density?.data ?? snapshot.density.data)[1];
    return densityThumbnail(gridOf(snapshot.density, extentOf(snapshot.extent)), top > 0 ? top : 1, label);
  }
  if (dim === 1 && snapshot.density !== null)
    return thumbnailLine(snapshot.density.data, rangeOf(last.density?.data ?? snapshot.density.data)[1], label, view.className);
  const { image } = view.run.record;
  if (snapshot.samples !== null && image !== undefined)
    return imageThumbnail(snapshot.samples, image, greyScaleOf(view.data?.sample?.data ?? snapshot.samples.data), label);
  if (snapshot.samples !== null)
    return thumbnailScatter(snapshot.samples.data, last.samples?.data ?? snapshot.samples.data, dim, label, view.className);
  return null;
}

function thumbnailLine(density: ArrayLike<number>, top: number, label: string, className: string): Markup {
  const points = Array.from(
    { length: density.length },
    (_, index) => [(120 * (index + 0.5)) / density.length, 88 - (80 * (density[index] ?? 0)) / (top > 0 ? top : 1)] as const,
  );
  return picture(
    120,
    90,
    label,
    markup`<rect class="ground" width="120" height="90"/><g class="${className}"><path class="line" d="${linePath(thin(points, 240))}"/></g>`,
  );
}

/** The first two coordinates, in the range of the last snapshot. */
function thumbnailScatter(samples: ArrayLike<number>, last: ArrayLike<number>, dim: number, label: string, className: string): Markup {
  const column = (values: ArrayLike<number>, axis: number): number[] =>
    Array.from({ length: Math.floor(values.length / dim) }, (_, row) => values[row * dim + axis] ?? 0);
  const scaleOf = (axis: number, from: number, to: number): ((value: number) => number) => {
    const [low, high] = [quantile(column(last, axis), 0.01), quantile(column(last, axis), 0.99)];
    return linearScale(low - 0.15 * (high - low), high + 0.15 * (high - low), from, to, 2).map;
  };
  const [x, y] = [scaleOf(0, 0, 120), scaleOf(1, 120, 0)];
  const ys = column(samples, 1);
  const points = column(samples, 0).map((value, row) => [x(value), y(ys[row] ?? 0)] as const);
  return picture(
    120,
    120,
    label,
    markup`<rect class="ground" width="120" height="120"/><g class="${className}"><path class="dots small" d="${dotPath(thin(points, 500))}"/></g>`,
    'cut',
  );
}
