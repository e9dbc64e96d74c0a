import type { EndEvent } from '../record';
import type { SampleRun } from '../runReader';
import { formatFixed } from '../../shared/plot/numberFormat';
import type { Markup } from './markup';
import { markup } from './markup';
import { page } from './page';
import { notes, shortDate } from './runReport';
import { particlesFigure } from './particlesFigure';
import { sampleFigures } from './sampleFigures';
import { sampleKeyFigures } from './sampleKeyFigures';
import { sampleModeFigure } from './sampleModeFigure';
import { sampleSettings } from './sampleSettings';
import { viewSampleRun } from './sampleView';
import type { Verdict } from './verdict';

/** The report of a sampler run as a self-contained page. Throws RunError where a part of the run is damaged or missing. */
export function sampleReport(run: SampleRun): string {
  const view = viewSampleRun(run);
  const { record, result } = run;
  const verdict = verdictOf(run);
  const figures = result ? sampleKeyFigures(result, record.seed) : [];
  const body = markup`<header>
<p class="overline">Unblind · particles of a sampler · ${shortDate(record.createdAt)}</p>
<h1>${record.energy}</h1>
<p class="verdict ${verdict.status}"><b>${view.label}:</b> ${verdict.text}</p>
</header>
<dl class="figures">${figures.map(([name, value]) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
${warnings(run)}
${notes([{ run, label: view.label }])}
<div class="figure-list">${particlesFigure(view)}${result && sampleModeFigure(result)}${sampleFigures(run)}</div>
${sampleSettings(record)}
<footer>Weights are shares with one standard error, that of the particles as if they were independent.</footer>`;
  return page(`${record.energy}, ${view.label}`, body);
}

function verdictOf({ result, events }: SampleRun): Verdict {
  const end = events.findLast((event): event is EndEvent => event.type === 'end');
  if (end?.status === 'failed') return { status: 'bad', text: `the run failed: ${end.reason ?? 'no reason was given'}` };
  if (!result) return { status: 'warn', text: 'the run has not been measured; these are its last particles.' };
  const steps = `${formatFixed(result.particles, 0)} particles, ${formatFixed(result.steps, 0)} steps`;
  const stopped = end?.status === 'interrupted' ? ', stopped early' : '';
  const count = result.warnings.length;
  if (count === 0) return { status: stopped === '' ? 'good' : 'warn', text: `${steps}${stopped}; nothing speaks against them.` };
  return { status: 'bad', text: `${steps}${stopped}; ${count === 1 ? 'one thing speaks' : `${count} things speak`} against them.` };
}

/** What is wrong, one sentence each with the cure. */
function warnings({ result }: SampleRun): Markup | null {
  if (!result || result.warnings.length === 0) return null;
  return markup`<ul class="notes warnings">${result.warnings.map((text) => markup`<li>${text.charAt(0).toUpperCase() + text.slice(1)}</li>`)}</ul>`;
}
