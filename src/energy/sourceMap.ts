import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';
import { resolve } from 'node:path';
import type { Bundle } from './bundle';
import type { MapPosition } from './decodeEnergy';

/** Maps positions of a bundle to the files that it was made of; lines and columns count from 1. */
export function positionMapper({ map, folder }: Bundle): MapPosition {
  const trace = new TraceMap(map);
  return (line, column) => {
    const found = originalPositionFor(trace, { line, column: column - 1 });
    return found.source === null ? undefined : { file: resolve(folder, found.source), line: found.line, column: found.column + 1 };
  };
}
