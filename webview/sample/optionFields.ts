/** Options of samplers as fields of a form: what they are called, and what makes sense. */

import { formatFixed, formatNumber } from '../../src/shared/plot/numberFormat';
import type { PanelSampleSettings } from '../../src/shared/panelProtocol';
import type { NumberOption, Option, OptionValue } from '../../src/shared/samplerForm';
import { t } from '../words';

/** How many particles there may be. Own choice: more are drawn no differently. */
export const particlesOption: NumberOption = { kind: 'integer', default: 1000, least: 1, most: 1_000_000, help: t('Particles') };

/** Of all random numbers of the run; any whole number that a double holds. */
export const seedOption: NumberOption = { kind: 'integer', default: 0, help: t('Of all random numbers of the run') };

/** `stepSize` as "Step size". */
export function optionLabel(name: string): string {
  const words = name.replace(/([a-z0-9])([A-Z])/g, (_, end: string, start: string) => `${end} ${start.toLowerCase()}`);
  return asSentenceStart(words);
}

/** The text with a capital at its start. */
export function asSentenceStart(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function bound(value: number): string {
  return Number.isInteger(value) ? formatFixed(value, 0) : formatNumber(value, 3);
}

/** Bounds in words, such as "above 0"; empty where there are none. */
export function boundsText({ least, above, most }: NumberOption): string {
  if (above !== undefined)
    return most === undefined ? t('above {0}', bound(above)) : t('above {0}, at most {1}', bound(above), bound(most));
  if (least !== undefined) return most === undefined ? t('from {0}', bound(least)) : t('from {0} to {1}', bound(least), bound(most));
  return most === undefined ? '' : t('at most {0}', bound(most));
}

/** The number that a text means to an option, or the sentence on what it should be. */
export function parseOption(option: NumberOption, text: string): number | string {
  const { kind, least = -Infinity, above = -Infinity, most = Infinity } = option;
  const value = text === '' ? Number.NaN : Number(text.replace(',', '.'));
  const whole = kind === 'number' || Number.isSafeInteger(value);
  if (Number.isFinite(value) && whole && value >= least && value > above && value <= most) return value;
  const bounds = boundsText(option);
  if (bounds === '') return kind === 'integer' ? t('A whole number.') : t('A number.');
  return kind === 'integer' ? t('A whole number {0}.', bounds) : t('A number {0}.', bounds);
}

/** The value of an option: what was set, else its default. */
export function optionValue({ options }: PanelSampleSettings, sampler: string, name: string, option: Option): OptionValue {
  return options[sampler]?.[name] ?? option.default;
}

/** The options of all samplers with one changed; those that are the defaults are left out. */
export function withOption(
  { options }: PanelSampleSettings,
  sampler: string,
  name: string,
  option: Option,
  value: OptionValue,
): PanelSampleSettings['options'] {
  const rest = Object.entries(options[sampler] ?? {}).filter(([known]) => known !== name);
  const values = value === option.default ? rest : [...rest, [name, value] as const];
  return { ...options, [sampler]: Object.fromEntries(values) };
}
