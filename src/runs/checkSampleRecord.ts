import type { OptionValue } from '../shared/samplerForm';
import { Fields } from './fields';
import type { DataRecord } from './record';
import { RunError } from './runError';
import { type SampleRecord, type TargetRecord, targetKinds } from './sampleRecord';

const maxInteger = Number.MAX_SAFE_INTEGER;

/** Checks what a record says of the data. Throws RunError. */
export function checkDataRecord(data: Fields): DataRecord {
  return {
    description: data.text('description'),
    rows: data.raw('rows') === null ? null : data.integer('rows', 0, maxInteger),
    known: data.flag('known'),
  };
}

/** Checks the content of a sampler run's `run.json`, whose format and kind are known. `where` names it in messages. Throws RunError. */
export function checkSampleRecord(value: unknown, where: string): SampleRecord {
  const fields = new Fields(value, where);
  const start = fields.object('start');
  return {
    format: 1,
    kind: 'sample',
    id: fields.text('id'),
    createdAt: fields.text('createdAt'),
    unblind: fields.text('unblind'),
    node: fields.text('node'),
    platform: fields.text('platform'),
    file: fields.text('file'),
    energy: fields.text('energy'),
    dim: fields.integer('dim', 1, 1_000_000),
    sampler: fields.text('sampler'),
    options: checkOptions(fields, where),
    particles: fields.integer('particles', 1, maxInteger),
    target: checkTarget(fields.object('target')),
    start: {
      kind: start.text('kind'),
      description: start.text('description'),
      ...(start.raw('path') !== undefined && { path: start.text('path') }),
    },
    data: fields.raw('data') === null ? null : checkDataRecord(fields.object('data')),
    executor: fields.text('executor'),
    executorDetail: fields.text('executorDetail'),
    seed: fields.number('seed'),
  };
}

function checkTarget(target: Fields): TargetRecord {
  const run = target.raw('run') === null ? null : target.object('run');
  const guide = target.raw('guide') === undefined ? undefined : target.object('guide');
  return {
    kind: target.oneOf('kind', targetKinds),
    description: target.text('description'),
    run: run && { directory: run.text('directory'), step: run.integer('step', 0, maxInteger) },
    ...(guide && { guide: { energy: guide.text('energy'), weight: guide.number('weight') } }),
  };
}

/** Any names: a sampler's options change with its version. */
function checkOptions(fields: Fields, where: string): Readonly<Record<string, OptionValue>> {
  const options = fields.raw('options');
  const entries = typeof options === 'object' && options !== null && !Array.isArray(options) ? Object.entries(options) : undefined;
  const values = entries?.flatMap(([name, option]: [string, unknown]) =>
    typeof option === 'number' || typeof option === 'boolean' || typeof option === 'string' ? [[name, option] as const] : [],
  );
  if (!entries || values?.length !== entries.length || entries.length > 1000)
    throw new RunError('malformed', `'options' in ${where} is not an object of numbers, texts and switches.`);
  return Object.fromEntries(values);
}
