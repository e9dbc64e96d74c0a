import type { KlEvent, ProgressEvent } from '../record';
import type { NumberTable, Panel } from './figure';
import { figure, panels } from './figure';
import { legend } from './legend';
import { lineChart } from './lineChart';
import type { Markup } from './markup';
import { formatFixed, formatNumber, formatSmall } from '../../shared/plot/numberFormat';
import type { RunView } from './runView';
import { movingAverage, quantile, rangeOf, thin } from '../../shared/plot/statistics';

interface LossCurve {
  readonly view: RunView;
  readonly steps: readonly number[];
  readonly raw: readonly number[];
  readonly smooth: readonly number[];
  /** The axis follows the bulk of the losses: the first few are often larger by orders of magnitude. */
  readonly range: readonly [number, number];
}

interface KlCurve {
  readonly view: RunView;
  readonly points: readonly (readonly [number, number])[];
}

interface Size {
  readonly width: number;
  readonly height: number;
}

function lossCurve(view: RunView): LossCurve {
  const progress = view.run.events.filter((event): event is ProgressEvent => event.type === 'progress');
  const raw = progress.map((event) => event.loss);
  const settled = raw.slice(Math.floor(raw.length / 50));
  const [low, high] = [quantile(settled, 0.01), quantile(settled, 0.97)];
  const pad = 0.08 * (high - low || 1);
  return {
    view,
    steps: progress.map((event) => event.step),
    raw,
    smooth: movingAverage(raw, Math.max(2, Math.round(raw.length / 60))),
    range: [low - pad, high + pad],
  };
}

function klCurve(view: RunView): KlCurve {
  return {
    view,
    points: view.run.events
      .filter((event): event is KlEvent => event.type === 'kl' && event.kl > 0)
      .map((event) => [event.step, event.kl] as const),
  };
}

/** The loss of each run against the step, and KL where it was measured, all runs in one picture. Null where nothing was recorded. */
export function trainingFigure(views: readonly RunView[]): Markup | null {
  // Losses of different objectives share no scale, so each run has its own picture.
  const losses = views.map(lossCurve).filter((curve) => curve.raw.some(Number.isFinite));
  const kls = views.map(klCurve).filter(({ points }) => points.length > 1);
  const count = losses.length + (kls.length > 0 ? 1 : 0);
  if (count === 0) return null;
  const size = count <= 2 ? { width: 500, height: 280 } : { width: 340, height: 240 };
  const entries = [
    ...losses.map((curve) => lossPanel(curve, size, views.length > 1)),
    ...(kls.length === 0 ? [] : [klPanel(kls, size, views.length > 1)]),
  ];
  const beyond = losses.reduce((sum, { raw, range }) => sum + raw.filter((loss) => loss < range[0] || loss > range[1]).length, 0);
  const clippedNote =
    beyond === 0 ? '' : beyond === 1 ? ' One value lies beyond the axis.' : ` ${formatFixed(beyond, 0)} values lie beyond the axis.`;
  const lossWords =
    losses.length === 0
      ? ''
      : `Training loss: the recorded values, faint, and their moving average; it is known up to a constant, so only its fall has a meaning.${clippedNote} `;
  const klWords = kls.length === 0 ? '' : 'KL of the data to the model, which takes no part in the fit, on a logarithmic scale.';
  return figure(panels(entries, 'broad'), lossWords + klWords, [...losses.map(lossTable), ...kls.map(klTable)]);
}

function lossPanel(curve: LossCurve, size: Size, named: boolean): Panel {
  const { view, steps, raw, smooth, range } = curve;
  const points = (losses: readonly number[]): (readonly [number, number])[] =>
    thin(
      losses.map((loss, index) => [steps[index] ?? 0, loss] as const),
      1200,
    );
  const content = lineChart({
    label: `${view.label}: loss from ${formatNumber(smooth[0] ?? Number.NaN)} at the start to ${formatNumber(smooth.at(-1) ?? Number.NaN)} at step ${formatFixed(steps.at(-1) ?? 0, 0)}`,
    ...size,
    series: [
      { points: points(raw), className: `${view.className} faint` },
      { points: points(smooth), className: view.className },
    ],
    axes: { x: 'step', y: 'loss' },
    x: [Math.min(0, steps[0] ?? 0), steps.at(-1) ?? 1],
    y: range,
  });
  return { title: named ? `Loss, ${view.label}` : 'Loss', content };
}

function klPanel(curves: readonly KlCurve[], size: Size, named: boolean): Panel {
  const all = curves.flatMap(({ points }) => thin(points, 600));
  const [least, most] = rangeOf(all.map(([, kl]) => kl));
  const words = curves.map(({ view, points }) => `${view.label} ends at ${formatSmall(points.at(-1)?.[1] ?? Number.NaN)}`).join('; ');
  const chart = lineChart({
    label: `KL of the data to the model against the step. ${words}`,
    ...size,
    series: curves.map(({ view, points }) => ({ points: thin(points, 600), className: view.className })),
    axes: { x: 'step', y: 'KL (nats)' },
    x: [0, rangeOf(all.map(([step]) => step))[1]],
    y: [least / 1.3, most * 1.3],
    logY: true,
    dots: all.length <= 120,
  });
  const names = named ? legend(curves.map(({ view }) => ({ className: `${view.className} stroke`, label: view.label }))) : null;
  return { title: 'KL', content: [chart, names] };
}

function lossTable({ view, steps, raw, smooth }: LossCurve): NumberTable {
  const rows = raw.map((loss, index) => [
    formatFixed(steps[index] ?? 0, 0),
    formatNumber(loss, 4),
    formatNumber(smooth[index] ?? Number.NaN, 4),
  ]);
  return { caption: `Loss, ${view.label}`, columns: ['step', 'loss', 'smoothed'], rows: thin(rows, 25) };
}

function klTable({ view, points }: KlCurve): NumberTable {
  return {
    caption: `KL, ${view.label}`,
    columns: ['step', 'KL'],
    rows: thin(points, 25).map(([step, kl]) => [formatFixed(step, 0), formatNumber(kl)]),
  };
}
