import type { ResolvedMixing } from '../../data/mixing';
import type { MixingAdvice } from '../../shared/diagnosis';

/** A number for a sentence: two figures, with an exponent where it is small or large. */
export function figure(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size < 1e-3 || size >= 1e5) return value.toExponential(0).replace('e+', 'e');
  return String(Number(value.toPrecision(2))).replace(/^(-?)0\./, '$1.');
}

/** A share as a percentage. */
export function percent(share: number): string {
  const value = 100 * share;
  return `${value < 10 ? Number(value.toPrecision(2)) : Math.round(value)} %`;
}

/** "mode 1", "modes 2 and 4", "modes 1, 3 and 5", "39 modes". Numbers count from one. */
export function modeList(modes: readonly number[]): string {
  const names = modes.map((k) => k + 1).sort((a, b) => a - b);
  if (names.length > 5) return `${names.length} modes`;
  if (names.length === 1) return `mode ${names[0]!}`;
  return `modes ${names.slice(0, -1).join(', ')} and ${names[names.length - 1]!}`;
}

/** A place: at most four coordinates, to a thousandth of the largest. */
export function place(center: readonly number[]): string {
  const largest = center.reduce((t, c) => Math.max(t, Math.abs(c)), 0);
  const shown = center.slice(0, 4).map((c) => figure(Math.abs(c) < 1e-3 * largest ? 0 : c));
  return center.length === 1 ? shown[0]! : `(${shown.join(', ')}${center.length > 4 ? ', ...' : ''})`;
}

/** "MFD, beta .8, m = N(0, 1.4^2)". */
export function adviceWords({ beta, mixing }: MixingAdvice): string {
  return `MFD, beta ${figure(beta)}, m = ${mixingWords(mixing)}`;
}

/** "N(0, 1.4^2)", "uniform from (-2, -2) to (2, 2)". */
export function mixingWords(mixing: ResolvedMixing): string {
  if (mixing.kind === 'uniformBox') return `uniform from ${place(mixing.low)} to ${place(mixing.high)}`;
  if (mixing.kind === 'mixture') return `a mixture of ${mixing.means.length} Gaussians`;
  const { mean, std } = mixing;
  const zero = mean.every((m) => m === 0);
  const same = std.every((s) => s === std[0]);
  const spread = same ? `${figure(std[0]!)}^2${mean.length > 1 ? ' I' : ''}` : `diag ${place(std)}^2`;
  return `N(${zero ? '0' : place(mean)}, ${spread})`;
}
