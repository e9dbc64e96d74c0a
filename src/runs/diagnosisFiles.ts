/** A diagnosis in the directory of the run that it is about. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DiagnosisFigures, DiagnosisPictures, DiagnosisRecord, PairScores } from '../shared/diagnosis';
import { writeFileAtomic } from './atomicFile';
import { checkDiagnosis } from './checkDiagnosis';
import { checkDiagnosisFigures } from './checkDiagnosisFigures';
import { diagnosisFiguresFile, diagnosisFile } from './layout';
import { readJson } from './readFile';

/** What was stored; figures are null where they are of another diagnosis, as after a crash between the two files. */
export interface StoredDiagnosis {
  readonly record: DiagnosisRecord;
  readonly figures: DiagnosisFigures;
}

const none: DiagnosisFigures = { curves: null, pictures: null };

/** Tells diagnoses apart: figures belong to the record with the same stamp. */
function stampOf({ seconds, seed, summary }: DiagnosisRecord): string {
  return `${seconds} ${seed} ${summary}`;
}

/** Little-endian float32 as base64: a tenth of the size of decimal numbers. */
function encoded(values: Float32Array): string {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64');
}

function packedMaps({ p, tilted, bridgedP, bridgedTilted }: Omit<PairScores, 'shape'>): object {
  const maps = { p, tilted, bridgedP, bridgedTilted };
  return Object.fromEntries(Object.entries(maps).map(([name, values]) => [name, encoded(values)]));
}

function packed(pictures: DiagnosisPictures): object {
  const { shape, extent, scores } = pictures;
  return { shape, extent, ...packedMaps(pictures), scores: { shape: scores.shape, ...packedMaps(scores) } };
}

/** Writes `diagnosis.json` and what a report draws beside it; each file is seen whole or not at all. Throws RunError. */
export function storeDiagnosis(directory: string, record: DiagnosisRecord, { curves, pictures }: DiagnosisFigures): void {
  const figures = { format: 1, stamp: stampOf(record), curves, pictures: pictures && packed(pictures) };
  writeFileAtomic(join(directory, diagnosisFiguresFile), `${JSON.stringify(figures)}\n`);
  writeFileAtomic(join(directory, diagnosisFile), `${JSON.stringify(record, null, 2)}\n`);
}

/** Reads a diagnosis without its figures, which may come from a stranger; undefined where there is none. Throws RunError. */
export function readDiagnosisRecord(directory: string): DiagnosisRecord | undefined {
  const path = join(directory, diagnosisFile);
  return existsSync(path) ? checkDiagnosis(readJson(path), path) : undefined;
}

/** Reads a diagnosis, which may come from a stranger; undefined where there is none. Throws RunError. */
export function readDiagnosis(directory: string): StoredDiagnosis | undefined {
  const record = readDiagnosisRecord(directory);
  if (record === undefined) return undefined;
  const figuresPath = join(directory, diagnosisFiguresFile);
  const figures = existsSync(figuresPath) ? checkDiagnosisFigures(readJson(figuresPath), record.dim, figuresPath) : undefined;
  return { record, figures: figures?.stamp === stampOf(record) ? figures.figures : none };
}
