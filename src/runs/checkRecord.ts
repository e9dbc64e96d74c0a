import type { FitSettings } from '../shared/settings';
import { defaultFitSettings, mixingChoices, objectiveNames } from '../shared/settings';
import { Fields } from './fields';
import type { ParamRecord, RunRecord } from './record';
import { RunError } from './runError';

const maxInteger = Number.MAX_SAFE_INTEGER;

/** Checks the content of `run.json`. `where` names it in messages. Throws RunError. */
export function checkRecord(value: unknown, where: string): RunRecord {
  const fields = new Fields(value, where);
  const format = fields.raw('format');
  if (format !== 1) {
    const newer = typeof format === 'number' && format > 1;
    throw newer
      ? new RunError('unsupported', `${where} was written by a newer Unblind (format ${format}); update to read it.`)
      : new RunError('malformed', `${where} does not say which format it has.`);
  }
  const dim = fields.integer('dim', 1, 1_000_000);
  const standardization = fields.object('standardization');
  const data = fields.object('data');
  return {
    format,
    id: fields.text('id'),
    createdAt: fields.text('createdAt'),
    unblind: fields.text('unblind'),
    node: fields.text('node'),
    platform: fields.text('platform'),
    file: fields.text('file'),
    energy: fields.text('energy'),
    dim,
    objective: fields.oneOf('objective', objectiveNames),
    executor: fields.text('executor'),
    executorDetail: fields.text('executorDetail'),
    seed: fields.number('seed'),
    settings: checkSettings(fields.object('settings')),
    params: fields.list('params', 10_000).map((param, index) => checkParam(param, `params[${index}] in ${where}`)),
    standardization: { mean: standardization.numbers('mean', dim), scale: standardization.numbers('scale', dim) },
    data: {
      description: data.text('description'),
      rows: data.raw('rows') === null ? null : data.integer('rows', 0, maxInteger),
      known: data.flag('known'),
    },
    mixing: fields.raw('mixing') === null ? null : { description: fields.object('mixing').text('description') },
  };
}

function checkParam(value: unknown, where: string): ParamRecord {
  const fields = new Fields(value, where);
  return { name: fields.text('name'), shape: fields.numbers('shape') };
}

/** A setting that the writer did not know yet takes its default: an old run then reads as it was run. */
function checkSettings(fields: Fields): FitSettings {
  const known: Record<string, unknown> = {};
  for (const [key, fallback] of Object.entries(defaultFitSettings)) {
    if (fields.raw(key) === undefined) continue;
    if (typeof fallback === 'number') known[key] = fields.number(key);
    else if (typeof fallback === 'boolean') known[key] = fields.flag(key);
    else if (key === 'objective') known[key] = fields.oneOf(key, objectiveNames);
    else if (key === 'mixing') known[key] = fields.oneOf(key, mixingChoices);
    else if (key === 'schedule') known[key] = fields.oneOf(key, ['cosine', 'constant']);
    else if (key === 'directions') known[key] = fields.oneOf(key, ['rademacher', 'gaussian']);
    else known[key] = fields.text(key);
  }
  return { ...defaultFitSettings, ...known };
}
