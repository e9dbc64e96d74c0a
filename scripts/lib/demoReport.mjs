/** What the demo says about two fits of the four modes: a table, and in words what the numbers show. */

/**
 * @typedef {object} Fit what `unblind fit --json` answers, as far as the demo uses it
 * @property {string} runDir
 * @property {number} seconds
 * @property {number | null} kl
 * @property {number} logZ
 * @property {number} negativeMass
 * @property {readonly { readonly center: readonly number[], readonly weight: number }[]} modes
 */

/** The modes of examples/fourModes.energy.ts. */
export const truth = [
  { center: [-1, -1], weight: 0.1 },
  { center: [-1, 1], weight: 0.2 },
  { center: [1, -1], weight: 0.3 },
  { center: [1, 1], weight: 0.4 },
];

/** A fitted mode belongs to the true mode that is nearer than this: half the distance between two of them. */
const reach = 1;

/** A weight is called right within this much. */
export const tolerance = 0.05;

/**
 * @param {Fit} fit
 * @returns {number[]} the fit's weight of each true mode, 0 for one that it missed
 */
export function modeWeights(fit) {
  return truth.map(({ center }) =>
    fit.modes.filter((mode) => distance(mode.center, center) < reach).reduce((sum, mode) => sum + mode.weight, 0),
  );
}

/**
 * @param {Fit} fit
 * @returns {number} the largest distance of a weight from the truth
 */
export function worstError(fit) {
  return Math.max(...modeWeights(fit).map((weight, i) => Math.abs(weight - (truth[i]?.weight ?? 0))));
}

/**
 * @param {Fit} fisher
 * @param {Fit} mfd
 * @returns {string} the two fits side by side
 */
export function table(fisher, mfd) {
  const [left, right] = [modeWeights(fisher), modeWeights(mfd)];
  const rows = [
    ['', 'plain score matching', 'MFD', 'truth'],
    ['KL(data || model)', figure(fisher.kl), figure(mfd.kl), figure(0)],
    ...truth.map(({ center, weight }, i) => [`weight of mode (${center.join(', ')})`, figure(left[i]), figure(right[i]), figure(weight)]),
    ['log Z', figure(fisher.logZ), figure(mfd.logZ), ''],
    ['negative mass', figure(fisher.negativeMass), figure(mfd.negativeMass), figure(0)],
    ['seconds of training', fisher.seconds.toFixed(1), mfd.seconds.toFixed(1), ''],
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows
    .map((row) =>
      row
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
        .join('   ')
        .trimEnd(),
    )
    .join('\n');
}

/**
 * @param {Fit} fisher
 * @param {Fit} mfd
 * @returns {string} what the numbers show, in words
 */
export function verdict(fisher, mfd) {
  const [fisherError, mfdError] = [worstError(fisher), worstError(mfd)];
  const [fisherRight, mfdRight] = [fisherError <= tolerance, mfdError <= tolerance];
  const lines = [
    `Plain score matching got the weights ${fisherRight ? 'right' : 'wrong'}: the worst is off by ${figure(fisherError)}.`,
    `MFD got the weights ${mfdRight ? 'right' : 'wrong'}: the worst is off by ${figure(mfdError)}.`,
  ];
  if (fisherRight || !mfdRight) lines.push('This run does not show the difference that the demo is about.');
  return lines.join('\n');
}

/**
 * @param {readonly number[]} a
 * @param {readonly number[]} b
 * @returns {number}
 */
function distance(a, b) {
  return Math.hypot(...b.map((value, i) => value - (a[i] ?? Number.NaN)));
}

/**
 * @param {number | null | undefined} value
 * @returns {string}
 */
function figure(value) {
  return value === null || value === undefined ? '-' : value.toFixed(4);
}
