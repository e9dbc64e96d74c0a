const minus = '\u2212';
const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** `digits` significant digits, with a true minus sign; very large and very small numbers as 1.2 × 10⁻⁵; a dash where the number is unknown. */
export function formatNumber(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? '–' : value > 0 ? '∞' : `${minus}∞`;
  if (value === 0) return '0';
  const magnitude = Math.floor(Math.log10(Math.abs(value)));
  if (magnitude < -4 || magnitude >= 7) return scientific(value, digits);
  return formatFixed(value, Math.max(0, digits - 1 - magnitude));
}

/** `decimals` digits after the point, thousands parted by commas. */
export function formatFixed(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return formatNumber(value);
  const [whole = '', fraction] = Math.abs(value).toFixed(Math.min(20, decimals)).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  const text = fraction === undefined ? grouped : `${grouped}.${fraction}`;
  return value < 0 && /[1-9]/.test(text) ? minus + text : text;
}

function scientific(value: number, digits: number): string {
  const [mantissa = '', exponent = '0'] = Math.abs(value)
    .toExponential(digits - 1)
    .split('e');
  const power = Number(exponent);
  const raised = Array.from(String(Math.abs(power)), (digit) => superscripts[Number(digit)]).join('');
  return `${value < 0 ? minus : ''}${mantissa} × 10${power < 0 ? '⁻' : ''}${raised}`;
}

/** Relative error that four significant digits do not show. */
const negligible = 1e-4;

/**
 * A value with its error, the error to one significant digit, or two where the first is a 1. An error too small to show in
 * four digits of the value, as those of quadrature are, is left out.
 */
export function formatWithError(value: number, stdErr: number | null): string {
  if (stdErr === null || !(stdErr > 0) || !Number.isFinite(stdErr) || stdErr < negligible * Math.abs(value)) return formatNumber(value, 4);
  const magnitude = Math.floor(Math.log10(stdErr));
  const decimals = Math.min(8, Math.max(0, (stdErr / 10 ** magnitude < 1.95 ? 1 : 0) - magnitude));
  return `${formatFixed(value, decimals)} ± ${formatFixed(stdErr, decimals)}`;
}

/** A weight or a probability. */
export function formatWeight(value: number): string {
  return formatFixed(value, 3);
}

/** KL and negative mass: two significant digits say all there is to say. */
export function formatSmall(value: number): string {
  return formatNumber(value, 2);
}

/** Seconds in the unit one would use when speaking. */
export function formatSeconds(seconds: number): string {
  if (seconds < 100) return `${formatNumber(seconds, seconds < 10 ? 2 : 3)} s`;
  if (seconds < 6000) return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

/** A point such as (−1.00, 0.98). */
export function formatPoint(point: readonly number[]): string {
  const shown = point.slice(0, 3).map((value) => formatFixed(value, Math.abs(value) < 10 ? 2 : 1));
  return `(${shown.join(', ')}${point.length > 3 ? ', …' : ''})`;
}
