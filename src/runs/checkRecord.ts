import { type ImageShape, imageSize } from '../shared/image';
import type { FitSettings } from '../shared/settings';
import { allObjectiveNames, defaultFitSettings, mixingChoices } from '../shared/settings';
import { Fields } from './fields';
import { checkDataRecord, checkSampleRecord } from './checkSampleRecord';
import type { ParamRecord, RunRecord } from './record';
import { RunError } from './runError';
import type { SampleRecord } from './sampleRecord';

/** Checks the content of any `run.json`. `where` names it in messages. Throws RunError. */
export function checkAnyRecord(value: unknown, where: string): RunRecord | SampleRecord {
  const fields = new Fields(value, where);
  checkFormat(fields, where);
  // Directories of the first versions hold fits and do not say so.
  const kind = fields.raw('kind') ?? 'fit';
  if (kind === 'fit') return checkRecord(value, where);
  if (kind === 'sample') return checkSampleRecord(value, where);
  throw new RunError('unsupported', `${where} is of a kind of run that this Unblind does not know; update to read it.`);
}

function checkFormat(fields: Fields, where: string): void {
  const format = fields.raw('format');
  if (format === 1) return;
  throw typeof format === 'number' && format > 1
    ? new RunError('unsupported', `${where} was written by a newer Unblind (format ${format}); update to read it.`)
    : new RunError('malformed', `${where} does not say which format it has.`);
}

/** Checks the content of a fit's `run.json`. `where` names it in messages. Throws RunError. */
export function checkRecord(value: unknown, where: string): RunRecord {
  const fields = new Fields(value, where);
  checkFormat(fields, where);
  const kind = fields.raw('kind') ?? 'fit';
  if (kind !== 'fit') throw new RunError('unsupported', `${where} is not of a fit${kind === 'sample' ? ' but of a sampler' : ''}.`);
  const dim = fields.integer('dim', 1, 1_000_000);
  const standardization = fields.object('standardization');
  const data = fields.object('data');
  return {
    format: 1,
    kind: 'fit',
    id: fields.text('id'),
    createdAt: fields.text('createdAt'),
    unblind: fields.text('unblind'),
    node: fields.text('node'),
    platform: fields.text('platform'),
    file: fields.text('file'),
    energy: fields.text('energy'),
    dim,
    objective: fields.oneOf('objective', allObjectiveNames),
    executor: fields.text('executor'),
    executorDetail: fields.text('executorDetail'),
    seed: fields.number('seed'),
    settings: checkSettings(fields.object('settings')),
    params: fields.list('params', 10_000).map((param, index) => checkParam(param, `params[${index}] in ${where}`)),
    standardization: { mean: standardization.numbers('mean', dim), scale: standardization.numbers('scale', dim) },
    data: checkDataRecord(data),
    mixing: fields.raw('mixing') === null ? null : { description: fields.object('mixing').text('description') },
    ...(fields.raw('image') !== undefined && { image: checkImage(fields.object('image'), dim, where) }),
  };
}

function checkImage(image: Fields, dim: number, where: string): ImageShape {
  const channels = image.integer('channels', 1, 3);
  const shape: ImageShape = {
    width: image.integer('width', 1, dim),
    height: image.integer('height', 1, dim),
    channels: channels === 3 ? 3 : 1,
  };
  if (shape.channels !== channels || imageSize(shape) !== dim)
    throw new RunError('malformed', `'image' in ${where} is not of ${dim} numbers.`);
  return shape;
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
    else if (key === 'objective') known[key] = fields.oneOf(key, allObjectiveNames);
    else if (key === 'mixing') known[key] = fields.oneOf(key, mixingChoices);
    else if (key === 'schedule') known[key] = fields.oneOf(key, ['cosine', 'constant']);
    else if (key === 'directions') known[key] = fields.oneOf(key, ['rademacher', 'gaussian']);
    else known[key] = fields.text(key);
  }
  return { ...defaultFitSettings, ...known };
}
