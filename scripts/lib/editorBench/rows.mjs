/** The table of `npm run bench:editor`: what was asked for beside what was measured. */

/**
 * @typedef {object} Row
 * @property {string} what
 * @property {string} unit
 * @property {{ readonly most?: number, readonly least?: number } | undefined} target none where the row only explains another
 * @property {readonly number[]} values
 */

/**
 * @param {readonly number[]} values
 * @returns {number} NaN where there is none
 */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const at = (/** @type {number} */ i) => sorted[i] ?? NaN;
  return Number.isInteger(middle) ? (at(middle - 1) + at(middle)) / 2 : at(Math.floor(middle));
}

/**
 * @param {Row} row
 * @returns {boolean | undefined} undefined without a target
 */
export function met({ target, values }) {
  if (target === undefined) return undefined;
  const value = median(values);
  return value <= (target.most ?? Infinity) && value >= (target.least ?? -Infinity);
}

const digits = (/** @type {number} */ value) => (Number.isNaN(value) ? 'none' : value.toFixed(Math.abs(value) < 10 ? 1 : 0));

/**
 * @param {readonly Row[]} rows
 * @returns {string}
 */
export function table(rows) {
  const lines = rows.map((row) => {
    const { what, unit, target, values } = row;
    const range = values.length > 1 ? `${digits(Math.min(...values))} to ${digits(Math.max(...values))} of ${values.length}` : '';
    const bound = target === undefined ? '' : `${target.most === undefined ? `>= ${target.least ?? ''}` : `<= ${target.most}`} ${unit}`;
    const verdict = met(row);
    return [what, bound, `${digits(median(values))} ${unit}`, range, verdict === undefined ? '' : verdict ? 'met' : 'NOT MET'];
  });
  const all = [['what', 'target', 'median', 'range', ''], ...lines];
  const widths = all[0]?.map((_, i) => Math.max(...all.map((line) => line[i]?.length ?? 0))) ?? [];
  return all
    .map((line) =>
      line
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
