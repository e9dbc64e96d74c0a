/** The density, its tilt, and both bridged, as they are drawn. */

import type { DiagnosisPictures } from '../../src/shared/diagnosis';
import { axisName, gridOf } from '../fields';
import { colourTop } from '../heatMap';
import type { LegendEntry } from '../legend';
import { type LinePlot, topOf } from '../lineView';
import type { PlanesModel } from '../planes';
import type { Table } from '../tables';
import { runColour, type Theme } from '../theme';
import { t } from '../words';

/** The four densities with their names, in the order in which they are drawn. */
export function pairOf({ p, tilted, bridgedP, bridgedTilted }: DiagnosisPictures): {
  readonly title: string;
  readonly values: Float32Array;
  readonly tilted: boolean;
  readonly bridged: boolean;
}[] {
  return [
    { title: t('density p'), values: p, tilted: false, bridged: false },
    { title: t('p tilted'), values: tilted, tilted: true, bridged: false },
    { title: t('p bridged'), values: bridgedP, tilted: false, bridged: true },
    { title: t('tilted p bridged'), values: bridgedTilted, tilted: true, bridged: true },
  ];
}

/** In two dimensions: one colour scale for all. */
export function pairPlanes(pictures: DiagnosisPictures): PlanesModel {
  const [left = 0, right = 1, bottom = 0, top = 1] = pictures.extent;
  const planes = pairOf(pictures).map(({ title, values }) => ({
    title,
    colour: undefined,
    grid: gridOf(values, pictures),
    score: undefined,
    dots: [],
    words: undefined,
  }));
  return {
    planes,
    axes: [0, 1],
    names: [axisName(0), axisName(1)],
    view: { x: [left, right], y: [bottom, top] },
    colours: { top: Math.max(...planes.map(({ grid }) => colourTop([], grid).top)), cut: false },
    contours: true,
  };
}

/** In one dimension: lines, the bridged ones dashed. */
export function pairLines(pictures: DiagnosisPictures, theme: Theme): { readonly plot: LinePlot; readonly legend: readonly LegendEntry[] } {
  const [low = 0, high = 1] = pictures.extent;
  const curves = pairOf(pictures).map(({ title, values, tilted, bridged }) => ({
    title,
    values,
    low,
    high,
    colour: runColour(theme, tilted ? 1 : 0),
    dashed: bridged,
  }));
  return {
    plot: { bars: [], curves, view: [low, high], top: topOf([], curves), xName: 'x →', yName: `↑ ${t('density')}` },
    legend: curves.map(({ title, colour, dashed }) => ({ label: title, colour, ...(dashed ? { dash: [5, 3.5] } : {}) })),
  };
}

export function pairTable(pictures: DiagnosisPictures): Table {
  const [left = 0, right = 1, bottom = 0, top = 1] = pictures.extent;
  const pair = pairOf(pictures);
  const flat = pictures.shape.length === 1;
  const columns = (flat ? pictures.shape[0] : pictures.shape[1]) ?? 1;
  const rows = flat ? 1 : (pictures.shape[0] ?? 1);
  return {
    caption: t('Densities of the pair at cell centres'),
    columns: [...(flat ? ['x'] : [axisName(0), axisName(1)]), ...pair.map(({ title }) => title)],
    rows: Array.from(pictures.p, (_, i) => [
      left + (((i % columns) + 0.5) / columns) * (right - left),
      ...(flat ? [] : [bottom + ((Math.floor(i / columns) + 0.5) / rows) * (top - bottom)]),
      ...pair.map(({ values }) => values[i] ?? null),
    ]),
  };
}
