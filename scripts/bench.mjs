/**
 * `npm run bench`: measures the executors, beside PyTorch where it is there; `npm run bench -- --help` lists the options.
 * `npm run bench:samplers`: measures samplers and tests.
 */

import { join } from 'node:path';
import { root } from './lib/paths.mjs';
import { main, run } from './lib/run.mjs';
import { setup } from './setup.mjs';

const outdir = join(root, '.cache/bench');

/** The program and its worker, from the sources as they are. */
async function bundle() {
  // Loaded only now: the set-up installs esbuild.
  const esbuild = await import('esbuild');
  const { externalPackages } = await import('./lib/bundles.mjs');
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: [
      { in: 'bench/main.ts', out: 'main' },
      { in: 'bench/worker.ts', out: 'worker' },
      { in: 'bench/samplers/main.ts', out: 'samplers' },
    ],
    outdir,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    mainFields: ['module', 'main'],
    external: externalPackages,
    legalComments: 'none',
    logLevel: 'warning',
  });
}

await main(async () => {
  await setup();
  await bundle();
  const [first, ...rest] = process.argv.slice(2);
  const [program, args] = first === 'samplers' ? ['samplers.cjs', rest] : ['main.cjs', process.argv.slice(2)];
  const { status } = await run(process.execPath, [join(outdir, program), ...args]);
  return status;
});
