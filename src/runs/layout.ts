import { join } from 'node:path';

/** Names inside a run directory. */
export const recordFile = 'run.json';
export const eventsFile = 'events.ndjson';
export const resultFile = 'result.json';
export const dataFile = 'data.npz';
/** Of a fit that has not ended as asked: what training needs to go on. */
export const checkpointFile = 'checkpoint.npz';
/** Of a run that goes on: which process writes it. */
export const ownerFile = 'owner.json';
/** Of a run that goes on: where its process can be talked to. */
export const doorFile = 'door.json';
export const diagnosisFile = 'diagnosis.json';
export const diagnosisFiguresFile = 'diagnosisFigures.json';
export const snapshotsFolder = 'snapshots';

/** Path of a snapshot relative to the run directory, with forward slashes on every platform. */
export function snapshotFile(step: number): string {
  return `${snapshotsFolder}/step-${String(step).padStart(7, '0')}.npz`;
}

/** The step that a file name in the snapshots folder stands for, or null where it is no snapshot. */
export function stepOfSnapshot(fileName: string): number | null {
  const digits = /^step-(\d{7,15})\.npz$/.exec(fileName)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** Folder of all runs under a workspace. */
export function runsFolder(baseDir: string): string {
  return join(baseDir, '.unblind', 'runs');
}
