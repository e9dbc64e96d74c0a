/** `node scripts/glyphs.mjs`: writes the images that examples/glyphs.energy.ts is fitted to. */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { exampleGlyphs } from './lib/glyphs.mjs';
import { root } from './lib/paths.mjs';
import { main } from './lib/run.mjs';

await main(async () => {
  const path = join(root, 'examples/glyphs.idx.gz');
  await writeFile(path, gzipSync(exampleGlyphs(), { level: 9 }));
  console.log(path);
  return 0;
});
