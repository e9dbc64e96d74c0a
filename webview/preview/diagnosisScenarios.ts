/** Pictures of diagnoses. */

import type { DiagnosisFigures, DiagnosisRecord } from '../../src/shared/diagnosis';
import type { PanelDiagnosis, PanelSnapshot } from '../../src/shared/panelProtocol';
import { figuresWith, type SubjectName, subjects } from './diagnoses';
import { blindRecord, doubtfulRecord, fixedRecord, seeingRecord } from './diagnosisRecords';
import { snapshotOf } from './snapshots';

function diagnosed(id: string, record: DiagnosisRecord, figures: DiagnosisFigures, live = true): PanelSnapshot {
  return shown({ id, state: { kind: 'done', answer: { record, figures } }, live }, { file: record.file, name: record.energy });
}

function shown(diagnosis: PanelDiagnosis | undefined, energy?: PanelSnapshot['energy']): PanelSnapshot {
  return snapshotOf([], { view: 'diagnosis', diagnosis, ...(energy ? { energy } : {}) });
}

const usual = (name: SubjectName): DiagnosisFigures =>
  figuresWith(name, { mode: subjects[name].mode, beta: subjects[name].bridge.beta, width: 1 });

const none: DiagnosisFigures = { curves: null, pictures: null };

export const diagnosisScenarios: Readonly<Record<string, () => PanelSnapshot>> = {
  diagnosisBlind: () => diagnosed('diagnosis-plane', blindRecord('plane'), usual('plane')),
  diagnosisSees: () => diagnosed('diagnosis-one', seeingRecord(), none),
  diagnosisCannotTell: () => diagnosed('diagnosis-doubt', doubtfulRecord(), none, false),
  diagnosisLine: () => diagnosed('diagnosis-line', blindRecord('line'), usual('line')),
  diagnosisFixed: () => diagnosed('diagnosis-line', fixedRecord(), usual('line')),
  diagnosisStored: () => diagnosed('diagnosis-line', blindRecord('line'), usual('line'), false),
  diagnosisBusy: () =>
    shown({
      id: 'diagnosis-plane',
      state: { kind: 'stage', text: 'Measuring the weights of 4 modes by annealed importance sampling' },
      live: false,
    }),
  diagnosisFailed: () =>
    shown({
      id: 'diagnosis-plane',
      state: {
        kind: 'failed',
        words: 'fourModes.energy.ts:12:5: the energy must have shape [n], not [n, 2]; w2 has shape [128, 2].',
        position: { file: '/home/me/ebm/fourModes.energy.ts', line: 12, column: 5 },
      },
      live: false,
    }),
  diagnosisEmpty: () => shown(undefined),
};
