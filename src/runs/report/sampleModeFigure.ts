import { formatFixed, formatPoint, formatWeight } from '../../shared/plot/numberFormat';
import type { SampleResult } from '../sampleRecord';
import { figure, numberTable } from './figure';
import { legend } from './legend';
import type { Markup } from './markup';
import { markup } from './markup';
import { modeBars, type WeightBar } from './modeBars';
import { colours } from './sampleView';

/** More bars than these say nothing; the heaviest are kept. */
const mostModes = 30;

/** Share of the particles in each mode beside the weight under the density and the data's. Null without modes. */
export function sampleModeFigure({ modes }: SampleResult): Markup | null {
  if (modes.length === 0) return null;
  const heaviest = [...modes]
    .sort((a, b) => Math.max(b.weight, b.ownWeight ?? 0) - Math.max(a.weight, a.ownWeight ?? 0))
    .slice(0, mostModes);
  const shown = modes.filter((mode) => heaviest.includes(mode));
  const own = modes.some(({ ownWeight }) => ownWeight !== null);
  const data = modes.some(({ dataWeight }) => dataWeight !== null);
  const names = [
    { className: colours.end, label: 'particles' },
    ...(own ? [{ className: colours.density, label: 'density' }] : []),
    ...(data ? [{ className: colours.data, label: 'data' }] : []),
  ];
  const bar = (weight: number | null, stdErr: number | null, className: string): WeightBar | null =>
    weight === null ? null : { weight, stdErr: stdErr ?? 0, className };
  const rows = shown.map(({ label, center, weight, weightStdErr, ownWeight, ownWeightStdErr, dataWeight, dataWeightStdErr }) => ({
    label,
    center,
    bars: [
      bar(weight, weightStdErr, colours.end),
      ...(own ? [bar(ownWeight, ownWeightStdErr, colours.density)] : []),
      ...(data ? [bar(dataWeight, dataWeightStdErr, colours.data)] : []),
    ],
  }));
  const words = rows.map(({ label, bars }) => `${label}: ${bars.map((one) => formatWeight(one?.weight ?? NaN)).join(', ')}`).join('; ');
  const table = numberTable({
    caption: 'Weight and standard error of each mode',
    columns: ['mode', 'centre', ...names.map(({ label }) => label)],
    rows: rows.map(({ label, center, bars }) => [label, formatPoint(center), ...bars.map(cell)]),
  });
  const hidden = modes.length - shown.length;
  return figure(
    markup`${legend(names)}<div class="bars-and-table">${modeBars(rows, `Weights of the modes. ${words}`)}${table}</div>`,
    `Weights of the modes with standard errors: the share of the particles${own ? ', of the mass of the density' : ''}${data ? ', of the data' : ''}.${hidden > 0 ? ` The ${hidden} lightest modes are left out.` : ''}`,
    [],
  );
}

function cell(bar: WeightBar | null): string {
  if (bar === null) return '–';
  return bar.stdErr >= 5e-4 ? `${formatWeight(bar.weight)} ± ${formatFixed(bar.stdErr, 3)}` : formatWeight(bar.weight);
}
