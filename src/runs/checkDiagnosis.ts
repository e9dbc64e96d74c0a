/** Checks of `diagnosis.json`, which may come from a stranger. */

import type {
  DiagnosedMode,
  DiagnosisRecord,
  FssdRecord,
  MixingAdvice,
  ReportLine,
  SpectrumRecord,
  TemperingRecord,
  TestRecord,
} from '../shared/diagnosis';
import { Fields } from './fields';
import { RunError } from './runError';

const maxInteger = Number.MAX_SAFE_INTEGER;
const maxDim = 1_000_000;
const maxModes = 1000;
const maxLines = 100;
const maxLocations = 10;

const lineIds = [
  ...[
    'modes',
    'search',
    'visibility',
    'spectrum',
    'basins',
    'ksd',
    'fssd',
    'tempering',
    'logZ',
    'acceptance',
    'draws',
    'correction',
    'gradient',
  ],
] as readonly ReportLine['id'][];
const lineStatuses = ['pass', 'warn', 'fail', 'info', 'unknown'] as const;

/** A part of the record that may be null, or absent from one that an earlier version wrote. */
function part<T>(fields: Fields, key: string, check: (part: Fields) => T): T | null {
  return (fields.raw(key) ?? null) === null ? null : check(fields.object(key));
}

function textList(fields: Fields, key: string, where: string): string[] {
  return fields.list(key, 10_000).map((text) => {
    if (typeof text !== 'string') throw new RunError('malformed', `'${key}' in ${where} is not a list of texts.`);
    return text;
  });
}

function nullableNumbers(fields: Fields, key: string, length: number, where: string): (number | null)[] {
  const values = fields.list(key, length).map((value) => (value === null ? null : Number(value)));
  if (values.length !== length || values.some((value) => value !== null && !Number.isFinite(value)))
    throw new RunError('malformed', `'${key}' in ${where} is not a list of ${length} numbers.`);
  return values;
}

function checkMode(value: unknown, dim: number, where: string): DiagnosedMode {
  const fields = new Fields(value, where);
  return {
    center: fields.numbers('center', dim),
    weight: fields.numberOrNaN('weight'),
    stdErr: fields.numberOrNaN('stdErr'),
    dataWeight: fields.numberOrNull('dataWeight'),
    dataStdErr: fields.numberOrNull('dataStdErr'),
    kind: fields.oneOf('kind', ['found', 'spurious', 'missed']),
  };
}

function checkLine(value: unknown, where: string): ReportLine {
  const fields = new Fields(value, where);
  return {
    id: fields.oneOf('id', lineIds),
    title: fields.text('title'),
    status: fields.oneOf('status', lineStatuses),
    why: fields.text('why'),
    todo: fields.text('todo'),
  };
}

function checkTest(fields: Fields): TestRecord {
  return {
    statistic: fields.numberOrNaN('statistic'),
    pValue: fields.numberOrNaN('pValue'),
    rows: fields.integer('rows', 0, maxInteger),
  };
}

function checkFssd(fields: Fields, dim: number, where: string): FssdRecord {
  const locations = fields.list('locations', maxLocations).map((at, i) => {
    const place = Array.isArray(at) ? at.filter((value): value is number => typeof value === 'number' && Number.isFinite(value)) : [];
    if (place.length !== dim || (at as unknown[]).length !== dim)
      throw new RunError('malformed', `locations[${i}] in ${where} is not a list of ${dim} numbers.`);
    return place;
  });
  return { ...checkTest(fields), locations };
}

function checkTempering(fields: Fields, where: string): TemperingRecord {
  const [before, after] = [fields.numbers('before'), fields.numbers('after')];
  if (before.length !== after.length) throw new RunError('malformed', `'before' and 'after' in ${where} are not of the same modes.`);
  return {
    before,
    after,
    moved: fields.number('moved'),
    acceptance: fields.number('acceptance'),
    hottest: fields.number('hottest'),
    pValue: fields.number('pValue'),
    rows: fields.integer('rows', 0, maxInteger),
  };
}

function checkSpectrum(fields: Fields, where: string): SpectrumRecord {
  const sigma = fields.numbers('sigma');
  return {
    sigma,
    fisher: nullableNumbers(fields, 'fisher', sigma.length, where),
    fractionBelow: nullableNumbers(fields, 'fractionBelow', sigma.length, where),
    kl: fields.numberOrNaN('kl'),
    visibleFrom: fields.numberOrNull('visibleFrom'),
  };
}

function checkBarrier(value: unknown, where: string): DiagnosisRecord['barriers'][number] {
  const fields = new Fields(value, where);
  const [a = 0, b = 0] = fields.numbers('between', 2);
  if (![a, b].every((k) => Number.isInteger(k) && k >= 0 && k < maxModes))
    throw new RunError('malformed', `'between' in ${where} does not name two modes.`);
  return { between: [a, b], height: fields.numberOrNaN('height') };
}

function checkAdvice(fields: Fields, dim: number): MixingAdvice {
  const mixing = fields.object('mixing');
  return {
    beta: fields.number('beta'),
    mixing: { kind: mixing.oneOf('kind', ['gaussian']), mean: mixing.numbers('mean', dim), std: mixing.numbers('std', dim) },
    visibility: fields.numberOrNaN('visibility'),
  };
}

/** Checks the content of a `diagnosis.json`. `where` names it in messages. Throws RunError. */
export function checkDiagnosis(value: unknown, where: string): DiagnosisRecord {
  const fields = new Fields(value, where);
  if (fields.raw('format') !== 1)
    throw new RunError('unsupported', `${where} was not written by this version of Unblind; diagnose the run again.`);
  const dim = fields.integer('dim', 1, maxDim);
  const modes = fields.list('modes', maxModes).map((mode, k) => checkMode(mode, dim, `modes[${k}] in ${where}`));
  return {
    format: 1,
    file: fields.text('file'),
    energy: fields.text('energy'),
    of: fields.oneOf('of', ['energy', 'run', 'data']),
    subject: fields.text('subject'),
    runDir: fields.raw('runDir') === null ? null : fields.text('runDir'),
    dim,
    rows: fields.raw('rows') === null ? null : fields.integer('rows', 0, maxInteger),
    seed: fields.number('seed'),
    executor: fields.text('executor'),
    seconds: fields.number('seconds'),
    unblind: fields.text('unblind'),
    verdict: fields.oneOf('verdict', ['blind', 'sees', 'cannot tell']),
    summary: fields.text('summary'),
    next: fields.text('next'),
    visibility: part(fields, 'visibility', (seen) => ({ fisher: seen.numberOrNaN('fisher'), mfd: seen.numberOrNaN('mfd') })),
    modes,
    barriers: fields.list('barriers', maxModes ** 2).map((barrier, i) => checkBarrier(barrier, `barriers[${i}] in ${where}`)),
    ksd: part(fields, 'ksd', checkTest),
    perturbedKsd: part(fields, 'perturbedKsd', checkTest),
    fssd: part(fields, 'fssd', (test) => checkFssd(test, dim, `'fssd' in ${where}`)),
    tempering: part(fields, 'tempering', (test) => checkTempering(test, `'tempering' in ${where}`)),
    logZ: part(fields, 'logZ', (logZ) => ({ lower: logZ.number('lower'), upper: logZ.number('upper') })),
    advice: part(fields, 'advice', (advice) => checkAdvice(advice, dim)),
    basins: part(fields, 'basins', (basins) => ({
      predicted: basins.numbers('predicted'),
      actual: basins.numbers('actual'),
      particles: basins.integer('particles', 1, maxInteger),
    })),
    spectrum: part(fields, 'spectrum', (spectrum) => checkSpectrum(spectrum, `'spectrum' in ${where}`)),
    lines: fields.list('lines', maxLines).map((line, i) => checkLine(line, `lines[${i}] in ${where}`)),
    notes: textList(fields, 'notes', where),
  };
}
