/** One VS Code window of the bench: its page, and the link to its extension host. */

import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../paths.mjs';
import { newestHost } from '../vscodeHosts.mjs';
import { openBrowser, openWorkbench, startServer, viewport } from '../workbench.mjs';
import { listen } from './hostLink.mjs';

/**
 * @typedef {object} BenchWindow
 * @property {import('playwright-core').Page} page
 * @property {import('./hostLink.mjs').Ask} ask
 * @property {number} server the server's process
 * @property {string} folder the workspace
 * @property {string} cache where the engine remembers what it measured
 * @property {() => Promise<void>} reload opens the window anew, with a new extension host
 * @property {() => Promise<void>} close
 */

/** Lines of the file whose lenses are measured. */
const manyLines = 1000;

/** @param {string} folder */
async function fillWorkspace(folder) {
  await cp(join(root, 'examples'), folder, { recursive: true });
  const quick = await readFile(join(root, 'test/fixtures/workspace/quick.energy.ts'), 'utf8');
  await writeFile(join(folder, 'long.energy.ts'), quick.replace('steps: 400', 'steps: 10_000'));
  const block = (/** @type {number} */ i) =>
    `/** Energy ${i}: \`one\` of many, with braces { } in its comment. */\nexport const energy${i} = defineEnergy({\n  dim: 2,\n  ...mlp([2, 32, 1], 'swish'),\n  data: data.rings(),\n});\n\nconst text${i} = \`\${${i}} of 'many' /* no comment */\`;\n\n// Nothing here.\n`;
  const head = `import { data, defineEnergy, mlp } from 'unblind';\n`;
  const lines = (head + Array.from({ length: manyLines / 10 }, (_, i) => block(i)).join('')).split('\n').slice(0, manyLines);
  await writeFile(join(folder, 'many.energy.ts'), lines.join('\n'));
}

/**
 * @param {string} out for logs
 * @param {string} tests the bundled part that runs in the extension host
 * @param {string} [extension] folder of the extension
 * @returns {Promise<BenchWindow>}
 */
export async function openWindow(out, tests, extension = root) {
  const temporary = await mkdtemp(join(tmpdir(), 'unblind-bench-'));
  const [folder, cache, socket] = ['work', 'cache', 'link'].map((name) => join(temporary, name));
  if (folder === undefined || cache === undefined || socket === undefined) throw new Error('unreachable');
  await mkdir(folder);
  await fillWorkspace(folder);
  const link = await listen(socket);
  const server = await startServer(newestHost, {
    env: { UNBLIND_BENCH_SOCKET: socket, XDG_CACHE_HOME: cache },
    log: join(out, 'server.log'),
  });
  const browser = await openBrowser();
  const page = await browser.newPage({ viewport: { ...viewport, height: 1400 } });
  // What the page calls when the part in the extension host has ended.
  await page.exposeFunction('codeAutomationExit', () => undefined);
  await page.exposeFunction('codeAutomationLog', () => undefined);
  await openWorkbench(page, server.port, { workspace: folder, extension, tests });
  const self = {
    page,
    server: server.pid,
    folder,
    cache,
    ask: await link.next(),
    reload: async () => {
      await page.reload();
      self.ask = await link.next();
    },
    close: async () => {
      link.close();
      await browser.close();
      await server.stop();
      await rm(temporary, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  return self;
}
