import type { NamedArray } from '../arrays';
import { figure } from './figure';
import type { LegendEntry } from './legend';
import { legend } from './legend';
import type { Series } from './lineChart';
import { lineChart } from './lineChart';
import type { Markup } from './markup';
import { markup } from './markup';
import { formatFixed, formatNumber } from '../../shared/plot/numberFormat';
import type { RunView } from './runView';
import { histogram, quantile, rangeOf, thin } from '../../shared/plot/statistics';

type Points = readonly (readonly [number, number])[];

/** Values at the centres of even cells between the two bounds. */
function curveOf(array: NamedArray, bounds: readonly number[]): Points {
  const [low = 0, high = 1] = bounds;
  const length = array.shape[0] ?? 0;
  return Array.from({ length }, (_, index) => [low + ((index + 0.5) / length) * (high - low), array.data[index] ?? Number.NaN] as const);
}

function curves(view: RunView, array: NamedArray | null, bounds: readonly number[]): { readonly view: RunView; readonly points: Points }[] {
  return array === null ? [] : [{ view, points: curveOf(array, view.last?.extent ?? bounds) }];
}

/** One-dimensional runs: densities over a histogram of the data, and below them the scores. Null where there are none. */
export function linearFigure(views: readonly RunView[]): Markup | null {
  const bounds = views.map((view) => view.last?.extent ?? null).find((extent) => extent !== null) ?? null;
  if (bounds === null) return null;
  const [low = 0, high = 1] = bounds;
  const alone = views.length === 1;
  const models = views.flatMap((view) => curves(view, view.last?.density ?? null, bounds));
  const scores = views.flatMap((view) => curves(view, view.last?.score ?? null, bounds));
  const sample = views.map((view) => view.data?.sample ?? null).find((array) => array !== null) ?? null;
  const truthArray = views.map((view) => view.data?.truth ?? null).find((array) => array !== null) ?? null;
  const truth = truthArray === null ? null : curveOf(truthArray, bounds);
  const bins = 60;
  const bars: Series[] =
    sample === null
      ? []
      : [
          {
            points: histogram(sample.data, low, high, bins).map((height, bin) => [low + (bin * (high - low)) / bins, height] as const),
            className: 'c-data',
            barWidth: (high - low) / bins,
          },
        ];
  const heights = [...models.flatMap(({ points }) => points), ...(truth ?? []), ...bars.flatMap(({ points }) => points)].map(
    ([, height]) => height,
  );
  const top = rangeOf(heights)[1];
  const names: LegendEntry[] = [
    ...(sample === null ? [] : [{ className: 'c-data', label: 'data' }]),
    ...(truth === null ? [] : [{ className: 'c-truth dashed', label: 'truth' }]),
    ...models.map(({ view }) => ({ className: `${view.className} stroke`, label: alone ? 'model' : view.label })),
  ];
  const density = lineChart({
    label: 'Densities of the models over a histogram of the data',
    width: 960,
    height: 320,
    left: 44,
    series: [
      ...bars,
      ...models.map(({ view, points }) => ({ points, className: view.className })),
      ...(truth === null ? [] : [{ points: truth, className: 'c-truth dashed' }]),
    ],
    axes: { x: 'x', y: 'density' },
    x: [low, high],
    y: [0, top > 0 ? 1.06 * top : 1],
  });
  const slopes = scores.flatMap(({ points }) => points.map(([, value]) => value));
  const reach = 1.1 * Math.max(Math.abs(quantile(slopes, 0.02)), Math.abs(quantile(slopes, 0.98)), 1e-6);
  const score =
    scores.length === 0
      ? null
      : lineChart({
          label: 'Scores of the models',
          width: 960,
          height: 210,
          left: 44,
          series: scores.map(({ view, points }) => ({ points, className: view.className })),
          axes: { x: 'x', y: 'score' },
          x: [low, high],
          y: [-reach, reach],
        });
  const words = score === null ? '' : ' Below, the score of the model: the slope of its log density.';
  return figure(
    [legend(names), markup`<div class="scroll long">${density}${score}</div>`],
    `Density of the model over a histogram of the data${truth === null ? '' : ' and the density they were drawn from'}.${words}`,
    [
      ...models.map(({ view, points }) => ({ caption: `Density, ${view.label}`, columns: ['x', 'model'], rows: rowsOf(points) })),
      ...(truth === null ? [] : [{ caption: 'Density of the data', columns: ['x', 'truth'], rows: rowsOf(truth) }]),
      ...scores.map(({ view, points }) => ({ caption: `Score, ${view.label}`, columns: ['x', 'score'], rows: rowsOf(points) })),
    ],
  );
}

function rowsOf(points: Points): string[][] {
  return thin(points, 25).map(([x, value]) => [formatFixed(x, 3), formatNumber(value)]);
}
