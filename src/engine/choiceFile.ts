/** Choices of `auto` in the user's cache folder: a fit of a program that was fitted before does not measure again. */

import { mkdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ChoiceMemory, RememberedChoice } from '../executors/choiceMemory';
import { executorIds } from '../executors/executor';
import { writeFileAtomic } from '../runs/atomicFile';
import { RunError } from '../runs/runError';

const format = 1;
const mostChoices = 200;
/** Drivers, power plans and what else runs on a machine change: figures hold for a day. */
const longestAgeMs = 24 * 3600 * 1000;

/** The folder for what can be made anew, by the custom of the system. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): string {
  const { XDG_CACHE_HOME: xdg, LOCALAPPDATA: local } = env;
  if (platform === 'win32') return join(local ?? join(homedir(), 'AppData', 'Local'), 'unblind');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'unblind');
  return join(xdg !== undefined && xdg !== '' ? xdg : join(homedir(), '.cache'), 'unblind');
}

function isCandidate(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { name, stepsPerSecond, refusal } = value as Record<string, unknown>;
  return (
    typeof name === 'string' && ['number', 'undefined'].includes(typeof stepsPerSecond) && ['string', 'undefined'].includes(typeof refusal)
  );
}

function isChoice(value: unknown): value is RememberedChoice {
  if (typeof value !== 'object' || value === null) return false;
  const { id, threads, candidates, measuredAt } = value as Record<string, unknown>;
  return (
    executorIds.some((known) => known === id) &&
    Number.isInteger(threads) &&
    Array.isArray(candidates) &&
    candidates.every(isCandidate) &&
    typeof measuredAt === 'string'
  );
}

/** A file of choices. One that cannot be read or written, or is not well formed, counts as empty: then `auto` measures. */
export class ChoiceFile implements ChoiceMemory {
  /** @param now milliseconds since 1970 */
  constructor(
    private readonly path: string = join(cacheFolder(), 'executors.json'),
    private readonly now: () => number = Date.now,
  ) {}

  recall(key: string): RememberedChoice | undefined {
    return this.read().get(key);
  }

  keep(key: string, choice: RememberedChoice): void {
    const choices = this.read();
    choices.delete(key);
    choices.set(key, choice);
    try {
      mkdirSync(dirname(this.path), { recursive: true });
      writeFileAtomic(this.path, JSON.stringify({ format, choices: Object.fromEntries([...choices].slice(-mostChoices)) }));
    } catch (error) {
      if (!(error instanceof RunError) && !(error instanceof Error && 'code' in error)) throw error;
    }
  }

  /** Choices that are young enough, oldest first. */
  private read(): Map<string, RememberedChoice> {
    return new Map(
      Object.entries<unknown>(this.parsed()).filter((entry): entry is [string, RememberedChoice] => {
        const [, choice] = entry;
        if (!isChoice(choice)) return false;
        const age = this.now() - Date.parse(choice.measuredAt);
        return age >= 0 && age < longestAgeMs;
      }),
    );
  }

  private parsed(): Record<string, unknown> {
    try {
      const content: unknown = JSON.parse(readFileSync(this.path, 'utf8'));
      if (typeof content !== 'object' || content === null) return {};
      const { format: found, choices } = content as Record<string, unknown>;
      return found === format && typeof choices === 'object' && choices !== null ? (choices as Record<string, unknown>) : {};
    } catch {
      return {};
    }
  }
}
