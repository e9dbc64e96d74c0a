/** `npm run papers`: the figures and numbers of the papers by the sources as they are, into docs/papers.md and docs/papers/. */

import { join } from 'node:path';
import { root } from './lib/paths.mjs';
import { main, must, run, ScriptError } from './lib/run.mjs';
import { setup } from './setup.mjs';

const outfile = join(root, '.cache/papers/main.cjs');

async function bundle() {
  // Loaded only now: the set-up installs esbuild.
  const esbuild = await import('esbuild');
  const { externalPackages } = await import('./lib/bundles.mjs');
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: ['scripts/papers/main.ts'],
    outfile,
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
  const [extra] = process.argv.slice(2);
  if (extra !== undefined) throw new ScriptError(`npm run papers takes no arguments, not ${extra}.`);
  await setup();
  // Energy files run in the sandbox of dist/.
  const { build } = await import('./build.mjs');
  await build();
  await bundle();
  const { status } = await run(process.execPath, [outfile]);
  await must('Formatting docs/papers.md', process.execPath, [
    join(root, 'node_modules/prettier/bin/prettier.cjs'),
    '--write',
    'docs/papers.md',
  ]);
  return status;
});
