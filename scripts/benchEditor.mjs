/**
 * `npm run bench:editor`: how fast the editor side is, measured inside a real VS Code with its page in Chromium. Needs a build.
 * `--json` prints the figures as JSON, `--only NAME` measures one thing, `--no-package` leaves the .vsix out.
 */

import { mkdir, readFile, stat } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { activation, cancelling, firstLoss, history, lenses, liveMode, panelHeap, panelLoad } from './lib/editorBench/measures.mjs';
import { median, met, table } from './lib/editorBench/rows.mjs';
import { openWindow } from './lib/editorBench/window.mjs';
import { root } from './lib/paths.mjs';
import { main, run, ScriptError } from './lib/run.mjs';
import { newestHost } from './lib/vscodeHosts.mjs';
import { ensureVscodeServers } from './lib/vscodeServer.mjs';

const out = join(root, '.cache/bench-editor');

/** What is measured, each in a window of its own. */
/** @type {Readonly<Record<string, (window: import('./lib/editorBench/window.mjs').BenchWindow) => Promise<readonly import('./lib/editorBench/rows.mjs').Row[]>>>} */
const measures = {
  activation,
  lenses,
  fit: firstLoss,
  live: liveMode,
  cancel: async (window) => [...(await cancelling(window)), ...(await panelLoad(window, await readFile(join(out, 'load.js'), 'utf8')))],
  heap: panelHeap,
  history,
};

async function bundle() {
  const common = { absWorkingDir: root, bundle: true, logLevel: /** @type {const} */ ('warning') };
  const host = { ...common, platform: /** @type {const} */ ('node'), format: /** @type {const} */ ('cjs'), target: 'node20' };
  await esbuild.build({ ...host, entryPoints: ['bench/editor/host.ts'], outfile: join(out, 'host.js'), external: ['vscode'] });
  await esbuild.build({ ...common, entryPoints: ['webview/preview/load.ts'], outfile: join(out, 'load.js'), format: 'iife' });
}

/** @returns {Promise<import('./lib/editorBench/rows.mjs').Row>} */
async function packageSize() {
  const { status, stdout } = await run(process.execPath, [join(root, 'scripts/package.mjs')], { capture: true });
  const file = /^(.*\.vsix):/m.exec(stdout)?.[1];
  if (status !== 0 || file === undefined) throw new ScriptError('The package could not be made.');
  return {
    what: `.vsix for ${process.platform}-${process.arch}`,
    unit: 'MB',
    target: { most: 60 },
    values: [(await stat(file)).size / 1e6],
  };
}

await main(async () => {
  const args = process.argv.slice(2);
  const only = args.includes('--only') ? args[args.indexOf('--only') + 1] : undefined;
  const unknown = args.find((arg) => arg !== only && !['--json', '--only', '--no-package'].includes(arg));
  if (unknown !== undefined || (only !== undefined && !(only in measures)))
    throw new ScriptError(
      `Usage: npm run bench:editor -- [--json] [--no-package] [--only NAME]; names are ${Object.keys(measures).join(', ')}.`,
    );
  await ensureVscodeServers([newestHost]);
  await mkdir(out, { recursive: true });
  await bundle();
  /** @type {import('./lib/editorBench/rows.mjs').Row[]} */
  const rows = [];
  const load = [loadavg()[0] ?? 0];
  for (const [name, measure] of Object.entries(measures)) {
    if (only !== undefined && only !== name) continue;
    const window = await openWindow(out, join(out, 'host.js'));
    try {
      rows.push(...(await measure(window)));
    } catch (error) {
      await window.page.screenshot({ path: join(out, `${name}.png`) });
      throw error;
    } finally {
      await window.close();
    }
    load.push(loadavg()[0] ?? 0);
  }
  if (only === undefined && !args.includes('--no-package')) rows.push(await packageSize());
  const loads = load.map((value) => Number(value.toFixed(2)));
  if (args.includes('--json')) {
    console.log(JSON.stringify({ load: loads, rows: rows.map((row) => ({ ...row, median: median(row.values), met: met(row) })) }));
  } else {
    console.log(table(rows));
    console.log(`Load average before and after each window: ${loads.join(', ')}.`);
  }
  return rows.some((row) => met(row) === false) ? 1 : 0;
});
