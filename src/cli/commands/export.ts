import { join, resolve } from 'node:path';
import { oneOf, parseArguments } from '../arguments';
import type { Command } from '../command';
import { printResult } from '../terminal';
import { UsageError } from '../usage';

const formats = ['csv', 'npz', 'json', 'html'] as const;

const help = `unblind export RUN [RUN ...] --to csv|npz|json|html [--out PATH]

Writes a run in another format. html is one file with pictures; with several runs it shows them side by side.

  --to FORMAT    csv (loss, modes, density, data; of a sampler: particles, modes, figures), npz (all arrays),
                 json (record, result, events), html (the report of a fit or of particles)
  --out PATH     file to write, or a prefix for csv (default: inside the run directory)
  --json         the written paths as one JSON object`;

async function run(args: readonly string[]): Promise<number> {
  const parsed = parseArguments('export', args, { to: { type: 'string' }, out: { type: 'string' }, json: { type: 'boolean' } });
  const format = oneOf('--to', parsed.text('to'), formats);
  if (format === undefined) throw new UsageError(`unblind export needs --to ${formats.join('|')}.`);
  const [first, ...others] = parsed.positionals;
  if (first === undefined) throw new UsageError('unblind export needs a run directory. See unblind export --help.');
  if (others.length > 0 && format !== 'html') throw new UsageError(`several runs can be exported together to html only, not to ${format}.`);
  const [{ readRun }, { exportRun }, { compareReport }] = await Promise.all([
    import('../../runs/runReader'),
    import('../../runs/exports'),
    import('../../runs/export/html'),
  ]);
  const out =
    parsed.text('out') ?? join(resolve(first), format === 'csv' ? 'export' : others.length > 0 ? 'comparison.html' : `report.${format}`);
  const paths =
    others.length > 0
      ? await compareReport(
          parsed.positionals.map((directory) => readRun(resolve(directory))),
          resolve(out),
        )
      : await exportRun(resolve(first), format, resolve(out));
  printResult(parsed.flag('json') ? JSON.stringify({ paths }) : paths.join('\n'));
  return 0;
}

export const exportCommand: Command = { summary: 'write a run as csv, npz, json, or an html report', help, run };
