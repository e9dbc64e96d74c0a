import { formatWeight } from '../../shared/plot/numberFormat';
import type { DiagnosisRecord } from '../../shared/diagnosis';
import { figure, numberTable } from './figure';
import { legend } from './legend';
import type { Markup } from './markup';
import { markup } from './markup';
import { modeBars, type WeightBar, type WeightRow } from './modeBars';

/** More bars than these say nothing; modes are sorted by their weight. */
const mostModes = 30;

const models = { className: 'c-run0', label: 'density' };
const data = { className: 'c-data', label: 'data' };
const particles = { className: 'c-run1', label: 'particles of Langevin dynamics' };

/** Weights of the modes beside the data's and the particles' shares. Null for one mode alone. */
export function weightsFigure({ modes, basins }: DiagnosisRecord): Markup | null {
  if (modes.length < 2) return null;
  const shown = modes.slice(0, mostModes);
  const withData = shown.some(({ dataWeight }) => dataWeight !== null);
  const rows = shown.map((mode, k): WeightRow => {
    const share = basins?.actual[k];
    const bars: (WeightBar | null)[] = [{ weight: mode.weight, stdErr: mode.stdErr, className: models.className }];
    if (withData)
      bars.push(mode.dataWeight === null ? null : { weight: mode.dataWeight, stdErr: mode.dataStdErr ?? 0, className: data.className });
    if (share !== undefined)
      bars.push({
        weight: share,
        stdErr: Math.sqrt((share * (1 - share)) / (basins?.particles ?? 1)),
        className: particles.className,
      });
    return { label: mode.kind === 'found' ? `mode ${k + 1}` : `mode ${k + 1}, ${mode.kind}`, center: mode.center, bars };
  });
  const names = [models, ...(withData ? [data] : []), ...(basins ? [particles] : [])];
  const hidden = modes.length - shown.length;
  const words = rows.map(({ label, bars }) => `${label}: ${bars.map((bar) => formatWeight(bar?.weight ?? NaN)).join(', ')}`).join('; ');
  const table = numberTable({
    caption: 'Weight of each mode',
    columns: ['mode', ...names.map(({ label }) => label)],
    rows: rows.map(cells),
  });
  return figure(
    markup`${legend(names)}<div class="bars-and-table">${modeBars(rows, `Weights of the modes. ${words}`)}${table}</div>`,
    `Weights of the modes with standard errors: the share of the mass in each.${hidden > 0 ? ` The ${hidden} lightest modes are left out.` : ''}`,
    [],
  );
}

function cells({ label, bars }: WeightRow): string[] {
  return [label, ...bars.map((bar) => formatWeight(bar?.weight ?? NaN))];
}
