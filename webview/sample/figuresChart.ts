/** A figure of the sampler against its steps, drawn by Chart.js. */

import {
  Chart,
  type ChartConfiguration,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  Tooltip,
} from 'chart.js';
import { formatNumber } from '../../src/shared/plot/numberFormat';
import { chartBase, chartLook, logTickText, tickText } from '../chartOptions';
import { type CurvePoint, decimate } from '../lossData';
import { runColour, type Theme } from '../theme';
import { t } from '../words';
import { optionLabel } from './optionFields';
import type { SampleSeries } from './sampleSeries';

Chart.register(LineController, LineElement, PointElement, LinearScale, LogarithmicScale, Tooltip);

export type FiguresChart = Chart<'line', CurvePoint[]>;

/** Points of a line; a panel beside code has fewer pixels. */
const most = 600;
/** A figure that falls or grows by more than this needs a logarithmic axis. Own choice. */
const wide = 50;

const figureWords: Readonly<Record<string, string>> = {
  acceptance: t('Acceptance'),
  stepSize: t('Step size'),
  swapAcceptance: t('Swaps accepted'),
  inverseTemperature: t('Inverse temperature'),
  noise: t('Noise'),
  bandwidth: t('Bandwidth'),
  attraction: t('Attraction'),
  effectiveShare: t('Effective share'),
  logZ: t('log Z'),
};

/** A figure in words. */
export function figureLabel(name: string): string {
  return figureWords[name] ?? optionLabel(name);
}

/** Figures that have a value at some step, in their order. */
export function knownFigures({ figures, length }: SampleSeries): readonly string[] {
  return Object.keys(figures).filter((name) => figures[name]?.subarray(0, length).some(Number.isFinite));
}

export function figurePoints(series: SampleSeries, name: string): CurvePoint[] {
  return decimate(series.steps, series.figures[name] ?? [], series.length, most, false);
}

export function isWide(points: readonly CurvePoint[]): boolean {
  const values = points.map(({ y }) => y);
  return values.length > 1 && Math.min(...values) > 0 && Math.max(...values) > wide * Math.min(...values);
}

export function figuresConfiguration(points: CurvePoint[], name: string, theme: Theme): ChartConfiguration<'line', CurvePoint[]> {
  const { ticks, title } = chartLook(theme);
  const colour = runColour(theme, 0);
  const log = isWide(points);
  return {
    type: 'line',
    data: {
      datasets: [
        {
          label: figureLabel(name),
          data: points,
          borderColor: colour,
          pointBackgroundColor: colour,
          borderWidth: 1.8,
          borderJoinStyle: 'round',
          pointRadius: points.length < 2 ? 2 : 0,
          pointHitRadius: 0,
        },
      ],
    },
    options: {
      ...chartBase(theme, { label: ({ dataset, parsed }) => `${dataset.label ?? ''} ${formatNumber(parsed.y ?? Number.NaN, 4)}` }),
      layout: { padding: { top: 4, right: 10, bottom: 0, left: 0 } },
      scales: {
        x: {
          type: 'linear',
          ticks: { ...ticks, maxTicksLimit: 6, callback: tickText },
          grid: { display: false },
          border: { color: theme.line },
          title: { ...title(t('step')), align: 'end' },
        },
        y: {
          type: log ? 'logarithmic' : 'linear',
          ...(name.toLowerCase().includes('acceptance') ? { min: 0, max: 1 } : {}),
          ticks: { ...ticks, maxTicksLimit: 6, callback: log ? logTickText : tickText },
          grid: { color: theme.rule },
          border: { display: false },
          title: title(figureLabel(name)),
        },
      },
    },
  };
}
