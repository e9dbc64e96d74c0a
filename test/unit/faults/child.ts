/** A process that begins a fit, or goes on with one, as its command line says: the command line without the sandbox, whose answer it is given. */

import { readFileSync } from 'node:fs';
import { deserialize } from 'node:v8';
import { failureOf } from '../../../src/cli/errors';
import type { TracedEnergy } from '../../../src/energy/traced';
import { fitEnergy } from '../../../src/engine/fit/fitEnergy';
import { resumableRun, resumeFit } from '../../../src/engine/fit/resumeFit';
import type { ExecutorId } from '../../../src/executors/executor';

export interface ChildTask {
  /** The energy file, and the energy of it as `v8.serialize` writes it. */
  readonly file: string;
  readonly traced: string;
  readonly directory: string;
  readonly resume: boolean;
  readonly executor: ExecutorId;
  readonly seed: number;
  readonly checkpointMs: number | undefined;
}

async function main(): Promise<void> {
  const { file, traced: path, directory, resume, executor, seed, checkpointMs } = JSON.parse(process.argv[2] ?? '') as ChildTask;
  const traced = deserialize(readFileSync(path)) as TracedEnergy;
  const options = { executor, ...(checkpointMs !== undefined && { checkpointMs }) };
  if (resume) await resumeFit(traced, resumableRun(directory), { ...options, executor: 'auto' });
  else await fitEnergy(traced, { ...options, file, seed, overrides: {}, directory });
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    const { message, status } = failureOf(error);
    process.stderr.write(`unblind: ${message}\n`, () => process.exit(status));
  },
);
