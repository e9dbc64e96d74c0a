/** The part of `npm run bench:editor` that runs in the panel's page: feeds it pictures and counts what it draws. Never shipped. */

import type { ToPanel } from '../../src/shared/panelProtocol';
import { frameAt, runAt } from './fitRuns';
import { snapshotOf } from './snapshots';

const particles = 20_000;
const cells = 128;
/** Pictures offered a second: more than are asked for, fewer than a screen shows. */
const offered = 30;

interface PanelFigures {
  readonly framesPerSecond: number;
  /** Milliseconds from each input to the next painting, as the browser's Event Timing has it; it reports from 16 on. */
  readonly latencies: readonly number[];
  /** Milliseconds of drawing. */
  readonly draws: readonly number[];
}

const post = (message: ToPanel): void => window.postMessage(message, '*');

async function load(seconds: number): Promise<PanelFigures> {
  const run = runAt('plane', 'mfd', 4000);
  post({ type: 'hydrate', snapshot: snapshotOf([{ ...run, state: { kind: 'running' } }]) });
  const frames = Array.from({ length: 10 }, (_, i) => frameAt('plane', 'mfd', 100 + 100 * i, particles, cells));
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const draws: number[] = [];
  const latencies: number[] = [];
  const drawn = new PerformanceObserver((list) => {
    for (const { name, duration } of list.getEntries()) if (name === 'unblind-draw') draws.push(duration);
  });
  drawn.observe({ type: 'measure' });
  const inputs = new PerformanceObserver((list) => {
    for (const { name, duration } of list.getEntries()) if (['pointerdown', 'keydown', 'click'].includes(name)) latencies.push(duration);
  });
  inputs.observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
  const begun = performance.now();
  let sent = 0;
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      post({ type: 'frame', runId: run.id, frame: { ...frames[sent++ % frames.length]!, step: sent } });
      if (performance.now() - begun < 1000 * seconds) return;
      clearInterval(timer);
      resolve();
    }, 1000 / offered);
  });
  const elapsed = (performance.now() - begun) / 1000;
  await new Promise((resolve) => setTimeout(resolve, 200));
  drawn.disconnect();
  inputs.disconnect();
  return { framesPerSecond: draws.length / elapsed, latencies, draws };
}

Object.assign(window, { unblindBench: load });
