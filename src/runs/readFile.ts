import { readFileSync, statSync } from 'node:fs';
import { RunError, systemReason } from './runError';

/** The bytes of a file that may come from a stranger, and be larger than memory. Throws RunError. */
export function readBytes(path: string, maxMegabytes: number): Uint8Array {
  try {
    // The size is asked first: a stranger's file may be larger than memory.
    if (statSync(path).size > maxMegabytes * 1e6) throw new RunError('too-large', `${path} is larger than ${maxMegabytes} MB.`);
    return readFileSync(path);
  } catch (error) {
    if (error instanceof RunError) throw error;
    throw new RunError('not-readable', `Cannot read ${path}: ${systemReason(error)}.`);
  }
}

/** What a JSON file holds, unchecked. Throws RunError. */
export function readJson(path: string): unknown {
  const text = new TextDecoder().decode(readBytes(path, 50));
  try {
    return JSON.parse(text);
  } catch {
    throw new RunError('malformed', `${path} is not valid JSON.`);
  }
}
