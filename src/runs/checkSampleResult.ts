import type { FigureName } from '../samplers/sampler';
import type { SampledMode } from '../shared/sampleProtocol';
import { Fields } from './fields';
import { RunError } from './runError';
import { type ChainsRecord, figureNames, type LogZRecord, type SampleEvent, type SampleResult } from './sampleRecord';
import { checkSharedEvent } from './checkEvent';

const maxInteger = Number.MAX_SAFE_INTEGER;
const maxModes = 1000;

/** Known figures only: a newer sampler may say more. */
function checkFigures(fields: Fields): Readonly<Partial<Record<FigureName, number>>> {
  const figures = fields.object('figures');
  return Object.fromEntries(figureNames.flatMap((name) => (figures.raw(name) === undefined ? [] : [[name, figures.numberOrNaN(name)]])));
}

/** Checks one line of a sampler run's `events.ndjson`. Throws RunError. */
export function checkSampleEvent(value: unknown): SampleEvent {
  const fields = new Fields(value, 'an event');
  if (fields.raw('type') !== 'progress') return checkSharedEvent(fields);
  return {
    type: 'progress',
    time: fields.number('time'),
    step: fields.integer('step', 0, maxInteger),
    stepsPerSecond: fields.numberOrNaN('stepsPerSecond'),
    figures: checkFigures(fields),
  };
}

function checkLogZ(fields: Fields): LogZRecord {
  return {
    lower: fields.numberOrNaN('lower'),
    lowerError: fields.numberOrNaN('lowerError'),
    upper: fields.numberOrNaN('upper'),
    upperError: fields.numberOrNaN('upperError'),
    upperFromExactSamples: fields.flag('upperFromExactSamples'),
  };
}

function checkChains(fields: Fields): ChainsRecord {
  return {
    chains: fields.integer('chains', 1, maxInteger),
    draws: fields.integer('draws', 1, maxInteger),
    rHat: fields.numberOrNaN('rHat'),
    essBulk: fields.numberOrNaN('essBulk'),
    essTail: fields.numberOrNaN('essTail'),
  };
}

function checkMode(value: unknown, dim: number, where: string): SampledMode {
  const fields = new Fields(value, where);
  return {
    label: fields.text('label'),
    center: fields.numbers('center', dim),
    weight: fields.numberOrNaN('weight'),
    weightStdErr: fields.numberOrNaN('weightStdErr'),
    ownWeight: fields.numberOrNull('ownWeight'),
    ownWeightStdErr: fields.numberOrNull('ownWeightStdErr'),
    dataWeight: fields.numberOrNull('dataWeight'),
    dataWeightStdErr: fields.numberOrNull('dataWeightStdErr'),
  };
}

function texts(fields: Fields, key: string, where: string): string[] {
  return fields.list(key, 10_000).map((text) => {
    if (typeof text !== 'string') throw new RunError('malformed', `'${key}' in ${where} is not a list of texts.`);
    return text;
  });
}

/** Checks the content of a sampler run's `result.json`. `where` names it in messages. Throws RunError. */
export function checkSampleResult(value: unknown, dim: number, where: string): SampleResult {
  const fields = new Fields(value, where);
  const part = (key: string): Fields | null => (fields.raw(key) === null ? null : fields.object(key));
  const [temperature, chains, logZ] = [part('temperature'), part('chains'), part('logZ')];
  return {
    kind: fields.oneOf('kind', ['sample']),
    runDir: fields.text('runDir'),
    energy: fields.text('energy'),
    sampler: fields.text('sampler'),
    executor: fields.text('executor'),
    seed: fields.number('seed'),
    particles: fields.integer('particles', 1, maxInteger),
    steps: fields.integer('steps', 0, maxInteger),
    seconds: fields.number('seconds'),
    stepsPerSecond: fields.numberOrNaN('stepsPerSecond'),
    figures: checkFigures(fields),
    temperature: temperature && { value: temperature.numberOrNaN('value'), standardError: temperature.numberOrNaN('standardError') },
    chains: chains && checkChains(chains),
    logZ: logZ && checkLogZ(logZ),
    modes: fields.list('modes', maxModes).map((mode, index) => checkMode(mode, dim, `modes[${index}] in ${where}`)),
    warnings: texts(fields, 'warnings', where),
    notes: texts(fields, 'notes', where),
  };
}
