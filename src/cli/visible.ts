/** Names and messages of strangers on a terminal. */

/** The codes of `paint`, with which alone a text may change how it looks. */
const colours = '\\u001b\\[(?:0|1|2|31|32|33)m';

/** All else that is no printable character, no line end and no tab; also what turns the direction of text. */
const hidden = new RegExp(`(${colours})|(?![\\t\\n])[\\p{Cc}\\p{Zl}\\p{Zp}\\u202a-\\u202e\\u2066-\\u2069]`, 'gu');

/**
 * A text with its control characters spelled out, so that none moves the cursor, changes the title or hides what was written. They are
 * spelled as JSON does, which leaves JSON as it is.
 */
export function visible(text: string): string {
  return text.replaceAll(
    hidden,
    (found, colour: string | undefined) => colour ?? `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** As `visible`, on one line. */
export function visibleLine(text: string): string {
  return visible(text).replaceAll(/[\t\n]/g, ' ');
}
