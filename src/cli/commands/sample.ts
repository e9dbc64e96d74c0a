import { resolve } from 'node:path';
import { FitControl } from '../../engine/fit/control';
import type { Guide } from '../../engine/sample/guidedTarget';
import { executorIds } from '../../executors/executor';
import { samplerNamed, samplers } from '../../samplers/samplers';
import { oneOf, parseArguments, type ParsedArguments, wholeNumber } from '../arguments';
import type { Command } from '../command';
import { chooseEnergy } from '../energies';
import { stopOnInterrupt } from '../interrupts';
import { ProgressBar } from '../progressBar';
import { samplerHelp, samplerOptions } from '../sampleOptions';
import { liveText, sampleText } from '../sampleText';
import { printNotice, printResult } from '../terminal';
import { UsageError } from '../usage';

const help = `unblind sample FILE [options]
unblind sample --basin-grid [--particles N] [--steps N] [--seed N] [--out DIR] [--json]

Draws particles of an energy's density, says how far they can be trusted, and keeps them in a run directory.

  --energy NAME        which energy of the file (needed only where it has several)
  --run DIR            the fit whose corrected density is sampled (default: the energy's newest finished fit;
                       an energy without parameters is sampled as it is)
  --sampler NAME       one of those below (default: parallel-tempering, and annealed-langevin for a score network)
  --particles N        how many (default 1000, or all that the start's file or run has)
  --steps N            steps, of samplers that have that option
  --set key=value      any option of the sampler
  --start WHERE        data, normal, uniform, a file of particles, or the directory of a sampler run, whose last particles
                       are taken (default normal)
  --guide NAME         steer the particles by a likelihood: exp(-E) of another energy of the file, which has no parameters
  --guidance W         its weight w in p(x) p(y|x)^w (default 1)
  --seed N             seed of everything random (default 0)
  --executor NAME      auto (the fastest by measurement), ${executorIds.join(', ')}
  --threads N          threads of CPU executors
  --out DIR            run directory (default: .unblind/runs/... of the project)
  --timeout SECONDS    time that loading the file may take (default 5)
  --json               one JSON object on stdout, nothing else
  --quiet              no progress
  --basin-grid         instead of a file: SVGD on two modes from 15 starts, which shows that it keeps to basins, not to weights

Samplers, with their options and defaults:
${samplerHelp(samplers)}

Exit status: 0 done, 1 particles diverged, 2 wrong use or bad input, 130 interrupted (the run directory is complete).`;

const options = {
  energy: { type: 'string' },
  run: { type: 'string' },
  sampler: { type: 'string' },
  particles: { type: 'string' },
  steps: { type: 'string' },
  set: { type: 'string', multiple: true },
  start: { type: 'string' },
  guide: { type: 'string' },
  guidance: { type: 'string' },
  seed: { type: 'string' },
  executor: { type: 'string' },
  threads: { type: 'string' },
  out: { type: 'string' },
  timeout: { type: 'string' },
  json: { type: 'boolean' },
  quiet: { type: 'boolean' },
  'basin-grid': { type: 'boolean' },
} as const;

const samplerNames = samplers.map(({ name }) => name);

/** The energy's name: what was said, else that of the run. */
async function energyName(parsed: ParsedArguments, run: string | undefined): Promise<string | undefined> {
  const said = parsed.text('energy');
  if (said !== undefined || run === undefined) return said;
  const { readRun } = await import('../../runs/runReader');
  return readRun(run).record.energy;
}

/** The energy that guides, with its weight; undefined where none was named. */
async function guideOf(parsed: ParsedArguments, file: string, seed: number): Promise<Guide | undefined> {
  const [energy, weight] = [parsed.text('guide'), parsed.text('guidance')];
  if (energy === undefined && weight !== undefined) throw new UsageError('--guidance is the weight of a likelihood: name it with --guide.');
  if (energy === undefined) return undefined;
  const value = weight === undefined ? 1 : Number(weight);
  if (!(value > 0 && value < Infinity)) throw new UsageError(`--guidance takes a number above 0, not "${weight ?? ''}".`);
  return { traced: await chooseEnergy(file, { energy, seed, timeoutMs: undefined }), weight: value };
}

async function run(args: readonly string[]): Promise<number> {
  const parsed = parseArguments('sample', args, options);
  if (parsed.flag('basin-grid')) return (await import('../basinGridCommand')).runBasinGrid(parsed);
  const [path, ...extra] = parsed.positionals;
  if (path === undefined || extra.length > 0)
    throw new UsageError(`unblind sample takes one energy file, not ${parsed.positionals.length}. See unblind sample --help.`);
  const samplerName = oneOf('--sampler', parsed.text('sampler'), samplerNames);
  const seed = wholeNumber('--seed', parsed.text('seed'), 0) ?? 0;
  const particles = wholeNumber('--particles', parsed.text('particles'), 1);
  const steps = wholeNumber('--steps', parsed.text('steps'), 1);
  const executor = oneOf('--executor', parsed.text('executor'), ['auto', ...executorIds]) ?? 'auto';
  const threads = wholeNumber('--threads', parsed.text('threads'), 1);
  const timeout = wholeNumber('--timeout', parsed.text('timeout'), 1);
  const file = resolve(path);
  const runOption = parsed.text('run');
  const runDirectory = runOption === undefined ? undefined : resolve(runOption);
  const traced = await chooseEnergy(file, {
    energy: await energyName(parsed, runDirectory),
    seed,
    timeoutMs: timeout === undefined ? undefined : 1000 * timeout,
  });
  const guide = await guideOf(parsed, file, seed);
  const sampler = samplerNamed(samplerName ?? (traced.network === 'score' ? 'annealed-langevin' : 'parallel-tempering'));
  const given = samplerOptions(sampler, parsed.texts('set'), steps);
  const { sampleEnergy } = await import('../../engine/sample/sampleEnergy');
  const out = parsed.text('out');
  const start = parsed.text('start');
  const bar = parsed.flag('quiet') ? undefined : new ProgressBar(`${traced.name} ${sampler.name}`);
  const control = new FitControl();
  const interrupts = stopOnInterrupt(control);
  try {
    const finished = await sampleEnergy(traced, {
      file,
      seed,
      sampler: sampler.name,
      options: given,
      executor,
      directory: process.cwd(),
      ...(runDirectory !== undefined && { run: runDirectory }),
      ...(particles !== undefined && { particles }),
      ...(start !== undefined && { start }),
      ...(guide && { guide }),
      ...(out !== undefined && { runDirectory: resolve(out) }),
      ...(threads !== undefined && { threads }),
      hooks: {
        control,
        onDirectory: interrupts.begun,
        ...(bar && {
          onProgress: (progress) => {
            bar.update(progress, liveText(progress.figures));
          },
        }),
      },
    });
    bar?.end();
    const { problem, result, interrupted } = finished;
    printResult(parsed.flag('json') ? JSON.stringify(result) : sampleText(problem, finished));
    if (!interrupted) return 0;
    printNotice(`unblind: interrupted after step ${result.steps}; the run directory is complete: ${result.runDir}`);
    return 130;
  } catch (error) {
    bar?.end();
    throw error;
  } finally {
    interrupts.dispose();
  }
}

export const sampleCommand: Command = { summary: 'draw particles of a density, and say how far they can be trusted', help, run };
