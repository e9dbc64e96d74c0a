import type { Markup } from './markup';
import { markup } from './markup';
import { formatFixed } from '../../shared/plot/numberFormat';
import { sizeOf } from '../arrays';
import type { RunRecord } from '../record';
import type { RunView } from './runView';

const settingNames: Readonly<Record<string, string>> = {
  objective: 'Objective',
  beta: 'β, weight of the data in the bridged density',
  mixing: 'Mixing density from',
  mixingWidth: 'Width of a chosen mixing density (0: fitted)',
  steps: 'Steps asked for',
  batch: 'Batch',
  learningRate: 'Learning rate',
  schedule: 'Schedule',
  weightDecay: 'Weight decay',
  clip: 'Largest gradient norm (0: no clipping)',
  ema: 'Averaging of parameters',
  sigma: 'Noise of denoising, or at the start (0: chosen)',
  directions: 'Random directions',
  standardize: 'Data standardised',
  samples: 'Rows drawn from a sampler',
};

function rowsOf(record: RunRecord): (readonly [string, string])[] {
  const parameters = record.params.reduce((sum, param) => sum + sizeOf(param.shape), 0);
  const rows = record.data.rows === null ? '' : `, ${formatFixed(record.data.rows, 0)} rows`;
  const settings = Object.entries(record.settings).map(
    ([key, value]) =>
      [settingNames[key] ?? key, typeof value === 'number' && Number.isInteger(value) ? formatFixed(value, 0) : String(value)] as const,
  );
  return [
    ['Energy', record.energy],
    ['File', record.file],
    ['Dimensions', String(record.dim)],
    ['Parameters', formatFixed(parameters, 0)],
    ['Data', record.data.description + rows],
    ['Density of the data', record.data.known ? 'known' : 'unknown'],
    ['Mixing density', record.mixing?.description ?? 'none'],
    ...settings,
    ['Seed', String(record.seed)],
    ['Executor', record.executor],
    ['Device', record.executorDetail],
    ['Software', `Unblind ${record.unblind}, Node ${record.node}, ${record.platform}`],
    ['Begun', record.createdAt],
    ['Run', record.id],
  ];
}

/** All that was asked of one run, name by name. */
export function settingsOfOne(rows: readonly (readonly [string, string])[]): Markup {
  const cells = rows.map(([name, value]) => markup`<tr><th scope="row">${name}</th><td>${value}</td></tr>`);
  return markup`<section><h2>Settings</h2><div class="scroll"><table class="settings"><tbody>${cells}</tbody></table></div></section>`;
}

/** All that was asked, one column for each run; rows in which runs differ are marked. */
export function settingsTable(views: readonly RunView[]): Markup {
  const columns = views.map((view) => rowsOf(view.run.record));
  const rows = (columns[0] ?? []).map(([name], index) => {
    const values = columns.map((column) => column[index]?.[1] ?? '');
    const differs = new Set(values).size > 1;
    return markup`<tr class="${differs ? 'differs' : ''}"><th scope="row">${name}</th>${values.map((value) => markup`<td>${value}</td>`)}</tr>`;
  });
  const head =
    views.length === 1
      ? null
      : markup`<thead><tr><th scope="col">Setting</th>${views.map((view) => markup`<th scope="col">${view.label}</th>`)}</tr></thead>`;
  const note = views.length === 1 ? null : markup`<p class="note">Rows in which the runs differ are bold.</p>`;
  return markup`<section><h2>Settings</h2>${note}<div class="scroll"><table class="settings">${head}<tbody>${rows}</tbody></table></div></section>`;
}
