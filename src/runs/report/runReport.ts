import { readDiagnosis } from '../diagnosisFiles';
import type { NoteEvent } from '../record';
import type { Run, SampleRun } from '../runReader';
import { blindnessSection } from './diagnosisReport';
import { evolutionFigure } from './evolutionFigure';
import { imageFigure } from './imageFigure';
import { keyFigures } from './keyFigures';
import { linearFigure } from './linearFigure';
import type { Content, Markup } from './markup';
import { markup } from './markup';
import { modeFigure } from './modeFigure';
import { page } from './page';
import { planarFigure } from './planarFigure';
import type { RunView } from './runView';
import { viewRun } from './runView';
import { scatterMatrix } from './scatterMatrix';
import { scoreErrorFigure } from './scoreErrorFigure';
import { settingsTable } from './settingsTable';
import { trainingFigure } from './trainingFigure';
import { verdictOf } from './verdict';

/** The report of one run as a self-contained page, with its diagnosis where it has one. Throws RunError where a part of the run is damaged. */
export function runReport(run: Run): string {
  const view = viewRun(run, 0);
  const { record } = run;
  const diagnosis = readDiagnosis(run.directory) ?? null;
  const verdict = verdictOf(run);
  const figures = keyFigures(run).filter(({ value }) => value !== null);
  const body = markup`<header>
<p class="overline">Unblind · fit of an energy-based model · ${shortDate(record.createdAt)}</p>
<h1>${record.energy}</h1>
<p class="verdict ${verdict.status}"><b>${view.label}:</b> ${verdict.text}</p>
</header>
<dl class="figures">${figures.map(({ name, value }) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
${notes([view])}
<div class="figure-list">${modelFigures([view])}${modeFigure([view])}${trainingFigure([view])}${evolutionFigure([view])}</div>
${diagnosis && blindnessSection(diagnosis)}
${settingsTable([view])}
${footer}`;
  return page(`${record.energy}, ${view.label}`, body);
}

/** The figures of the models themselves, as their dimension allows. */
export function modelFigures(views: readonly RunView[]): Content {
  const dimOne = views.filter((view) => view.run.record.dim === 1);
  const dimTwo = views.filter((view) => view.run.record.dim === 2);
  const rest = views.filter((view) => view.run.record.dim > 2);
  return [
    linearFigure(dimOne),
    planarFigure(dimTwo),
    scoreErrorFigure(dimTwo),
    rest.map((view) => (view.run.record.image === undefined ? scatterMatrix(view) : imageFigure(view))),
  ];
}

/** What the runs noted, and how much of them could not be read. Null where there is nothing to say. */
export function notes(views: readonly { readonly run: Run | SampleRun; readonly label: string }[]): Markup | null {
  const texts = views.flatMap((view) => {
    const { run } = view;
    const events = [...run.events]
      .filter((event): event is NoteEvent => event.type === 'note' && event.level !== 'info')
      .map((event) => event.text);
    const skipped = run.skippedLines === 0 ? [] : [`${run.skippedLines} lines of the event log could not be read.`];
    const unique = [...new Set([...(run.result?.notes ?? []), ...events, ...skipped])];
    return unique.slice(0, 20).map((text) => (views.length === 1 ? text : `${view.label}: ${text}`));
  });
  return texts.length === 0 ? null : markup`<ul class="notes">${texts.map((text) => markup`<li>${text}</li>`)}</ul>`;
}

/** The last line of every report. */
export const footer = markup`<footer>KL is of the data to the model, in nats. log Z, weights and KL are given with one standard error where it is known.</footer>`;

/** Day and minute of an ISO date, in UTC; a date that cannot be read stays as it is. */
export function shortDate(iso: string): string {
  const parts = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})/.exec(iso);
  return parts === null ? iso : `${parts[1] ?? ''} ${parts[2] ?? ''} UTC`;
}
