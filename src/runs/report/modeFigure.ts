import { figure, numberTable } from './figure';
import { legend } from './legend';
import type { Markup } from './markup';
import { markup } from './markup';
import type { WeightBar } from './modeBars';
import { matchModes, modeBars } from './modeBars';
import { formatFixed, formatPoint, formatWeight } from '../../shared/plot/numberFormat';
import type { RunView } from './runView';

/** More bars than these say nothing; the heaviest are kept. */
const mostModes = 30;

/** Weights of the modes: the data's, and those of each run. Null where no run has modes. */
export function modeFigure(views: readonly RunView[]): Markup | null {
  const matched = matchModes(views.map((view) => view.run.result?.modes ?? []));
  if (matched.length === 0) return null;
  const dataClass = 'c-data';
  const heaviest = [...matched].sort((a, b) => weightOf(b.mode) - weightOf(a.mode)).slice(0, mostModes);
  const kept = matched.filter((row) => heaviest.includes(row));
  const rows = kept.map(({ mode, found }) => ({
    label: mode.label,
    center: mode.center,
    bars: [
      { weight: mode.dataWeight, stdErr: mode.dataWeightStdErr, className: dataClass },
      ...found.map((match, index) =>
        match === null ? null : { weight: match.weight, stdErr: match.weightStdErr, className: views[index]?.className ?? '' },
      ),
    ],
  }));
  const names = [
    { className: dataClass, label: 'data' },
    ...views.map((view) => ({ className: view.className, label: views.length === 1 ? 'model' : view.label })),
  ];
  const words = rows
    .map(
      (row) =>
        `${row.label}: ${row.bars.map((bar, index) => `${names[index]?.label ?? ''} ${formatWeight(bar?.weight ?? Number.NaN)}`).join(', ')}`,
    )
    .join('; ');
  const hidden = matched.length - kept.length;
  const rest = hidden > 0 ? ` The ${hidden} lightest modes are left out.` : '';
  const differences = views.length === 1;
  const table = numberTable({
    caption: 'Weight and standard error of each mode',
    columns: ['mode', 'centre', ...names.map(({ label }) => label), ...(differences ? ['difference'] : [])],
    rows: rows.map((row) => {
      const [data, model] = row.bars;
      const difference = (model?.weight ?? Number.NaN) - (data?.weight ?? Number.NaN);
      return [
        row.label,
        formatPoint(row.center),
        ...row.bars.map(cell),
        ...(differences ? [difference > 0 ? `+${formatWeight(difference)}` : formatWeight(difference)] : []),
      ];
    }),
  });
  return figure(
    markup`${legend(names)}<div class="bars-and-table">${modeBars(rows, `Weights of the modes. ${words}`)}${table}</div>`,
    `Weights of the modes: the share of the mass in each, with standard errors.${rest}`,
    [],
  );
}

function cell(bar: WeightBar | null): string {
  if (bar === null) return '–';
  return bar.stdErr >= 5e-4 ? `${formatWeight(bar.weight)} ± ${formatFixed(bar.stdErr, 3)}` : formatWeight(bar.weight);
}

function weightOf(mode: { readonly weight: number; readonly dataWeight: number }): number {
  return Math.max(mode.weight || 0, mode.dataWeight || 0);
}
