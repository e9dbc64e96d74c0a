/** What `npm run soak` records, and what it says of it. */

import { trend } from '../trend.mjs';
import { descendantsOf, openFiles } from './processes.mjs';

/**
 * @typedef {object} Series
 * @property {string} name
 * @property {'MB' | 'processes' | 'files'} unit
 * @property {string} plot the plot that it is part of
 * @property {number[]} values
 */

/** @typedef {{ readonly times: number[], readonly lives: number[], readonly series: readonly Series[] }} Recording times in seconds; lives count reloads */

/** @returns {Recording} */
export function newRecording() {
  /** @type {(name: string, unit: Series['unit'], plot: string) => Series} */
  const series = (name, unit, plot) => ({ name, unit, plot, values: [] });
  const memory = 'Resident memory';
  const heap = 'Heap after a collection';
  return {
    times: [],
    lives: [],
    series: [
      series('extension host', 'MB', memory),
      series('engine processes', 'MB', memory),
      series('sandbox and bundler', 'MB', memory),
      series('pages (Chromium)', 'MB', memory),
      series('extension host', 'MB', heap),
      series('page and panel', 'MB', heap),
      series('of the extension host', 'processes', 'Processes'),
      series('extension host', 'files', 'Open files'),
      series('engine processes', 'files', 'Open files'),
    ],
  };
}

const isHost = /--type=extensionHost/;
const isEngine = /dist\/engine\.js/;
const isHelper = /sandboxChild|esbuild/;

/**
 * @param {Recording} recording
 * @param {{ readonly server: number, readonly hostHeap: () => Promise<number>, readonly pageHeap: () => Promise<number> }} window
 * @param {number} seconds since the start
 * @param {number} life
 */
export async function record(recording, { server, hostHeap, pageHeap }, seconds, life) {
  const heaps = [await hostHeap(), await pageHeap()];
  const [own, all] = await Promise.all([descendantsOf(server), descendantsOf(process.pid)]);
  /** @type {(processes: readonly import('./processes.mjs').Process[]) => number} */
  const rss = (processes) => processes.reduce((sum, one) => sum + one.rss, 0);
  const hosts = own.filter(({ command }) => isHost.test(command));
  const engines = own.filter(({ command }) => isEngine.test(command));
  const helpers = own.filter(({ command }) => isHelper.test(command));
  const pages = all.filter(({ command }) => command.includes('--type=renderer'));
  /** @type {(processes: readonly import('./processes.mjs').Process[]) => Promise<number>} */
  const files = async (processes) => (await Promise.all(processes.map(({ pid }) => openFiles(pid)))).reduce((sum, n) => sum + n, 0);
  const values = [
    ...[hosts, engines, helpers, pages].map(rss),
    ...heaps,
    hosts.length + engines.length + helpers.length,
    await files(hosts),
    await files(engines),
  ];
  recording.times.push(seconds);
  recording.lives.push(life);
  recording.series.forEach((one, i) => one.values.push(values[i] ?? NaN));
}

/** Seconds of a life that do not count: what is opened and compiled first stays. */
const settleSeconds = 60;
/** Neighbouring samples are alike: so many are averaged, that the standard error is about independent ones. */
const blockSamples = 6;

/**
 * The slope within lives, an hour: each life may start at a level of its own. Without a long life the first minute counts as well.
 * @param {Recording} recording
 * @param {readonly number[]} values
 */
export function slopeWithin({ times, lives }, values) {
  /** @type {number[]} */
  const xs = [];
  /** @type {number[]} */
  const ys = [];
  for (const life of new Set(lives)) {
    const own = lives.flatMap((one, i) => (one === life ? [i] : []));
    const start = times[own[0] ?? 0] ?? 0;
    const settled = own.filter((i) => (times[i] ?? 0) - start >= settleSeconds);
    const blocks = Array.from({ length: Math.floor(settled.length / blockSamples) }, (_, k) =>
      settled.slice(k * blockSamples, (k + 1) * blockSamples),
    );
    if (blocks.length < 2) continue;
    const mean = (/** @type {readonly number[]} */ list) => list.reduce((sum, value) => sum + value, 0) / list.length;
    const [bx, by] = [times, values].map((all) => blocks.map((block) => mean(block.map((i) => all[i] ?? NaN))));
    if (bx === undefined || by === undefined) continue;
    xs.push(...bx.map((x) => x - mean(bx)));
    ys.push(...by.map((y) => y - mean(by)));
  }
  const { slope, stdErr } = trend(xs, ys);
  return { slope: 3600 * slope, stdErr: 3600 * stdErr };
}

/** What grows by less than this part of its mean in an hour is not called growing. */
export const leastPart = 0.1;

/**
 * @param {{ readonly slope: number, readonly stdErr: number }} slope an hour
 * @param {readonly number[]} values
 * @returns {'grows' | 'does not grow' | 'too short to say'}
 */
export function verdict({ slope, stdErr }, values) {
  if (Number.isNaN(stdErr)) return 'too short to say';
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  if (slope - 3 * stdErr > leastPart * mean) return 'grows';
  return slope + 3 * stdErr > leastPart * mean && stdErr * 3 > mean ? 'too short to say' : 'does not grow';
}
