/**
 * Ends this process where its owner is gone and it does not end by itself. A long synchronous computation sees neither the end of the
 * channel nor a timer, so a thread of its own looks on.
 */

import { Worker } from 'node:worker_threads';

/** How often the thread looks, in milliseconds. */
const intervalMs = 250;

/**
 * Runs in the thread. An orphan gets another parent, except on Windows, where the number of its parent stays and belongs to nobody.
 */
const program = `
const { owner, graceMs, intervalMs } = require('node:worker_threads').workerData;
function isGone() {
  if (process.ppid !== owner) return true;
  try {
    process.kill(owner, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}
const timer = setInterval(() => {
  if (!isGone()) return;
  clearInterval(timer);
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), graceMs);
}, intervalMs);
`;

export interface OwnerWatch {
  /** From now on the process may outlive its owner. */
  release(): void;
}

/**
 * Kills this process `graceMs` after its parent's end was seen, which takes up to a quarter of a second. Keeps the process from nothing, and never
 * throws: where there can be no thread, there is no watch.
 */
export function watchOwner(graceMs: number): OwnerWatch {
  try {
    const worker = new Worker(program, {
      eval: true,
      execArgv: [],
      workerData: { owner: process.ppid, graceMs, intervalMs },
      resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 4 },
    });
    worker.on('error', () => undefined);
    worker.unref();
    return { release: () => void worker.terminate() };
  } catch {
    return { release: () => undefined };
  }
}
