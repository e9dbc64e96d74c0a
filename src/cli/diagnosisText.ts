import { reportText } from '../diagnose/report/reportText';
import type { DiagnosisRecord, LineStatus, Verdict } from '../shared/diagnosis';
import { bold, dim, green, red, yellow } from './terminal';

const marks: Readonly<Record<LineStatus, string>> = {
  pass: green('ok  '),
  warn: yellow('warn'),
  fail: red('FAIL'),
  info: '    ',
  unknown: yellow('?   '),
};

const paints: Readonly<Record<Verdict, (text: string) => string>> = { blind: red, sees: green, 'cannot tell': yellow };

/** What a diagnosis says on a terminal: the verdict, the modes, a line for each thing that was measured, and what to do next. */
export function diagnosisText(record: DiagnosisRecord): string {
  const { energy, subject, verdict, summary, modes, lines, notes, next, seconds, executor, seed } = record;
  const [, ...found] = reportText({ summary, lines, modes: modes.map((mode) => ({ ...mode, ...dataOf(mode) })) });
  const marked = found.map((line) => line.replace(/^(pass|warn|fail|info|unknown) +/, (_, status: LineStatus) => `  ${marks[status]}  `));
  return [
    bold(`${energy}: ${subject}`),
    paints[verdict](summary),
    ...marked,
    ...notes.map((note) => dim(`  note: ${note}`)),
    next === '' ? 'Nothing needs doing.' : `${bold('Next:')} ${next}`,
    dim(`  ${seconds.toFixed(1)} s, seed ${seed}, ${executor}`),
  ].join('\n');
}

function dataOf(mode: DiagnosisRecord['modes'][number]): { dataWeight: number | undefined; dataStdErr: number | undefined } {
  return { dataWeight: mode.dataWeight ?? undefined, dataStdErr: mode.dataStdErr ?? undefined };
}
