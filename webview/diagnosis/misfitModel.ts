/** Where samples misfit, as it is drawn over the density, said and listed. */

import type { DiagnosisPictures, FssdRecord } from '../../src/shared/diagnosis';
import { extentWithLocations } from '../../src/shared/misfit';
import { formatNumber } from '../../src/shared/plot/numberFormat';
import { axisName, gridOf } from '../fields';
import { colourTop } from '../heatMap';
import { type LinePlot, topOf } from '../lineView';
import type { PlanesModel } from '../planes';
import type { Table } from '../tables';
import { runColour, type Theme } from '../theme';
import { t } from '../words';

/** Coordinates of a place that a sentence names. */
const mostNamed = 4;

/** The density of the plane, on axes wide enough for all locations. */
export function misfitPlane({ shape, extent, p }: DiagnosisPictures, { locations }: FssdRecord): PlanesModel {
  const [left = 0, right = 1, bottom = 0, top = 1] = extentWithLocations(extent, locations);
  const grid = gridOf(p, { shape, extent });
  return {
    planes: [{ title: t('density p'), colour: undefined, grid, score: undefined, dots: [], words: undefined }],
    axes: [0, 1],
    names: [axisName(0), axisName(1)],
    view: { x: [left, right], y: [bottom, top] },
    colours: { top: colourTop([], grid).top, cut: false },
    contours: true,
  };
}

/** The density of the line, on an axis wide enough for all locations. */
export function misfitLine({ extent, p }: DiagnosisPictures, { locations }: FssdRecord, theme: Theme): LinePlot {
  const [low = 0, high = 1] = extent;
  const [left = 0, right = 1] = extentWithLocations(extent, locations);
  const curves = [{ values: p, low, high, colour: runColour(theme, 0), dashed: false }];
  return { bars: [], curves, view: [left, right], top: topOf([], curves), xName: 'x →', yName: `↑ ${t('density')}` };
}

/** The p-value and the place of the largest misfit. */
export function misfitWords({ locations, pValue, rows }: FssdRecord): string {
  const at = locations[0] ?? [];
  const named = at.slice(0, mostNamed).map((value) => formatNumber(value, 2));
  const place = at.length === 1 ? (named[0] ?? '') : `(${named.join(', ')}${at.length > mostNamed ? ', …' : ''})`;
  return t(
    'Misfit is largest near {0}. Samples of the density would differ as much with probability {1} (FSSD test of {2} samples).',
    place,
    formatNumber(pValue, 2),
    rows,
  );
}

export function misfitTable({ locations }: FssdRecord): Table {
  const dim = locations[0]?.length ?? 0;
  return {
    caption: t('Locations of misfit, the largest first'),
    columns: [t('location'), ...Array.from({ length: dim }, (_, axis) => (dim === 1 ? 'x' : axisName(axis)))],
    rows: locations.map((at, index) => [index + 1, ...at]),
  };
}
