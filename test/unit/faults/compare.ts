/** What must be the same in a run that was disturbed and in one that was not: all but times, notes and the marks of the disturbance. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { dataFile } from '../../../src/runs/layout';
import type { RunEvent, RunResult } from '../../../src/runs/record';
import { readRun, type Run } from '../../../src/runs/runReader';

/** What a fault allows to differ. */
export interface Allowance {
  /** Steps after which the run was stopped: it keeps a snapshot of them, and says how far it was. */
  readonly stops?: ReadonlySet<number>;
  /** A snapshot that was damaged, as a path in the directory: it is for others to judge. */
  readonly file?: string;
  /** Events that may be missing or differ, as `keyOf` names them. */
  readonly events?: ReadonlySet<string>;
}

/** What happened, without when. */
function timeless(event: RunEvent): unknown {
  return event.type === 'progress' ? { ...event, time: 0, stepsPerSecond: 0 } : { ...event, time: 0 };
}

/** Names an event of which a run has one a step. */
export function keyOf(event: RunEvent): string {
  return 'step' in event ? `${event.type} ${event.step}` : event.type;
}

function lasting({ events }: Run, left: (event: RunEvent) => boolean): Map<string, unknown> {
  const kept = events.filter((event) => event.type !== 'note' && event.type !== 'resume' && !left(event));
  return new Map(kept.map((event) => [keyOf(event), timeless(event)]));
}

function figures(result: RunResult | null): unknown {
  return result && { ...result, runDir: '', seconds: 0, stepsPerSecond: 0 };
}

/** Events that a log has twice. */
function repeated({ events }: Run): string[] {
  const keys = events.filter(({ type }) => type !== 'note' && type !== 'resume').map(keyOf);
  return keys.filter((key, i) => keys.indexOf(key) !== i);
}

/** In which way a run is another than the one that nothing disturbed; nothing where it is the same to the bit. Throws RunError. */
export function differences(ours: string, theirs: string, { stops = new Set(), file, events = new Set() }: Allowance = {}): string[] {
  const [a, b] = [readRun(ours), readRun(theirs)];
  const found: string[] = [];
  if (!isDeepStrictEqual(figures(a.result), figures(b.result))) found.push('result.json has other figures');
  const stepsThere = new Set(b.snapshots().map(({ step }) => step));
  const extra = (step: number): boolean => stops.has(step) && !stepsThere.has(step);
  const ofTheirs = new Set(b.events.map(keyOf));
  const left = (event: RunEvent): boolean =>
    events.has(keyOf(event)) || ('step' in event && stops.has(event.step) && !ofTheirs.has(keyOf(event)));
  const [logged, wanted] = [lasting(a, left), lasting(b, left)];
  for (const key of new Set([...logged.keys(), ...wanted.keys()]))
    if (!isDeepStrictEqual(logged.get(key), wanted.get(key)))
      found.push(`events.ndjson ${!logged.has(key) ? 'has no' : wanted.has(key) ? 'has another' : 'has a strange'} event "${key}"`);
  for (const key of repeated(a)) if (!events.has(key)) found.push(`events.ndjson has the event "${key}" twice`);
  const snapshots = a.snapshots().filter(({ step }) => !extra(step));
  if (!isDeepStrictEqual(snapshots, b.snapshots())) found.push('snapshots are of other steps');
  const same = (path: string): boolean => {
    const mine = join(ours, path);
    return existsSync(mine) && readFileSync(mine).equals(readFileSync(join(theirs, path)));
  };
  for (const path of [dataFile, ...b.snapshots().map((entry) => entry.file)])
    if (path !== file && !same(path)) found.push(`${path} differs`);
  return found;
}
