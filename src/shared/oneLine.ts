const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu;

/** A text on one line, for people: control characters, line ends and what turns the direction of text become blanks. */
export function oneLine(text: string): string {
  return text.replaceAll(unprintable, ' ');
}
