import { RunError } from './runError';

/** Where a run goes: a directory, or names to try one after the other, each free when it was asked for. */
export type RunPlace = string | (() => string);

/** Between a look for a free name and its use another process can take it; that it does so again and again is no accident. */
const mostNames = 10;

/** What `make` returns for the first directory of a place that no other process has taken meanwhile. Throws what `make` throws. */
export function inFreeDirectory<Made>(place: RunPlace, make: (directory: string) => Made): Made {
  for (let names = 1; ; names++) {
    const directory = typeof place === 'string' ? place : place();
    try {
      return make(directory);
    } catch (error) {
      const taken = error instanceof RunError && error.code === 'already-exists';
      if (!taken || typeof place === 'string' || names === mostNames) throw error;
    }
  }
}
