import { resolve } from 'node:path';
import type { TracedEnergy } from '../../energy/traced';
import type { CheckLine, CheckStatus } from '../../engine/check/checkEnergy';
import { parseArguments, wholeNumber } from '../arguments';
import type { Command } from '../command';
import { loadEnergies } from '../energies';
import { bold, green, printResult, red, yellow } from '../terminal';
import { UsageError } from '../usage';

const help = `unblind check FILE [options]

Loads and traces the energies of a file and checks them without fitting: shapes, independence of rows, primitives, data,
and score, Laplacian and loss gradient against finite differences in float64.

  --energy NAME        only this energy
  --seed N             seed of the initial parameters (default 0)
  --timeout SECONDS    time that loading the file may take (default 5)
  --json               one JSON object on stdout

Exit status: 0 nothing failed, 1 a check failed, 2 wrong use or bad input.`;

interface EnergyReport {
  readonly energy: string;
  readonly lines: readonly CheckLine[];
}

async function report(traced: TracedEnergy, file: string, seed: number): Promise<EnergyReport> {
  const { checkTraced } = await import('../../engine/check/checkTraced');
  return { energy: traced.name, lines: await checkTraced(traced, file, seed) };
}

const marks: Readonly<Record<CheckStatus, string>> = { pass: green('ok  '), warn: yellow('warn'), fail: red('FAIL') };

async function run(args: readonly string[]): Promise<number> {
  const parsed = parseArguments('check', args, {
    energy: { type: 'string' },
    seed: { type: 'string' },
    timeout: { type: 'string' },
    json: { type: 'boolean' },
  });
  const [path, ...extra] = parsed.positionals;
  if (path === undefined || extra.length > 0)
    throw new UsageError(`unblind check takes one energy file, not ${parsed.positionals.length}. See unblind check --help.`);
  const file = resolve(path);
  const seed = wholeNumber('--seed', parsed.text('seed'), 0) ?? 0;
  const timeout = wholeNumber('--timeout', parsed.text('timeout'), 1);
  const started = performance.now();
  const energies = await loadEnergies(file, {
    energy: parsed.text('energy'),
    seed,
    timeoutMs: timeout === undefined ? undefined : 1000 * timeout,
  });
  const loadMilliseconds = Math.round(performance.now() - started);
  const reports: EnergyReport[] = [];
  for (const traced of energies) reports.push(await report(traced, file, seed));
  const failed = reports.some(({ lines }) => lines.some(({ status }) => status === 'fail'));
  if (parsed.flag('json')) printResult(JSON.stringify({ file, ok: !failed, loadMilliseconds, energies: reports }));
  else
    for (const { energy, lines } of reports)
      printResult([bold(energy), ...lines.map(({ name, status, text }) => `  ${marks[status]}  ${name.padEnd(13)}  ${text}`)].join('\n'));
  return failed ? 1 : 0;
}

export const checkCommand: Command = { summary: 'trace an energy file and check shapes, data and derivatives', help, run };
