/** `npm run papers`: the figures and numbers of the papers by the sources as they are, into docs/papers.md and docs/papers/. */

import { join } from 'node:path';
import { bundlePrograms } from './lib/bundlePrograms.mjs';
import { root } from './lib/paths.mjs';
import { main, must, run, ScriptError } from './lib/run.mjs';
import { setup } from './setup.mjs';

const outdir = join(root, '.cache/papers');

await main(async () => {
  const [extra] = process.argv.slice(2);
  if (extra !== undefined) throw new ScriptError(`npm run papers takes no arguments, not ${extra}.`);
  await setup();
  // Energy files run in the sandbox of dist/.
  const { build } = await import('./build.mjs');
  await build();
  await bundlePrograms(outdir, { main: 'scripts/papers/main.ts' });
  const { status } = await run(process.execPath, [join(outdir, 'main.cjs')]);
  await must('Formatting docs/papers.md', process.execPath, [
    join(root, 'node_modules/prettier/bin/prettier.cjs'),
    '--write',
    'docs/papers.md',
  ]);
  return status;
});
