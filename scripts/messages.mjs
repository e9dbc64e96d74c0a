/** `npm run messages`: writes l10n/bundle.l10n.json, the texts of the host side that translations have. */

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messages, template } from './lib/messages.mjs';
import { root } from './lib/paths.mjs';
import { main } from './lib/run.mjs';

await main(async () => {
  await mkdir(join(root, 'l10n'), { recursive: true });
  await writeFile(join(root, 'l10n/bundle.l10n.json'), template(await messages()));
  return 0;
});
