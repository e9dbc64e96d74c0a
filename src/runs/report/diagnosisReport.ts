import type { DiagnosisFigures, DiagnosisRecord, LineStatus, ReportLine, Verdict } from '../../shared/diagnosis';
import { formatNumber, formatSeconds } from '../../shared/plot/numberFormat';
import type { StoredDiagnosis } from '../diagnosisFiles';
import { curvesFigure, spectrumFigure } from './diagnosisCurves';
import { misfitFigure } from './diagnosisMisfit';
import { weightsFigure } from './diagnosisModes';
import { pairFigure } from './diagnosisPictures';
import type { Markup } from './markup';
import { markup } from './markup';
import { page } from './page';

const verdictClasses: Readonly<Record<Verdict, string>> = { blind: 'bad', sees: 'good', 'cannot tell': 'warn' };
const marks: Readonly<Record<LineStatus, string>> = { pass: ': ok', warn: ': warning', fail: ': fails', info: '', unknown: ': not known' };

/** A diagnosis as a self-contained page: verdict, lines, and what figures there are. */
export function diagnosisReport(record: DiagnosisRecord, { curves, pictures }: DiagnosisFigures): string {
  const { energy, subject, verdict, summary, next, lines, notes, visibility } = record;
  const figures: (readonly [string, string])[] = [
    ...(visibility
      ? ([
          ['Visibility, Fisher', formatNumber(visibility.fisher, 2)],
          ['Visibility, MFD', formatNumber(visibility.mfd, 2)],
        ] as const)
      : []),
    ['Modes', String(record.modes.length)],
    ...(record.ksd ? [['KSD p-value', formatNumber(record.ksd.pValue, 2)] as const] : []),
    ...(record.perturbedKsd ? [['Perturbed KSD p-value', formatNumber(record.perturbedKsd.pValue, 2)] as const] : []),
    ...(record.fssd ? [['FSSD p-value', formatNumber(record.fssd.pValue, 2)] as const] : []),
    ...(record.tempering ? [['Tempering p-value', formatNumber(record.tempering.pValue, 2)] as const] : []),
    ...(record.logZ ? [['log Z', `${formatNumber(record.logZ.lower, 4)} to ${formatNumber(record.logZ.upper, 4)}`] as const] : []),
    ['Seed', String(record.seed)],
    ['Executor', record.executor],
    ['Time', formatSeconds(record.seconds)],
  ];
  const body = markup`<header>
<p class="overline">Unblind · diagnosis · ${subject}</p>
<h1>${energy}</h1>
<p class="verdict ${verdictClasses[verdict]}">${summary}</p>
${next === '' ? null : markup`<p>${next}</p>`}
</header>
<dl class="figures">${figures.map(([name, value]) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
${notes.length === 0 ? null : markup`<ul class="notes">${notes.map((note) => markup`<li>${note}</li>`)}</ul>`}
${linesTable(lines)}
<div class="figure-list">${diagnosisFigures(record, { curves, pictures })}</div>
<footer>Visibility is the change of a divergence over the change of KL when the weights of the modes are tilted. ${record.file}, Unblind ${record.unblind}.</footer>`;
  return page(`${energy}: ${verdict}`, body);
}

function diagnosisFigures(record: DiagnosisRecord, { curves, pictures }: DiagnosisFigures): (Markup | null)[] {
  return [
    weightsFigure(record),
    record.fssd && misfitFigure(record.fssd, pictures),
    curves && curvesFigure(curves),
    record.spectrum && spectrumFigure(record.spectrum),
    pictures && pairFigure(pictures),
  ];
}

/** A diagnosis as a part of its run's report; figures are numbered on from those before it. */
export function blindnessSection({ record, figures }: StoredDiagnosis): Markup {
  const { verdict, summary, next, lines, notes } = record;
  return markup`<section class="continued"><h2>Blindness</h2>
<p class="verdict ${verdictClasses[verdict]}">${summary}</p>
${next === '' ? null : markup`<p>${next}</p>`}
${notes.length === 0 ? null : markup`<ul class="notes">${notes.map((note) => markup`<li>${note}</li>`)}</ul>`}
${linesTable(lines)}
<div>${diagnosisFigures(record, figures)}</div></section>`;
}

function linesTable(lines: readonly ReportLine[]): Markup {
  const rows = lines.map(
    ({ title, status, why, todo }) =>
      markup`<tr><th scope="row">${title}${marks[status]}</th><td>${why}${todo === '' ? null : markup` <b>${todo}</b>`}</td></tr>`,
  );
  return markup`<div class="scroll"><table class="settings"><thead><tr><th scope="col">What</th><th scope="col">Why, and what to do</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}
