import type { Run } from '../runReader';
import { evolutionFigure } from './evolutionFigure';
import { keyFigures } from './keyFigures';
import type { Markup } from './markup';
import { markup } from './markup';
import { modeFigure } from './modeFigure';
import { page } from './page';
import { footer, modelFigures, notes } from './runReport';
import type { RunView } from './runView';
import { viewRuns } from './runView';
import { settingsTable } from './settingsTable';
import { trainingFigure } from './trainingFigure';
import { verdictOf } from './verdict';

/** Runs side by side as a self-contained page. Throws RunError where a snapshot or the data are damaged. */
export function comparisonReport(runs: readonly Run[]): string {
  const views = viewRuns(runs);
  const energies = [...new Set(runs.map((run) => run.record.energy))];
  const seeds = [...new Set(runs.map((run) => run.record.seed))];
  const seedNote = seeds.length === 1 ? `, seed ${String(seeds[0])}` : '';
  const body = markup`<header>
<p class="overline">Unblind · ${String(runs.length)} runs side by side${seedNote}</p>
<h1>${energies.join(', ')}</h1>
<div class="verdicts">${views.map(verdictColumn)}</div>
</header>
${figuresTable(views)}
${notes(views)}
<div class="figure-list">${modelFigures(views)}${modeFigure(views)}${trainingFigure(views)}${evolutionFigure(views)}</div>
${settingsTable(views)}
${footer}`;
  return page(`${energies.join(', ')}: ${views.map((view) => view.label).join(' beside ')}`, body);
}

function verdictColumn(view: RunView): Markup {
  const verdict = verdictOf(view.run);
  return markup`<div><h2 class="${view.className}"><span class="swatch" aria-hidden="true"></span>${view.label}</h2><p class="verdict ${verdict.status}">${capitalised(verdict.text)}</p></div>`;
}

function figuresTable(views: readonly RunView[]): Markup {
  const columns = views.map((view) => keyFigures(view.run));
  const rows = (columns[0] ?? [])
    .map(({ name }, index) => ({ name, values: columns.map((column) => column[index]?.value ?? null) }))
    .filter(({ values }) => values.some((value) => value !== null));
  const head = views.map(
    (view) => markup`<th scope="col" class="${view.className}"><span class="swatch" aria-hidden="true"></span>${view.label}</th>`,
  );
  return markup`<div class="scroll"><table class="comparison"><thead><tr><th scope="col">Figure</th>${head}</tr></thead><tbody>${rows.map(
    ({ name, values }) => markup`<tr><th scope="row">${name}</th>${values.map((value) => markup`<td>${value ?? '–'}</td>`)}</tr>`,
  )}</tbody></table></div>`;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
