/** The loss on the left axis and the KL on the right, drawn by Chart.js. */

import {
  Chart,
  type ChartConfiguration,
  type ChartDataset,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  Tooltip,
} from 'chart.js';
import { formatNumber } from '../src/shared/plot/numberFormat';
import { chartBase, chartLook, logTickText, tickText } from './chartOptions';
import { type CurvePoint, decimate, logOffset, smooth } from './lossData';
import type { RunView } from './state';
import { runColour, type Theme } from './theme';
import type { UiState } from './uiState';
import { t } from './words';

Chart.register(LineController, LineElement, PointElement, LinearScale, LogarithmicScale, Tooltip);

export type LossChart = Chart<'line', CurvePoint[]>;
export type LossDataset = ChartDataset<'line', CurvePoint[]>;

/** Points of a curve; a panel beside code has fewer pixels. */
const most = 600;

export interface LossView {
  readonly datasets: readonly LossDataset[];
  /** What was taken off the loss for its logarithm. */
  readonly offset: number;
}

/** A faint line as it is, a strong one smoothed, and the KL dashed; one colour a run. */
export function lossView(runs: readonly RunView[], ui: UiState, theme: Theme): LossView {
  const curves = runs.map(({ loss, kl }) => {
    const raw = decimate(loss.steps, loss.losses, loss.length, most, ui.logSteps);
    const smoothed =
      ui.smoothing > 0 ? decimate(loss.steps, smooth(loss.losses, loss.length, ui.smoothing), loss.length, most, ui.logSteps) : [];
    return { raw, smoothed, kl: kl.filter((point) => point.kl > 0).map((point) => ({ x: point.step, y: point.kl })) };
  });
  const offset = ui.logLoss ? logOffset(curves.map(({ raw }) => raw)) : 0;
  const shifted = (points: readonly CurvePoint[]): CurvePoint[] => visible(points, ui).map(({ x, y }) => ({ x, y: y - offset }));
  const datasets = curves.flatMap(({ raw, smoothed, kl }, index): LossDataset[] => {
    const colour = runColour(theme, index);
    const label = runs[index]?.label ?? '';
    const common = {
      pointRadius: 0,
      pointHitRadius: 0,
      borderColor: colour,
      pointBackgroundColor: colour,
      borderJoinStyle: 'round',
    } as const;
    return [
      {
        ...common,
        label: t('{0} objective', label),
        data: shifted(raw),
        yAxisID: 'y',
        borderWidth: smoothed.length > 0 ? 1 : 1.6,
        borderColor: smoothed.length > 0 ? `${colour}55` : colour,
        order: 3,
      },
      { ...common, label: t('{0} objective, smoothed', label), data: shifted(smoothed), yAxisID: 'y', borderWidth: 1.8, order: 2 },
      {
        ...common,
        label: t('{0} KL', label),
        data: [...visible(kl, ui)],
        yAxisID: 'kl',
        borderWidth: 1.6,
        borderDash: [5, 3.5],
        pointRadius: kl.length < 2 ? 2 : 0,
        order: 1,
      },
    ];
  });
  return { datasets, offset };
}

/** A logarithmic axis has no step 0. */
function visible(points: readonly CurvePoint[], { logSteps }: UiState): readonly CurvePoint[] {
  return logSteps ? points.filter(({ x }) => x >= 1) : points;
}

/** Bounds of the KL at a 1, 2 or 5 times a power of ten, at least a decade apart. */
export function klRange(datasets: readonly LossDataset[]): { readonly min?: number; readonly max?: number } {
  const values = datasets.filter(({ yAxisID }) => yAxisID === 'kl').flatMap(({ data }) => data.map(({ y }) => y));
  if (values.length === 0) return {};
  const low = Math.min(...values);
  const high = Math.max(...values, 10 * low);
  const power = (value: number): number => 10 ** Math.floor(Math.log10(value));
  const below = [5, 2, 1].map((factor) => factor * power(low)).find((mark) => mark <= low * (1 + 1e-9)) ?? low;
  const above = [1, 2, 5, 10].map((factor) => factor * power(high)).find((mark) => mark >= high * (1 - 1e-9)) ?? high;
  return { min: below, max: above };
}

/** The range of the loss without the first few extreme points, which would press the rest flat on a linear axis. */
export function lossRange(datasets: readonly LossDataset[]): { readonly min?: number; readonly max?: number } {
  const values = datasets.filter(({ yAxisID, data }) => yAxisID === 'y' && data.length > 0).flatMap(({ data }) => data.map(({ y }) => y));
  if (values.length < 40) return {};
  const sorted = Float64Array.from(values).sort();
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  const [low, high] = [at(0.01), at(0.985)];
  const air = 0.12 * (high - low);
  if (!(air > 0)) return {};
  const [least, greatest] = [at(0), at(1)];
  return {
    min: Math.max(low - air, least - 0.05 * (greatest - least)),
    max: Math.min(high + 2 * air, greatest + 0.05 * (greatest - least)),
  };
}

export function lossConfiguration({ datasets, offset }: LossView, ui: UiState, theme: Theme): ChartConfiguration<'line', CurvePoint[]> {
  const { ticks, title } = chartLook(theme);
  const hasKl = datasets.some(({ yAxisID, data }) => yAxisID === 'kl' && data.length > 0);
  const range = ui.logLoss ? {} : lossRange(datasets);
  return {
    type: 'line',
    data: { datasets: [...datasets] },
    options: {
      ...chartBase(theme, {
        filter: ({ datasetIndex }) => datasets[datasetIndex]?.data.length !== 0,
        label: ({ dataset, parsed }) =>
          `${dataset.label ?? ''} ${formatNumber((parsed.y ?? Number.NaN) + ('yAxisID' in dataset && dataset.yAxisID === 'y' ? offset : 0), 4)}`,
      }),
      layout: { padding: { top: 4, right: hasKl ? 0 : 10, bottom: 0, left: 0 } },
      scales: {
        x: {
          type: ui.logSteps ? 'logarithmic' : 'linear',
          ticks: { ...ticks, maxTicksLimit: 6, callback: ui.logSteps ? logTickText : tickText },
          grid: { display: false },
          border: { color: theme.line },
          title: { ...title(t('step')), align: 'end' },
        },
        y: {
          type: ui.logLoss ? 'logarithmic' : 'linear',
          ...range,
          ticks: { ...ticks, maxTicksLimit: 6, includeBounds: false, callback: ui.logLoss ? logTickText : tickText },
          grid: { color: theme.rule },
          border: { display: false },
          title: title(offset === 0 ? t('objective') : `${t('objective')} ${offset < 0 ? '+' : '−'} ${formatNumber(Math.abs(offset), 3)}`),
        },
        kl: {
          type: 'logarithmic',
          position: 'right',
          display: hasKl,
          ...klRange(datasets),
          ticks: { ...ticks, autoSkip: false, callback: logTickText },
          grid: { display: false },
          border: { display: false },
          title: title(t('KL, dashed')),
        },
      },
    },
  };
}
