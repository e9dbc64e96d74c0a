import { mkdirSync } from 'node:fs';
import { storeDiagnosis } from '../../runs/diagnosisFiles';
import { RunError, systemReason } from '../../runs/runError';
import type { DiagnosisFigures, DiagnosisRecord } from '../../shared/diagnosis';

/**
 * Keeps the diagnosis of a run in the run's directory, and any other in the folder `elsewhere`, which is made; where that is undefined
 * such a diagnosis is not kept. Returns the record, with a note where it cannot be written.
 */
export function keepDiagnosis(record: DiagnosisRecord, figures: DiagnosisFigures, elsewhere?: string): DiagnosisRecord {
  const directory = record.runDir ?? elsewhere;
  if (directory === undefined) return record;
  try {
    if (record.runDir === null) makeFolder(directory);
    storeDiagnosis(directory, record, figures);
    return record;
  } catch (error) {
    if (!(error instanceof RunError)) throw error;
    return {
      ...record,
      notes: [...record.notes, `this diagnosis is not kept${record.runDir === null ? '' : ' with its run'}: ${error.message}`],
    };
  }
}

function makeFolder(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true });
  } catch (error) {
    throw new RunError('not-writable', `Cannot make ${directory}: ${systemReason(error)}.`);
  }
}
