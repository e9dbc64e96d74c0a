import type { BlindnessReport } from './reportTypes';
import { percent, place } from './words';

const mostModes = 12;

/** The report for a terminal, line by line: verdict, modes, then what was found with what to do below it. */
export function reportText({ summary, modes, lines }: Pick<BlindnessReport, 'summary' | 'modes' | 'lines'>): string[] {
  const rows = modes.slice(0, mostModes).map((mode, k) => {
    const data = mode.dataWeight === undefined ? '' : `, ${percent(mode.dataWeight)} of the data`;
    const error = mode.stdErr >= 5e-4 ? ` +- ${percent(mode.stdErr)}` : '';
    const kind = mode.kind === 'found' ? '' : ` (${mode.kind})`;
    return `  mode ${k + 1} at ${place(mode.center)}: ${percent(mode.weight)}${error} of the mass${data}${kind}`;
  });
  const more = modes.length > mostModes ? [`  and ${modes.length - mostModes} more`] : [];
  const found = lines.flatMap(({ status, title, why, todo }) => [
    `${status.padEnd(8)}${title}: ${why}`,
    ...(todo ? [`${' '.repeat(8)}${todo}`] : []),
  ]);
  return [summary, ...(modes.length > 1 ? [...rows, ...more] : []), ...found];
}
