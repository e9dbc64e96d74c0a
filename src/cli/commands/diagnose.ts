import { resolve } from 'node:path';
import { executorIds } from '../../executors/executor';
import type { DiagnosisFigures, DiagnosisRecord } from '../../shared/diagnosis';
import { numberBetween, oneOf, parseArguments, wholeNumber } from '../arguments';
import type { Command } from '../command';
import { diagnosisText } from '../diagnosisText';
import { chooseEnergy } from '../energies';
import { samplesFile } from '../samplesFile';
import { StageLine } from '../stageLine';
import { printResult } from '../terminal';
import { UsageError } from '../usage';

const help = `unblind diagnose FILE [options]

Says whether score-based objectives are blind to how a density shares its mass between modes, and what to do about it: modes and
weights, visibility of the Fisher and of the mixture Fisher divergence, the noise from which on weights show, particles per basin,
Stein tests, where samples misfit, tempering, the normaliser. The density is an energy's own; of an energy with parameters it is that
of its latest finished run, corrected, or before any fit that of its data.

  --energy NAME        which energy of the file (needed only where it has several)
  --run DIR            diagnose the density that this run fitted; the run keeps its diagnosis and shows it in its html report,
                       and so does the latest run where none is named (not with --samples, which are no part of a run)
  --samples FILE       samples in place of the energy's data (.csv, .tsv, .npy, .npz, .parquet, .json)
  --columns A,B        which columns of that file (default: all)
  --beta B             weight of the data in the bridged density, between 0 and 1 (default: the fit's, or as advised)
  --seed N             seed of everything random (default 0)
  --executor NAME      auto (the first that works), ${executorIds.join(', ')}
  --out DIR            keep diagnosis.json and diagnosis.html there
  --timeout SECONDS    time that loading the file may take (default 5)
  --json               one JSON object on stdout, nothing else
  --quiet              no progress

Exit status: 0 done, whatever the verdict; 2 wrong use or bad input; 130 interrupted.`;

async function run(args: readonly string[]): Promise<number> {
  const parsed = parseArguments('diagnose', args, {
    energy: { type: 'string' },
    run: { type: 'string' },
    samples: { type: 'string' },
    columns: { type: 'string' },
    beta: { type: 'string' },
    seed: { type: 'string' },
    executor: { type: 'string' },
    out: { type: 'string' },
    timeout: { type: 'string' },
    json: { type: 'boolean' },
    quiet: { type: 'boolean' },
  });
  const [path, ...extra] = parsed.positionals;
  if (path === undefined || extra.length > 0)
    throw new UsageError(`unblind diagnose takes one energy file, not ${parsed.positionals.length}. See unblind diagnose --help.`);
  const [directory, samples, out] = [parsed.text('run'), parsed.text('samples'), parsed.text('out')];
  const beta = numberBetween('--beta', parsed.text('beta'), 0, 1);
  const seed = wholeNumber('--seed', parsed.text('seed'), 0) ?? 0;
  const executor = oneOf('--executor', parsed.text('executor'), ['auto', ...executorIds]) ?? 'auto';
  const timeout = wholeNumber('--timeout', parsed.text('timeout'), 1);
  const samplesSpec = samples === undefined ? undefined : samplesFile(samples, parsed.text('columns'));
  const file = resolve(path);
  const timeoutMs = timeout === undefined ? undefined : 1000 * timeout;
  // Nothing is written before the end, so that an interrupt leaves nothing behind.
  const interrupt = (): void => process.exit(130);
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  const energy = parsed.text('energy') ?? (directory === undefined ? undefined : await energyOfRun(directory));
  const traced = await chooseEnergy(file, { energy, seed, timeoutMs });
  const { diagnose } = await import('../../engine/diagnose/diagnose');
  const line = parsed.flag('quiet') ? undefined : new StageLine(traced.name);
  const { record: found, figures } = await diagnose(traced, {
    file,
    seed,
    executor,
    figures: out !== undefined || samplesSpec === undefined,
    ...(directory !== undefined && { run: directory }),
    ...(samplesSpec && { samples: samplesSpec }),
    ...(beta !== undefined && { beta }),
    hooks: {
      ...(line && {
        onStage: (stage) => {
          line.show(stage);
        },
      }),
    },
  }).finally(() => line?.end());
  const record = samplesSpec || !figures ? found : (await import('../../engine/diagnose/keepDiagnosis')).keepDiagnosis(found, figures);
  const written = out === undefined || !figures ? [] : await keep(resolve(out), record, figures);
  if (parsed.flag('json')) printResult(JSON.stringify(record));
  else printResult([diagnosisText(record), ...written.map((one) => `  written: ${one}`)].join('\n'));
  return 0;
}

async function energyOfRun(directory: string): Promise<string> {
  return (await import('../../runs/runReader')).readRun(resolve(directory)).record.energy;
}

async function keep(directory: string, record: DiagnosisRecord, figures: DiagnosisFigures): Promise<string[]> {
  return (await import('../../runs/export/diagnosis')).keepDiagnosis(directory, record, figures);
}

export const diagnoseCommand: Command = { summary: 'what objectives see of the weights of modes, and what to do', help, run };
