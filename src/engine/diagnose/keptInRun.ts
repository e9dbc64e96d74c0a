import { storeDiagnosis } from '../../runs/diagnosisFiles';
import { RunError } from '../../runs/runError';
import type { DiagnosisFigures, DiagnosisRecord } from '../../shared/diagnosis';

/** Keeps the diagnosis of a run in the run's directory. Returns the record, with a note where it cannot be written there. */
export function keptInRun(record: DiagnosisRecord, figures: DiagnosisFigures): DiagnosisRecord {
  if (record.runDir === null) return record;
  try {
    storeDiagnosis(record.runDir, record, figures);
    return record;
  } catch (error) {
    if (!(error instanceof RunError)) throw error;
    return { ...record, notes: [...record.notes, `this diagnosis is not kept with its run: ${error.message}`] };
  }
}
