/**
 * `npm run test:faults -- --count N --seed S`: runs that are killed, stopped, deleted and damaged, and disks that are full, at random moments.
 * The last line is `faults tried N, runs lost N, bytes lost N`. `--only I` repeats the fault of that number and tells what befell it.
 */

import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { root } from './lib/paths.mjs';
import { main, run } from './lib/run.mjs';

await main(async () => {
  const { values } = parseArgs({
    options: { count: { type: 'string', default: '200' }, seed: { type: 'string', default: '1' }, only: { type: 'string' } },
  });
  if (![values.count, values.seed, values.only ?? '0'].every((text) => /^\d{1,9}$/.test(text))) {
    console.error('usage: npm run test:faults -- --count N --seed S [--only I], with whole numbers');
    return 2;
  }
  const cache = join(root, '.cache');
  await mkdir(cache, { recursive: true });
  // Beside node_modules, where what is not bundled is found.
  const folder = await mkdtemp(join(cache, 'faults-'));
  try {
    const program = join(folder, 'main.cjs');
    const entry = join(root, 'test/unit/faults/main.ts');
    const external = ['esbuild'];
    await build({ entryPoints: [entry], outfile: program, bundle: true, platform: 'node', external, logLevel: 'error' });
    const parallel = String(Math.min(2, availableParallelism()));
    const which = values.only === undefined ? [] : [values.only];
    const { status } = await run(process.execPath, [program, values.seed, parallel, values.count, ...which]);
    return status;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
