import { resolve } from 'node:path';
import { parseArguments, wholeNumber } from '../arguments';
import type { Command } from '../command';
import { comparisonText } from '../comparisonText';
import { StageLine } from '../stageLine';
import { printResult } from '../terminal';
import { UsageError } from '../usage';

const defaultPoints = 1000;
const mostPoints = 2000;

const help = `unblind compare RUN [RUN ...] [options]

Prints runs side by side: KL, and W2, MMD, energy distance and total variation between draws of the model and its data, each beside
its floor, which is what two independent exact samples of that size read; the largest error of a mode's weight, and the time.

  --points N     draws of each model, at most ${mostPoints} (default ${defaultPoints}); W2 takes time in proportion to the cube
  --seed N       seed of the draws (default 0)
  --html FILE    write the report with pictures, one file
  --json         one JSON object on stdout, nothing else
  --quiet        no progress

Exit status: 0 done, 2 wrong use or bad input.`;

async function run(args: readonly string[]): Promise<number> {
  const parsed = parseArguments('compare', args, {
    points: { type: 'string' },
    seed: { type: 'string' },
    html: { type: 'string' },
    json: { type: 'boolean' },
    quiet: { type: 'boolean' },
  });
  const points = wholeNumber('--points', parsed.text('points'), 10) ?? defaultPoints;
  if (points > mostPoints) throw new UsageError(`--points must be at most ${mostPoints}, not ${points}.`);
  const seed = wholeNumber('--seed', parsed.text('seed'), 0) ?? 0;
  if (parsed.positionals.length === 0) throw new UsageError('unblind compare needs a run directory. See unblind compare --help.');
  const [{ readRun }, { compareRuns }] = await Promise.all([import('../../runs/runReader'), import('../../engine/compare/compareRuns')]);
  const runs = parsed.positionals.map((directory) => readRun(resolve(directory)));
  const line = parsed.flag('quiet') ? undefined : new StageLine('compare');
  const comparison = await compareRuns(runs, {
    points,
    seed,
    ...(line && {
      onStage: (stage) => {
        line.show(stage);
      },
    }),
  }).finally(() => line?.end());
  const html = parsed.text('html');
  const written = html === undefined ? [] : await (await import('../../runs/export/html')).compareReport(runs, resolve(html));
  if (parsed.flag('json')) printResult(JSON.stringify({ ...comparison, html: written[0] ?? null }));
  else printResult([comparisonText(comparison), ...written.map((path) => `  written: ${path}`)].join('\n'));
  return 0;
}

export const compareCommand: Command = { summary: 'runs side by side, each distance beside its floor', help, run };
