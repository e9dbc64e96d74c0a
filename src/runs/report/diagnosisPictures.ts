import { extentOf } from '../../shared/plot/grid';
import { rangeOf } from '../../shared/plot/statistics';
import type { DiagnosisPictures } from '../../shared/diagnosis';
import { colourBar } from './colourBar';
import { densityPanel } from './densityPanel';
import { figure, panels } from './figure';
import { gridOf } from './grid';
import { legend } from './legend';
import { lineChart } from './lineChart';
import type { Markup } from './markup';

const caption =
  'The density p, the same with its weights tilted in the way that the Fisher divergence sees least, and both bridged with m: where mass joins the modes, the weights change the score.';

/** The density, its tilt, and both bridged: curves in one dimension, maps in two. */
export function pairFigure(pictures: DiagnosisPictures): Markup {
  const { shape, extent, p, tilted, bridgedP, bridgedTilted } = pictures;
  const pairs = [
    { title: 'p', values: p, className: 'c-run0' },
    { title: 'p with tilted weights', values: tilted, className: 'c-run1' },
    { title: 'p bridged', values: bridgedP, className: 'c-run0 dashed' },
    { title: 'tilted p bridged', values: bridgedTilted, className: 'c-run1 dashed' },
  ];
  const top = pairs.reduce((t, { values }) => Math.max(t, rangeOf(values)[1] || 0), 0) || 1;
  if (shape.length === 1) {
    const [low = 0, high = 1] = extent;
    const n = shape[0] ?? 1;
    const at = (i: number): number => low + ((i + 0.5) / n) * (high - low);
    const chart = lineChart({
      label: 'The density, its tilt, and both bridged',
      width: 960,
      height: 300,
      series: pairs.map(({ values, className }) => ({ className, points: Array.from(values, (v, i) => [at(i), v] as const) })),
      axes: { x: 'x', y: 'density' },
      x: [low, high],
      y: [0, 1.05 * top],
    });
    return figure([legend(pairs.map(({ className, title }) => ({ className: `${className} stroke`, label: title }))), chart], caption, []);
  }
  const bounds = extentOf(extent);
  const maps = pairs.map(({ title, values }) => ({
    title,
    content: densityPanel({ label: title, extent: bounds, grid: gridOf({ shape, data: values }, bounds), top, contours: true }),
  }));
  return figure([panels(maps), colourBar(top, false)], caption, []);
}
