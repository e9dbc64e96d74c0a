/** HTML or SVG that may be put in a page as it is. Made by `markup`, which escapes everything else. */
export class Markup {
  constructor(readonly text: string) {}
}

/** What `markup` takes: texts are escaped, numbers are coordinates (two decimals), lists are joined, null is nothing. */
export type Content = Markup | string | number | null | readonly Content[];

/** Template tag: the literal parts are markup, every value is escaped unless it is Markup itself. Safe in text and in double-quoted attributes. */
export function markup(literals: TemplateStringsArray, ...values: readonly Content[]): Markup {
  const parts = literals.map((literal, index) => literal + (index < values.length ? render(values[index] ?? null) : ''));
  return new Markup(parts.join(''));
}

function render(value: Content): string {
  if (value === null) return '';
  if (value instanceof Markup) return value.text;
  if (typeof value === 'string') return escapeText(value);
  if (typeof value === 'number') return Number.isFinite(value) ? String(Math.round(value * 100) / 100) : '0';
  return value.map(render).join('');
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Control characters but for line ends and tabs, and those that turn the direction of text: a hostile name could disguise itself with them. */
const invisible = /(?![\t\n\r])[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

/** Escapes a text for HTML content and quoted attributes, and makes control and direction characters visible. */
export function escapeText(text: string): string {
  return text.replace(invisible, '\ufffd').replace(/[&<>"']/g, (character) => entities[character] ?? '');
}
