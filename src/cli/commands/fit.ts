import { resolve } from 'node:path';
import { FitControl } from '../../engine/fit/control';
import { executorIds } from '../../executors/executor';
import { objectiveNames } from '../../shared/settings';
import { oneOf, parseArguments, wholeNumber } from '../arguments';
import type { Command } from '../command';
import { chooseEnergy } from '../energies';
import { stopOnInterrupt } from '../interrupts';
import { ProgressBar } from '../progressBar';
import { resultText } from '../resultText';
import { settingOverrides } from '../settings';
import { figure, printNotice, printResult } from '../terminal';
import { UsageError } from '../usage';

const help = `unblind fit FILE [options]

Fits an energy of an energy file to its data, corrects and measures the density, and keeps everything in a run directory.

  --energy NAME        which energy of the file (needed only where it has several)
  --objective NAME     ${objectiveNames.join(', ')}
  --seed N             seed of the initial parameters and of everything random (default 0)
  --steps N            optimiser steps
  --set key=value      any setting of the energy's fit: beta, batch, learningRate, schedule, weightDecay, clip, ema, ...
  --executor NAME      auto (the fastest by measurement), ${executorIds.join(', ')}
  --threads N          threads of CPU executors
  --out DIR            run directory (default: .unblind/runs/... of the project)
  --timeout SECONDS    time that loading the file may take (default 5)
  --json               one JSON object on stdout, nothing else
  --quiet              no progress

Exit status: 0 done, 1 the run failed, 2 wrong use or bad input, 130 interrupted (the run directory is complete).`;

const options = {
  energy: { type: 'string' },
  objective: { type: 'string' },
  seed: { type: 'string' },
  steps: { type: 'string' },
  set: { type: 'string', multiple: true },
  executor: { type: 'string' },
  threads: { type: 'string' },
  out: { type: 'string' },
  timeout: { type: 'string' },
  json: { type: 'boolean' },
  quiet: { type: 'boolean' },
} as const;

async function run(args: readonly string[]): Promise<number> {
  const parsed = parseArguments('fit', args, options);
  const [path, ...extra] = parsed.positionals;
  if (path === undefined || extra.length > 0)
    throw new UsageError(`unblind fit takes one energy file, not ${parsed.positionals.length}. See unblind fit --help.`);
  const overrides = settingOverrides(parsed.texts('set'), {
    objective: oneOf('--objective', parsed.text('objective'), objectiveNames),
    steps: wholeNumber('--steps', parsed.text('steps'), 1),
  });
  const seed = wholeNumber('--seed', parsed.text('seed'), 0) ?? 0;
  const executorName = oneOf('--executor', parsed.text('executor'), ['auto', ...executorIds]) ?? 'auto';
  const threads = wholeNumber('--threads', parsed.text('threads'), 1);
  const timeout = wholeNumber('--timeout', parsed.text('timeout'), 1);
  const file = resolve(path);
  const traced = await chooseEnergy(file, {
    energy: parsed.text('energy'),
    seed,
    timeoutMs: timeout === undefined ? undefined : 1000 * timeout,
  });
  const [{ fitEnergy }, { settingsOf }] = await Promise.all([import('../../engine/fit/fitEnergy'), import('../../engine/fit/prepare')]);
  const { ChoiceFile } = await import('../../engine/choiceFile');
  const out = parsed.text('out');
  const { objective } = settingsOf(traced, overrides);
  const bar = parsed.flag('quiet') ? undefined : new ProgressBar(`${traced.name} ${objective}`);
  const control = new FitControl();
  const interrupts = stopOnInterrupt(control);
  try {
    const { problem, result, candidates, detail } = await fitEnergy(traced, {
      file,
      seed,
      overrides,
      executor: executorName,
      memory: new ChoiceFile(),
      ...(out !== undefined && { directory: resolve(out) }),
      ...(threads !== undefined && { threads }),
      hooks: {
        control,
        onDirectory: interrupts.begun,
        ...(bar && {
          onProgress: (progress) => {
            bar.update(progress, `loss ${figure(progress.loss, 4).padStart(8)}`);
          },
        }),
      },
    });
    bar?.end();
    if (parsed.flag('json')) printResult(JSON.stringify(result));
    else printResult(resultText(problem, result, detail, candidates));
    if (!control.stopped) return 0;
    printNotice(`unblind: interrupted after step ${result.steps}; the run directory is complete: ${result.runDir}`);
    return 130;
  } catch (error) {
    bar?.end();
    throw error;
  } finally {
    interrupts.dispose();
  }
}

export const fitCommand: Command = { summary: 'fit an energy to its data, correct and measure the density', help, run };
