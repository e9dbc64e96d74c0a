/**
 * `npm run bench`: measures the executors, beside PyTorch where it is there; `npm run bench -- --help` lists the options.
 * `npm run bench:samplers`: measures samplers and tests.
 */

import { join } from 'node:path';
import { bundlePrograms } from './lib/bundlePrograms.mjs';
import { root } from './lib/paths.mjs';
import { main, run } from './lib/run.mjs';
import { setup } from './setup.mjs';

const outdir = join(root, '.cache/bench');

await main(async () => {
  await setup();
  await bundlePrograms(outdir, { main: 'bench/main.ts', worker: 'bench/worker.ts', samplers: 'bench/samplers/main.ts' });
  const [first, ...rest] = process.argv.slice(2);
  const [program, args] = first === 'samplers' ? ['samplers.cjs', rest] : ['main.cjs', process.argv.slice(2)];
  const { status } = await run(process.execPath, [join(outdir, program), ...args]);
  return status;
});
