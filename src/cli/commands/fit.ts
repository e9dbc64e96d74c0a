import { resolve } from 'node:path';
import type { ExecutorChoice } from '../../executors/choose';
import type { ChoiceMemory } from '../../executors/choiceMemory';
import { executorIds } from '../../executors/executor';
import { objectiveNames } from '../../shared/settings';
import { oneOf, parseArguments, type ParsedArguments, wholeNumber } from '../arguments';
import type { Command } from '../command';
import { chooseEnergy } from '../energies';
import { type FitView, followFit } from '../followFit';
import { settingOverrides } from '../settings';
import { printNotice } from '../terminal';
import { UsageError } from '../usage';

const help = `unblind fit FILE [options]
unblind fit --resume DIR [--executor NAME] [--threads N] [--timeout SECONDS] [--json] [--quiet]

Fits an energy of an energy file to its data, corrects and measures the density, and keeps everything in a run directory.

  --energy NAME        which energy of the file (needed only where it has several)
  --objective NAME     ${objectiveNames.join(', ')}
  --seed N             seed of the initial parameters and of everything random (default 0)
  --steps N            optimiser steps
  --set key=value      any setting of the energy's fit: beta, batch, learningRate, schedule, weightDecay, clip, ema, ...
  --executor NAME      auto (the fastest by measurement), ${executorIds.join(', ')}
  --threads N          threads of CPU executors
  --out DIR            run directory (default: .unblind/runs/... of the project)
  --resume DIR         go on with a run that was cut off, interrupted or failed, in its directory, to the result of an undisturbed one
  --timeout SECONDS    time that loading the file may take (default 5)
  --json               one JSON object on stdout, nothing else
  --quiet              no progress

Exit status: 0 done, 1 the run failed, 2 wrong use or bad input, 130 interrupted (the run directory is complete and can be resumed).`;

const options = {
  energy: { type: 'string' },
  objective: { type: 'string' },
  seed: { type: 'string' },
  steps: { type: 'string' },
  set: { type: 'string', multiple: true },
  executor: { type: 'string' },
  threads: { type: 'string' },
  out: { type: 'string' },
  resume: { type: 'string' },
  timeout: { type: 'string' },
  json: { type: 'boolean' },
  quiet: { type: 'boolean' },
} as const;

/** What a run was started with cannot be said again when it is resumed. */
const saidBefore = ['energy', 'objective', 'seed', 'steps', 'set', 'out'] as const;

/** Goes on with the run of a directory. */
async function resume(directory: string, parsed: ParsedArguments): Promise<number> {
  const again = saidBefore.filter((name) => parsed.text(name) !== undefined).map((name) => `--${name}`);
  if (parsed.positionals.length > 0) again.unshift('an energy file');
  if (again.length > 0)
    throw new UsageError(`--resume goes on with what the run was started with: leave out ${again.join(', ')}. See unblind fit --help.`);
  const { resumableRun, resumeFit } = await import('../../engine/fit/resumeFit');
  const run = resumableRun(resolve(directory));
  const { file, energy, seed, objective } = run.record;
  const traced = await chooseEnergy(file, { energy, seed, timeoutMs: timeoutOf(parsed) });
  return followFit(viewOf(`${energy} ${objective}`, parsed), async (hooks) => {
    const finished = await resumeFit(traced, run, { ...(await machineOptions(parsed)), hooks });
    for (const note of finished.notes.filter((text) => !finished.result.notes.includes(text))) printNotice(`unblind: ${note}`);
    return finished;
  });
}

function timeoutOf(parsed: ParsedArguments): number | undefined {
  const seconds = wholeNumber('--timeout', parsed.text('timeout'), 1);
  return seconds === undefined ? undefined : 1000 * seconds;
}

function viewOf(label: string, parsed: ParsedArguments): FitView {
  return { label, quiet: parsed.flag('quiet'), json: parsed.flag('json') };
}

/** What it runs on. */
async function machineOptions(parsed: ParsedArguments): Promise<{ executor: ExecutorChoice; threads?: number; memory: ChoiceMemory }> {
  const executor = oneOf('--executor', parsed.text('executor'), ['auto', ...executorIds]) ?? 'auto';
  const threads = wholeNumber('--threads', parsed.text('threads'), 1);
  const { ChoiceFile } = await import('../../engine/choiceFile');
  return { executor, ...(threads !== undefined && { threads }), memory: new ChoiceFile() };
}

async function run(args: readonly string[]): Promise<number> {
  const parsed = parseArguments('fit', args, options);
  const stopped = parsed.text('resume');
  if (stopped !== undefined) return resume(stopped, parsed);
  const [path, ...extra] = parsed.positionals;
  if (path === undefined || extra.length > 0)
    throw new UsageError(`unblind fit takes one energy file, not ${parsed.positionals.length}. See unblind fit --help.`);
  const overrides = settingOverrides(parsed.texts('set'), {
    objective: oneOf('--objective', parsed.text('objective'), objectiveNames),
    steps: wholeNumber('--steps', parsed.text('steps'), 1),
  });
  const seed = wholeNumber('--seed', parsed.text('seed'), 0) ?? 0;
  const machine = await machineOptions(parsed);
  const file = resolve(path);
  const traced = await chooseEnergy(file, { energy: parsed.text('energy'), seed, timeoutMs: timeoutOf(parsed) });
  const [{ fitEnergy }, { settingsOf }] = await Promise.all([import('../../engine/fit/fitEnergy'), import('../../engine/fit/prepare')]);
  const out = parsed.text('out');
  const { objective } = settingsOf(traced, overrides);
  return followFit(viewOf(`${traced.name} ${objective}`, parsed), (hooks) =>
    fitEnergy(traced, { ...machine, file, seed, overrides, hooks, ...(out !== undefined && { directory: resolve(out) }) }),
  );
}

export const fitCommand: Command = { summary: 'fit an energy to its data, correct and measure the density', help, run };
