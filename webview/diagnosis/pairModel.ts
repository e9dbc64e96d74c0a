/** The density, its tilt, and both bridged, with their scores, as they are drawn. */

import type { DiagnosisPictures } from '../../src/shared/diagnosis';
import { scoreRange } from '../../src/shared/plot/scoreRange';
import { axisName, gridOf, scoreOn } from '../fields';
import { colourTop } from '../heatMap';
import type { LegendEntry } from '../legend';
import { type LinePlot, type ScoreCurve, topOf } from '../lineView';
import type { PlanesModel } from '../planes';
import type { Table } from '../tables';
import { runColour, type Theme } from '../theme';
import { t } from '../words';

/** The four densities and scores with their names, in the order in which they are drawn. */
export function pairOf({ p, tilted, bridgedP, bridgedTilted, scores }: DiagnosisPictures): {
  readonly title: string;
  readonly values: Float32Array;
  /** [mx, 1] or [my, mx, 2]. */
  readonly score: Float32Array;
  readonly tilted: boolean;
  readonly bridged: boolean;
}[] {
  return [
    { title: t('density p'), values: p, score: scores.p, tilted: false, bridged: false },
    { title: t('p tilted'), values: tilted, score: scores.tilted, tilted: true, bridged: false },
    { title: t('p bridged'), values: bridgedP, score: scores.bridgedP, tilted: false, bridged: true },
    { title: t('tilted p bridged'), values: bridgedTilted, score: scores.bridgedTilted, tilted: true, bridged: true },
  ];
}

/** In two dimensions: one colour scale for all, and the scores as arrows. */
export function pairPlanes(pictures: DiagnosisPictures): PlanesModel {
  const [left = 0, right = 1, bottom = 0, top = 1] = pictures.extent;
  const planes = pairOf(pictures).map(({ title, values, score }) => ({
    title,
    colour: undefined,
    grid: gridOf(values, pictures),
    score: scoreOn({ shape: pictures.scores.shape, values: score }, pictures.extent),
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

export interface PairLines {
  readonly plot: LinePlot;
  readonly scores: readonly ScoreCurve[];
  /** What the axis of the scores spans. */
  readonly scoreRange: readonly [number, number];
  readonly legend: readonly LegendEntry[];
}

/** In one dimension: lines, the bridged ones dashed. */
export function pairLines(pictures: DiagnosisPictures, theme: Theme): PairLines {
  const [low = 0, high = 1] = pictures.extent;
  const curves = pairOf(pictures).map(({ title, values, score, tilted, bridged }) => ({
    title,
    tilted,
    values,
    score,
    low,
    high,
    colour: runColour(theme, tilted ? 1 : 0),
    dashed: bridged,
  }));
  return {
    plot: { bars: [], curves, view: [low, high], top: topOf([], curves), xName: '', yName: `↑ ${t('density')}` },
    scores: curves.map(({ score, colour, tilted, dashed }) => ({ values: score, low, high, colour, dashed, broad: !tilted && !dashed })),
    scoreRange: scoreRange(pictures),
    legend: curves.map(({ title, colour, dashed }) => ({ label: title, colour, ...(dashed ? { dash: [5, 3.5] } : {}) })),
  };
}

/** Coordinates of the centres of a grid's cells, [n] or [ny, nx], in the order of its values. */
function centres(shape: readonly number[], [left = 0, right = 1, bottom = 0, top = 1]: readonly number[]): number[][] {
  const flat = shape.length === 1;
  const columns = (flat ? shape[0] : shape[1]) ?? 1;
  const rows = flat ? 1 : (shape[0] ?? 1);
  return Array.from({ length: rows * columns }, (_, i) => [
    left + (((i % columns) + 0.5) / columns) * (right - left),
    ...(flat ? [] : [bottom + ((Math.floor(i / columns) + 0.5) / rows) * (top - bottom)]),
  ]);
}

/** The densities, and the scores on their own grid. */
export function pairTables(pictures: DiagnosisPictures): readonly Table[] {
  const { shape, extent, scores } = pictures;
  const pair = pairOf(pictures);
  const dim = shape.length;
  const names = dim === 1 ? ['x'] : [axisName(0), axisName(1)];
  return [
    {
      caption: t('Densities of the pair at cell centres'),
      columns: [...names, ...pair.map(({ title }) => title)],
      rows: centres(shape, extent).map((place, i) => [...place, ...pair.map(({ values }) => values[i] ?? null)]),
    },
    {
      caption: t('Scores of the pair at cell centres'),
      columns: [
        ...names,
        ...pair.flatMap(({ title }) => names.map((name) => `${title}, ${dim === 1 ? t('score') : t('score {0}', name)}`)),
      ],
      rows: centres(scores.shape.slice(0, dim), extent).map((place, i) => [
        ...place,
        ...pair.flatMap(({ score }) => names.map((_, axis) => score[i * dim + axis] ?? null)),
      ]),
    },
  ];
}
