import { samplerForms } from '../../shared/samplers/samplerForms';
import { formatFixed, formatNumber } from '../../shared/plot/numberFormat';
import type { OptionValue } from '../../shared/samplerForm';
import type { SampleRecord } from '../sampleRecord';
import type { Markup } from './markup';
import { settingsOfOne } from './settingsTable';

function optionText(value: OptionValue): string {
  if (typeof value !== 'number') return String(value);
  return Number.isInteger(value) ? formatFixed(value, 0) : formatNumber(value);
}

/** All that was asked of a sampler. */
export function sampleSettings(record: SampleRecord): Markup {
  const help = samplerForms.find(({ name }) => name === record.sampler)?.options;
  const rows = record.data?.rows === null || !record.data ? '' : `, ${formatFixed(record.data.rows, 0)} rows`;
  return settingsOfOne([
    ['Energy', record.energy],
    ['File', record.file],
    ['Dimensions', String(record.dim)],
    ['What is sampled', record.target.description],
    ['Start', record.start.description],
    ['Data', record.data ? record.data.description + rows : 'none'],
    ['Sampler', record.sampler],
    ...Object.entries(record.options).map(
      ([name, value]) => [`${name}${help?.[name] ? `: ${help[name].help}` : ''}`, optionText(value)] as const,
    ),
    ['Particles', formatFixed(record.particles, 0)],
    ['Seed', String(record.seed)],
    ['Executor', record.executor],
    ['Device', record.executorDetail],
    ['Software', `Unblind ${record.unblind}, Node ${record.node}, ${record.platform}`],
    ['Begun', record.createdAt],
    ['Run', record.id],
  ]);
}
