/** What all charts of Chart.js share: ticks, fonts, tooltips. */

import type { ChartOptions, TooltipItem } from 'chart.js';
import { formatFixed, formatNumber } from '../src/shared/plot/numberFormat';
import type { Theme } from './theme';
import { t } from './words';

export function tickText(value: number | string): string {
  const number = Number(value);
  return Number.isInteger(number) ? formatFixed(number, 0) : formatNumber(number, 2);
}

/** Powers of ten only, if there are enough of them: labels between them would touch. */
export function logTickText(this: { readonly min: number; readonly max: number }, value: number | string): string {
  const number = Number(value);
  const power = Math.log10(number);
  const decades = Math.log10(this.max / this.min);
  const mantissa = number / 10 ** Math.floor(power + 1e-9);
  if (decades < 2 && [2, 5].some((mark) => Math.abs(mantissa - mark) < 1e-6)) return formatNumber(number, 1);
  return Math.abs(power - Math.round(power)) < 1e-9
    ? Math.abs(power) <= 3
      ? formatNumber(number, 1)
      : `10${superscript(Math.round(power))}`
    : '';
}

function superscript(power: number): string {
  return Array.from(String(power), (sign) => (sign === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(sign)])).join('');
}

export interface ChartLook {
  readonly font: { readonly family: string; readonly size: number };
  readonly ticks: { readonly color: string; readonly font: ChartLook['font']; readonly maxRotation: number };
  readonly title: (text: string) => object;
}

export function chartLook(theme: Theme): ChartLook {
  const font = { family: theme.font, size: 11 };
  return {
    font,
    ticks: { color: theme.muted, font, maxRotation: 0 },
    title: (text) => ({ display: true, text, color: theme.foreground, font, padding: 2 }),
  };
}

/** Options but for the axes: still, as large as its box, with a tooltip at the nearest step. */
export function chartBase(
  theme: Theme,
  tooltip: { readonly filter?: (item: TooltipItem<'line'>) => boolean; readonly label: (item: TooltipItem<'line'>) => string },
): ChartOptions<'line'> {
  const { font } = chartLook(theme);
  return {
    animation: false,
    responsive: true,
    maintainAspectRatio: false,
    parsing: false,
    normalized: true,
    interaction: { mode: 'nearest', axis: 'x', intersect: false },
    plugins: {
      tooltip: {
        animation: false,
        backgroundColor: theme.background,
        titleColor: theme.foreground,
        bodyColor: theme.foreground,
        borderColor: theme.line,
        borderWidth: 1,
        titleFont: { ...font, weight: 'bold' },
        bodyFont: font,
        displayColors: false,
        ...(tooltip.filter ? { filter: tooltip.filter } : {}),
        callbacks: {
          title: ([item]) => t('step {0}', formatFixed(item?.parsed.x ?? Number.NaN, 0)),
          label: tooltip.label,
        },
      },
    },
  };
}
