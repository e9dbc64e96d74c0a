/** Watches the memory of a process where the system tells it: typed arrays are not part of V8's heap limit. */

import { readFile } from 'node:fs/promises';

/** Whether this system tells how much memory another process uses. */
export const watchesMemory = process.platform === 'linux';

const intervalMs = 50;
const pageBytes = 4096;

/** Resident bytes, or undefined where the system does not say. */
async function residentBytes(pid: number): Promise<number | undefined> {
  try {
    const pages = Number((await readFile(`/proc/${pid}/statm`, 'utf8')).split(' ')[1]);
    return Number.isFinite(pages) ? pages * pageBytes : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Calls `exceeded` once when the process uses more than `limitBytes`. Linux only; elsewhere it does nothing.
 *
 * @returns stops watching
 */
export function watchMemory(pid: number, limitBytes: number, exceeded: () => void): () => void {
  if (!watchesMemory) return () => undefined;
  const timer = setInterval(() => {
    void residentBytes(pid).then((bytes) => {
      if (bytes === undefined || bytes <= limitBytes) return;
      clearInterval(timer);
      exceeded();
    });
  }, intervalMs);
  timer.unref();
  return () => clearInterval(timer);
}
