/**
 * `npm run soak`: half an hour of work in a real VS Code window with live mode on - edits, fits, cancels, reloads - while memory, processes
 * and open files are recorded every five seconds. Writes docs/images/soak.svg and docs/soak.md. Needs a build. `--minutes N` takes N minutes.
 */

import { mkdir, writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { format, resolveConfig } from 'prettier';
import { pageHeap } from './lib/editorBench/pageHeap.mjs';
import { openWindow } from './lib/editorBench/window.mjs';
import { root } from './lib/paths.mjs';
import { endInOrder, main, ScriptError } from './lib/run.mjs';
import { drawSoak } from './lib/soak/plot.mjs';
import { leastPart, newRecording, record, slopeWithin, verdict } from './lib/soak/samples.mjs';
import { newestHost } from './lib/vscodeHosts.mjs';
import { ensureVscodeServers } from './lib/vscodeServer.mjs';

const out = join(root, '.cache/soak');
const sampleSeconds = 5;
/** The user edits and saves that often, and every third time stops the fit and starts another. */
const actSeconds = 15;
/** Parts of the time after which the window is opened anew. */
const reloadsAt = [0.5, 0.75];

const pause = (/** @type {number} */ milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** @typedef {import('./lib/editorBench/window.mjs').BenchWindow} BenchWindow */

/**
 * What a user does, for ever: each call does the next thing.
 * @param {BenchWindow} window
 */
function user(window) {
  const file = join(window.folder, 'fourModes.energy.ts');
  let turn = 0;
  return {
    begin: async () => {
      await window.ask('prepare', { key: 'live', value: true });
      await window.ask('open', { file });
      await window.ask('fit', { file, name: 'fourModes' });
    },
    act: async () => {
      turn++;
      if (turn % 3 === 0) {
        await window.ask('command', { command: 'unblind.stop' });
        await window.ask('fit', { file, name: 'fourModes' });
        return;
      }
      const [from, to] = turn % 2 === 0 ? ['std: 0.3', 'std: 0.2'] : ['std: 0.2', 'std: 0.3'];
      await window.ask('toggle', { file, from, to });
    },
  };
}

/**
 * @param {BenchWindow} window
 * @param {number} minutes
 */
async function soak(window, minutes) {
  const recording = newRecording();
  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1000;
  const doer = user(window);
  await doer.begin();
  const sources = { server: window.server, hostHeap: () => window.ask('heap'), pageHeap: () => pageHeap(window.page) };
  let [life, acted] = [0, 0];
  // Whoever works does not wait for the samples, nor they for him.
  let acting = Promise.resolve();
  while (seconds() < 60 * minutes) {
    const due = reloadsAt[life];
    if (due !== undefined && seconds() >= 60 * minutes * due) {
      life++;
      await acting;
      await window.reload();
      await doer.begin();
    } else if (seconds() >= actSeconds * (acted + 1)) {
      acted = Math.floor(seconds() / actSeconds);
      acting = acting.then(doer.act);
      acting.catch(() => undefined);
    }
    await record(recording, sources, seconds(), life);
    await pause(1000 * (sampleSeconds - (seconds() % sampleSeconds)));
  }
  await acting;
  return recording;
}

/**
 * @param {import('./lib/soak/samples.mjs').Recording} recording
 * @param {string} circumstances
 */
async function report(recording, circumstances) {
  const number = (/** @type {number} */ value) =>
    Number.isNaN(value) ? 'unknown' : Math.abs(value) < 10 ? value.toFixed(2) : value.toFixed(0);
  const rows = recording.series.map(({ name, unit, plot, values }) => {
    const slope = slopeWithin(recording, values);
    const [first, last] = [values[0] ?? NaN, values.at(-1) ?? NaN];
    return {
      grows: verdict(slope, values),
      text: `| ${plot}: ${name} | ${unit} | ${number(first)} | ${number(last)} | ${number(slope.slope)} ± ${number(slope.stdErr)} | ${verdict(slope, values)} |`,
    };
  });
  const text = `# Soak

\`npm run soak\` ${circumstances}.
Live mode is on; every ${actSeconds} s an energy file is edited and saved, which restarts its fit, or the fit is stopped and another started.
Every ${sampleSeconds} s it is recorded what the extension's processes hold; heaps are measured after a collection.

![Memory, processes and open files over the minutes](images/soak.svg)

| what | unit | start | end | slope an hour | verdict |
| --- | --- | --- | --- | --- | --- |
${rows.map((row) => row.text).join('\n')}

The slope is that within the lives of a window, by least squares over means of six neighbouring samples, without each life's first
minute; its standard error takes these means for independent. A figure grows where its slope is more than three standard errors above
${100 * leastPart} % of its mean an hour; a run is too short to say where three standard errors are more than its mean.
`;
  const file = join(root, 'docs/soak.md');
  await writeFile(file, await format(text, { ...(await resolveConfig(file)), filepath: file }));
  return rows.filter((row) => row.grows === 'grows').length;
}

await main(async () => {
  endInOrder();
  const args = process.argv.slice(2);
  const minutes = args[0] === '--minutes' ? Number(args[1]) : 30;
  if (!(minutes > 0) || args.length > 2) throw new ScriptError('Usage: npm run soak -- [--minutes N]');
  await ensureVscodeServers([newestHost]);
  await mkdir(out, { recursive: true });
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: ['bench/editor/host.ts'],
    outfile: join(out, 'host.js'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode'],
    logLevel: 'warning',
  });
  const before = loadavg()[0] ?? 0;
  const window = await openWindow(out, join(out, 'host.js'));
  try {
    const recording = await soak(window, minutes);
    await writeFile(join(out, 'recording.json'), JSON.stringify(recording));
    await mkdir(join(root, 'docs/images'), { recursive: true });
    await writeFile(join(root, 'docs/images/soak.svg'), drawSoak(recording, `${minutes} minutes of edits, fits and cancels`));
    const load = `load average ${before.toFixed(1)} before and ${(loadavg()[0] ?? 0).toFixed(1)} after`;
    const grown = await report(recording, `of ${minutes} minutes in VS Code ${newestHost.version} (${load})`);
    console.log(`docs/soak.md and docs/images/soak.svg are written; ${grown} of ${recording.series.length} figures grow.`);
    return grown > 0 ? 1 : 0;
  } catch (error) {
    await window.page.screenshot({ path: join(out, 'failed.png') });
    throw error;
  } finally {
    await window.close();
  }
});
