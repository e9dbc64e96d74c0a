import type { DiagnosisPictures, FssdRecord } from '../../shared/diagnosis';
import { extentWithLocations, showsMisfit } from '../../shared/misfit';
import { extentOf } from '../../shared/plot/grid';
import { formatNumber } from '../../shared/plot/numberFormat';
import { rangeOf } from '../../shared/plot/statistics';
import { colourBar } from './colourBar';
import { crosses, densityPanel } from './densityPanel';
import { figure, type NumberTable, numberTable, panels } from './figure';
import { gridOf } from './grid';
import { legend } from './legend';
import { lineChart } from './lineChart';
import type { Markup } from './markup';

/** Height of the ticks at the locations, as a share of the axis. */
const tickShare = 0.06;

/** Where FSSD found the samples to misfit: ticks or crosses over the density where it can be drawn, else the places alone. */
export function misfitFigure(fssd: FssdRecord, pictures: DiagnosisPictures | null): Markup | null {
  if (!showsMisfit(fssd)) return null;
  const { locations, pValue, rows } = fssd;
  const dim = locations[0]?.length ?? 0;
  const words = `Where ${rows} samples misfit the density: places where the features of the finite-set Stein discrepancy test are largest; its p-value is ${formatNumber(pValue, 2)}.`;
  const table: NumberTable = {
    caption: 'Locations, that of the largest misfit first',
    columns: ['', ...Array.from({ length: dim }, (_, axis) => `x${dim > 1 ? axis + 1 : ''}`)],
    rows: locations.map((at, i) => [String(i + 1), ...at.map((value) => formatNumber(value))]),
  };
  if (pictures?.shape.length === 1) return figure(lineWithTicks(pictures, locations), `${words} Ticks stand at them.`, [table]);
  if (pictures?.shape.length === 2) return figure(mapWithCrosses(pictures, locations), `${words} Crosses stand at them.`, [table]);
  return figure(numberTable(table), words, []);
}

function lineWithTicks({ shape, extent, p }: DiagnosisPictures, locations: FssdRecord['locations']): Markup[] {
  const [low = 0, high = 1] = extent;
  const [left = 0, right = 1] = extentWithLocations(extent, locations);
  const cell = (high - low) / (shape[0] ?? 1);
  const top = 1.05 * (rangeOf(p)[1] || 1);
  const density = { label: 'density p', className: 'c-run0' };
  const found = { label: 'misfit', className: 'c-run4' };
  const chart = lineChart({
    label: `The density, with ticks where samples misfit: ${locations.map(([x = 0]) => formatNumber(x)).join(', ')}`,
    width: 960,
    height: 260,
    series: [
      { className: density.className, points: Array.from(p, (value, i) => [low + (i + 0.5) * cell, value] as const) },
      ...locations.map(([x = 0]) => ({
        className: found.className,
        points: [[x, 0] as const, [x, tickShare * top] as const],
      })),
    ],
    axes: { x: 'x', y: 'density' },
    x: [left, right],
    y: [0, top],
  });
  return [legend([density, found].map(({ className, label }) => ({ className: `${className} stroke`, label }))), chart];
}

function mapWithCrosses({ shape, extent, p }: DiagnosisPictures, locations: FssdRecord['locations']): Markup[] {
  const top = rangeOf(p)[1] || 1;
  const content = densityPanel({
    label: `The density, with crosses where samples misfit: ${locations.map((at) => `(${at.map((x) => formatNumber(x)).join(', ')})`).join(', ')}`,
    extent: extentOf(extentWithLocations(extent, locations)),
    grid: gridOf({ shape, data: p }, extentOf(extent)),
    top,
    contours: true,
    overlay: crosses(locations.map(([x = 0, y = 0]) => [x, y] as const)),
  });
  return [panels([{ title: 'p, and where samples misfit', content }]), colourBar(top, false)];
}
