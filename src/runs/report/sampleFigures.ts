import { formatFixed } from '../../shared/plot/numberFormat';
import { rangeOf, thin } from '../../shared/plot/statistics';
import type { SampleRun } from '../runReader';
import type { SampleProgressEvent } from '../sampleRecord';
import { figure, panels } from './figure';
import { figureWords } from './figureWords';
import { lineChart } from './lineChart';
import type { Markup } from './markup';

/** What the sampler said of itself against the step, one small picture each. Null where it said nothing that changes. */
export function sampleFigures({ events }: SampleRun): Markup | null {
  const progress = events.filter((event): event is SampleProgressEvent => event.type === 'progress');
  const curves = figureWords.flatMap((words) => {
    const points = progress.flatMap(({ step, figures }) => {
      const value = figures[words.name];
      return value !== undefined && Number.isFinite(value) ? [[step, value] as const] : [];
    });
    const [low, high] = rangeOf(points.map(([, value]) => value));
    return points.length < 2 || !(high > low) ? [] : [{ ...words, points, low, high }];
  });
  if (curves.length === 0) return null;
  const size = curves.length <= 2 ? { width: 500, height: 260 } : { width: 340, height: 220 };
  const entries = curves.map(({ label, share, points, low, high }) => {
    const pad = 0.06 * (high - low);
    return {
      title: label,
      content: lineChart({
        label: `${label} against the step`,
        ...size,
        series: [{ points: thin(points, 600), className: 'c-run0' }],
        axes: { x: 'step', y: '' },
        x: [0, points.at(-1)?.[0] ?? 1],
        y: share ? [0, 1.02] : [low - pad, high + pad],
      }),
    };
  });
  const tables = curves.map(({ label, points, text }) => ({
    caption: label,
    columns: ['step', label],
    rows: thin(points, 25).map(([step, value]) => [formatFixed(step, 0), text(value)]),
  }));
  return figure(panels(entries, 'broad'), 'What the sampler says of itself against the step.', tables);
}
