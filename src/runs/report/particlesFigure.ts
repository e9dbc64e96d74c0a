/** Particles at the start and at the end, over the density that is sampled. */

import { extentOf, type Extent } from '../../shared/plot/grid';
import { formatFixed, formatNumber } from '../../shared/plot/numberFormat';
import { histogram, quantile, rangeOf, thin } from '../../shared/plot/statistics';
import type { NamedArray } from '../arrays';
import { colourBar } from './colourBar';
import { densityPanel, scatter } from './densityPanel';
import { figure, panels } from './figure';
import { gridOf } from './grid';
import { legend } from './legend';
import { lineChart } from './lineChart';
import type { Markup } from './markup';
import { colours, type SampleView } from './sampleView';
import { matrixFigure } from './scatterMatrix';

const bins = 60;
const mostDots = 2000;

/** As the dimension allows: histograms against the density, points over it, or a scatter matrix. */
export function particlesFigure(view: SampleView): Markup | null {
  const { dim } = view.run.record;
  if (dim === 1) return onALine(view);
  return dim === 2 ? onAPlane(view) : inSpace(view);
}

/** Where the particles are, where no density says what to show: all but one in a hundred. */
function rangeAround(values: readonly number[]): [number, number] {
  const [low, high] = [quantile(values, 0.005), quantile(values, 0.995)];
  const pad = 0.1 * (high - low || 1);
  return [low - pad, high + pad];
}

function onALine({ start, end, endStep, data }: SampleView): Markup {
  const { density = null, extent = null } = data ?? {};
  const [low = 0, high = 1] = extent ?? rangeAround([...start.data, ...end.data]);
  const n = density?.shape[0] ?? 0;
  const line = Array.from(density?.data ?? [], (value, i) => [low + ((i + 0.5) * (high - low)) / n, value] as const);
  const sides = [
    { title: 'Start', values: start, className: colours.start },
    { title: `After step ${formatFixed(endStep, 0)}`, values: end, className: colours.end },
  ].map((side) => ({ ...side, heights: histogram(side.values.data, low, high, bins) }));
  const top = 1.06 * (rangeOf([...line.map(([, value]) => value), ...(sides[1]?.heights ?? [])])[1] || 1);
  const width = (high - low) / bins;
  const entries = sides.map(({ title, className, heights }) => ({
    title,
    content: lineChart({
      label: `Histogram of the particles, ${title.toLowerCase()}, and the density`,
      width: 500,
      height: 280,
      series: [
        { points: heights.map((height, bin) => [low + bin * width, height] as const), className, barWidth: width },
        { points: line, className: colours.density },
      ],
      axes: { x: 'x', y: 'density' },
      x: [low, high],
      y: [0, top],
    }),
  }));
  const outside = (values: NamedArray): number => values.data.filter((x: number) => x < low || x > high).length;
  const cut = outside(end) > 0 ? ` ${formatFixed(outside(end), 0)} particles of the end lie beyond the axis.` : '';
  return figure(
    [
      legend([
        { className: colours.start, label: 'particles at the start' },
        { className: colours.end, label: 'particles at the end' },
        ...(density ? [{ className: `${colours.density} stroke`, label: 'density' }] : []),
      ]),
      panels(entries, 'broad'),
    ],
    `Histograms of the particles at the start and at the end${density ? ' against the density that is sampled' : ''}.${cut}`,
    [
      {
        caption: 'Density and histograms',
        columns: ['x', 'start', 'end'],
        rows: thin(
          Array.from({ length: bins }, (_, bin) => [
            formatFixed(low + (bin + 0.5) * width, 2),
            ...sides.map(({ heights }) => formatNumber(heights[bin] ?? 0)),
          ]),
          30,
        ),
      },
    ],
  );
}

function boundsOf({ start, end }: SampleView): Extent {
  const along = (axis: number): [number, number] => rangeAround([...start.data, ...end.data].filter((_, i) => i % 2 === axis));
  return extentOf([...along(0), ...along(1)]);
}

function onAPlane(view: SampleView): Markup {
  const { start, end, endStep, data } = view;
  const { density = null, extent = null } = data ?? {};
  const bounds = extent ? extentOf(extent) : boundsOf(view);
  const grid = density && gridOf(density, bounds);
  const top = rangeOf(density?.data ?? [])[1] || 1;
  const rowsOf = ({ data: values }: NamedArray): (readonly [number, number])[] =>
    thin(
      Array.from({ length: values.length / 2 }, (_, i) => [values[2 * i] ?? 0, values[2 * i + 1] ?? 0] as const),
      mostDots,
    );
  const panel = (label: string, particles: NamedArray | null, className: string): Markup =>
    densityPanel({
      label,
      extent: bounds,
      grid,
      top,
      contours: particles === null,
      ...(particles && { overlay: scatter(rowsOf(particles), className) }),
    });
  const bright = density ? 'over-map' : '';
  const entries = [
    ...(grid ? [{ title: 'Density', content: panel('The density that is sampled', null, '') }] : []),
    { title: 'Start', content: panel('Particles at the start', start, `${colours.start} ${bright}`) },
    {
      title: `After step ${formatFixed(endStep, 0)}`,
      content: panel('Particles at the end', end, `${density ? 'c-white' : colours.end} ${bright}`),
    },
  ];
  const few =
    end.data.length / 2 > mostDots ? ` ${formatFixed(mostDots, 0)} of ${formatFixed(end.data.length / 2, 0)} particles are drawn.` : '';
  return figure(
    [panels(entries), grid && colourBar(top, false)],
    `Particles at the start and at the end${grid ? ' over the density that is sampled' : ''}.${few}`,
    [],
  );
}

function inSpace({ run, start, end, data }: SampleView): Markup | null {
  return matrixFigure(run.record.dim, {
    above: { values: start.data, className: colours.start, label: 'start' },
    below: { values: end.data, className: colours.end, label: 'end' },
    others: data?.sample ? [{ values: data.sample.data, className: colours.data, label: 'data' }] : [],
    label: 'Scatter matrix of the particles at the start and at the end',
    caption: `Particles at the end below the diagonal, at the start above it; on the diagonal the marginal densities of both${data?.sample ? ' and of the data' : ''}.`,
  });
}
