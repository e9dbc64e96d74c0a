import type { Candidate } from '../executors/choiceMemory';
import type { FitProblem } from '../engine/fit/problem';
import { objectives } from '../objectives/objectives';
import type { RunResult } from '../runs/record';
import { alignTable, bold, dim, figure, yellow } from './terminal';

function withError(value: number | null, stdErr: number | null): string {
  if (value === null) return '-';
  return stdErr !== null && stdErr > 1e-4 * Math.abs(value) ? `${figure(value, 4)} +- ${figure(stdErr, 1)}` : figure(value, 4);
}

/** At most six coordinates of a centre. */
function centreText(center: readonly number[]): string {
  const shown = center.slice(0, 6).map((c) => figure(c));
  return `(${shown.join(', ')}${center.length > shown.length ? ', ...' : ''})`;
}

function modeTable({ modes }: RunResult): string {
  const rows = modes.map(({ label, center, weight, weightStdErr, dataWeight }) => [
    `  ${label}`,
    centreText(center),
    weight.toFixed(3),
    weightStdErr >= 5e-4 ? `+-${weightStdErr.toFixed(3)}` : '',
    dataWeight.toFixed(3),
    `${weight >= dataWeight ? '+' : ''}${(weight - dataWeight).toFixed(3)}`,
  ]);
  return alignTable([['  mode', 'centre', 'model', '', 'data', 'off by'], ...rows]);
}

/** What a finished fit says on a terminal. */
export function resultText(problem: FitProblem, result: RunResult, executorDetail: string, candidates: readonly Candidate[]): string {
  const lines = [
    bold(`${result.energy}: ${objectives[result.objective].title}`),
    `  ${result.steps} steps in ${result.seconds.toFixed(1)} s (${result.stepsPerSecond.toFixed(0)} steps/s), seed ${result.seed}, ${executorDetail}`,
  ];
  const measured = candidates.filter((c) => c.stepsPerSecond !== undefined);
  if (measured.length > 1)
    lines.push(dim(`  measured: ${measured.map((c) => `${c.name} ${c.stepsPerSecond!.toFixed(0)} steps/s`).join(', ')}`));
  lines.push(
    `  data: ${problem.source.description}${result.negativeMass === null ? '' : `; m = ${problem.mixing.description}, beta = ${problem.settings.beta}`}`,
  );
  lines.push('');
  const figures = [
    ['  KL(data || model)', withError(result.kl, result.klStdErr)],
    ['  log Z', withError(result.logZ, result.logZStdErr)],
  ];
  if (result.kl === null) figures[0]![1] = 'not known: the data have no density to compare with';
  if (result.negativeMass !== null) figures.push(['  negative mass', figure(result.negativeMass)]);
  if (result.scoreError) {
    const { data, dataStdErr, box } = result.scoreError;
    figures.push([
      '  score error',
      `${withError(data, dataStdErr)} over the data, ${figure(box, 4)} over the box (means of |s - s_data|^2)`,
    ]);
  }
  lines.push(...figures.map(([name, value]) => `${name!.padEnd(20)}  ${value!}`));
  if (result.modes.length > 0) lines.push('', modeTable(result));
  for (const note of result.notes) lines.push('', yellow(`  note: ${note}`));
  lines.push('', `  run: ${result.runDir}`, dim(`  unblind export ${result.runDir} --to html   makes the report`));
  return lines.join('\n');
}
