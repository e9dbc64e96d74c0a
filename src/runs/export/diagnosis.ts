import { join } from 'node:path';
import { writeFileAtomic } from '../atomicFile';
import type { DiagnosisFigures, DiagnosisRecord } from '../../shared/diagnosis';
import { diagnosisFile } from '../layout';
import { diagnosisReport } from '../report/diagnosisReport';
import { outputFile } from './outputFile';

/** Writes `diagnosis.json` and the page `diagnosis.html` into a directory, which is made. Returns their paths. Throws RunError. */
export function keepDiagnosis(directory: string, record: DiagnosisRecord, figures: DiagnosisFigures): string[] {
  const contents = { [diagnosisFile]: `${JSON.stringify(record, null, 2)}\n`, 'diagnosis.html': diagnosisReport(record, figures) };
  return Object.entries(contents).map(([name, content]) => {
    const path = outputFile(join(directory, name), name);
    writeFileAtomic(path, content);
    return path;
  });
}
