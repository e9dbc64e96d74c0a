import { allObjectiveNames } from '../shared/settings';
import { Fields } from './fields';
import type { ModeRecord, RunResult, ScoreErrorRecord } from './record';
import { RunError } from './runError';

/** Matching the modes of two runs takes time that grows with the square of their number. */
const maxModes = 1000;

/** Checks the content of `result.json`. `where` names it in messages. Throws RunError. */
export function checkResult(value: unknown, dim: number, where: string): RunResult {
  const fields = new Fields(value, where);
  return {
    runDir: fields.text('runDir'),
    energy: fields.text('energy'),
    objective: fields.oneOf('objective', allObjectiveNames),
    executor: fields.text('executor'),
    seed: fields.number('seed'),
    steps: fields.integer('steps', 0, Number.MAX_SAFE_INTEGER),
    seconds: fields.number('seconds'),
    stepsPerSecond: fields.numberOrNaN('stepsPerSecond'),
    finalLoss: fields.numberOrNaN('finalLoss'),
    logZ: fields.numberOrNull('logZ'),
    logZStdErr: fields.numberOrNull('logZStdErr'),
    negativeMass: fields.numberOrNull('negativeMass'),
    kl: fields.numberOrNull('kl'),
    klStdErr: fields.numberOrNull('klStdErr'),
    gridMass: fields.numberOrNull('gridMass'),
    modes: fields.list('modes', maxModes).map((mode, index) => checkMode(mode, dim, `modes[${index}] in ${where}`)),
    ...(fields.raw('scoreError') !== undefined && { scoreError: checkScoreError(fields.object('scoreError')) }),
    notes: fields.list('notes', 10_000).map((note) => {
      if (typeof note !== 'string') throw new RunError('malformed', `'notes' in ${where} is not a list of texts.`);
      return note;
    }),
  };
}

function checkScoreError(fields: Fields): ScoreErrorRecord {
  return { data: fields.number('data'), dataStdErr: fields.numberOrNaN('dataStdErr'), box: fields.number('box') };
}

function checkMode(value: unknown, dim: number, where: string): ModeRecord {
  const fields = new Fields(value, where);
  return {
    label: fields.text('label'),
    center: fields.numbers('center', dim),
    weight: fields.numberOrNaN('weight'),
    weightStdErr: fields.numberOrNaN('weightStdErr'),
    dataWeight: fields.numberOrNaN('dataWeight'),
    dataWeightStdErr: fields.numberOrNaN('dataWeightStdErr'),
  };
}
