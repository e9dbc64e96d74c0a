/** A process that does one fit for `resume.test.ts`, which bundles it: it fits or resumes as it is told on its command line, and may kill itself. */

import { FitControl } from '../../../src/engine/fit/control';
import { fitEnergy } from '../../../src/engine/fit/fitEnergy';
import type { FitHooks } from '../../../src/engine/fit/hooks';
import { resumableRun, resumeFit } from '../../../src/engine/fit/resumeFit';
import { loadEnergyFile } from '../../../src/energy/load';
import { sandboxPathsIn } from '../../../src/energy/sandbox/paths';
import type { ExecutorId } from '../../../src/executors/executor';
import type { FitSettings } from '../../../src/shared/settings';

export interface ChildTask {
  readonly file: string;
  readonly directory: string;
  readonly resume: boolean;
  readonly executor: ExecutorId;
  readonly overrides: Partial<FitSettings>;
  /** Folder of the built sandbox. */
  readonly dist: string;
  /** Pauses after this step, which writes a checkpoint, and dies after the next chunk; undefined never does. */
  readonly death: number | undefined;
}

/** Says when training runs, and dies where it is told to. */
function hooksOf({ death }: ChildTask): FitHooks {
  const control = new FitControl();
  let [said, dying] = [false, false];
  if (death !== undefined) {
    control.pause();
    control.step(death);
  }
  return {
    control,
    onProgress: () => {
      if (!said) process.stdout.write('training\n');
      said = true;
      if (dying) process.kill(process.pid, 'SIGKILL');
    },
    onPaused: () => {
      dying = true;
      control.resume();
    },
  };
}

async function main(): Promise<void> {
  const task = JSON.parse(process.argv[2] ?? '') as ChildTask;
  const { file, directory, executor, overrides, dist } = task;
  const load = async (energy: string, seed: number) =>
    (await loadEnergyFile(file, { energy, seed, paths: sandboxPathsIn(dist) })).energies[0]!;
  // The shortest interval: a checkpoint whenever the last one's cost allows it.
  const options = { executor, checkpointMs: 0, hooks: hooksOf(task) };
  if (task.resume) {
    const run = resumableRun(directory);
    await resumeFit(await load(run.record.energy, run.record.seed), run, options);
  } else await fitEnergy(await load('one', 4), { ...options, file, seed: 4, overrides, directory });
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`, () => process.exit(1));
  },
);
