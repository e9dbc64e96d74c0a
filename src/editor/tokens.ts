/** Splits half-written TypeScript into words and punctuation, without what is said in comments, strings and templates. */

export interface Token {
  readonly text: string;
  /** Offset of its first character, in UTF-16 units. */
  readonly offset: number;
}

const word = /[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/uy;
const number = /\d[\w.]*/y;

/** After these words a slash begins a regular expression. */
const beforeExpression = new Set([
  'return',
  'typeof',
  'case',
  'in',
  'of',
  'delete',
  'void',
  'throw',
  'new',
  'do',
  'else',
  'await',
  'yield',
]);

/** A file with more broken templates than this is not looked at more closely: each costs a walk to its end. */
const maxBrokenTemplates = 20;

/** The tokens of `source` in order; strings, templates and regular expressions count as one token, named by its first character. */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  let brokenTemplates = 0;
  let offset = 0;
  while (offset < source.length) {
    const skipped = skipSpace(source, offset);
    if (skipped > offset) {
      offset = skipped;
      continue;
    }
    const start = offset;
    const first = source[offset]!;
    const long = match(word, source, offset) ?? match(number, source, offset);
    if (long !== undefined) {
      offset += long.length;
      tokens.push({ text: long, offset: start });
      continue;
    }
    let end: number | undefined;
    if (first === '`' && brokenTemplates < maxBrokenTemplates) {
      end = endOfTemplate(source, offset);
      if (end === undefined) brokenTemplates++;
    } else if (first === "'" || first === '"') end = endOfString(source, offset);
    else if (first === '/' && mayBeginExpression(tokens.at(-1))) end = endOfRegularExpression(source, offset);
    offset = end ?? offset + 1;
    tokens.push({ text: first, offset: start });
  }
  return tokens;
}

function match(pattern: RegExp, source: string, offset: number): string | undefined {
  pattern.lastIndex = offset;
  return pattern.exec(source)?.[0];
}

/** Past white space and comments; an open comment reaches to the end, as the language has it. */
function skipSpace(source: string, offset: number): number {
  for (let at = offset; at < source.length;) {
    const character = source.charCodeAt(at);
    if (character <= 32 || character === 0xa0 || character === 0xfeff) at++;
    else if (source.startsWith('//', at)) at = orEnd(source.indexOf('\n', at), source);
    else if (source.startsWith('/*', at)) at = orEnd(source.indexOf('*/', at + 2), source, 2);
    else return at;
  }
  return source.length;
}

function orEnd(found: number, source: string, length = 0): number {
  return found < 0 ? source.length : found + length;
}

/** A string that is not closed ends with its line: the quote is being typed. */
function endOfString(source: string, offset: number): number {
  const quote = source[offset];
  for (let at = offset + 1; at < source.length; at++) {
    if (source[at] === '\\') at++;
    else if (source[at] === quote) return at + 1;
    else if (source[at] === '\n') return at;
  }
  return source.length;
}

/** Undefined where the template is not closed. */
function endOfTemplate(source: string, offset: number): number | undefined {
  for (let at = offset + 1; at < source.length; at++) {
    if (source[at] === '\\') at++;
    else if (source[at] === '`') return at + 1;
    else if (source.startsWith('${', at)) {
      const end = endOfSubstitution(source, at + 2);
      if (end === undefined) return undefined;
      at = end - 1;
    }
  }
  return undefined;
}

function endOfSubstitution(source: string, offset: number): number | undefined {
  let depth = 1;
  for (let at = offset; at < source.length;) {
    const skipped = skipSpace(source, at);
    if (skipped > at) {
      at = skipped;
      continue;
    }
    const character = source[at]!;
    if (character === '`') {
      const end = endOfTemplate(source, at);
      if (end === undefined) return undefined;
      at = end;
      continue;
    }
    if (character === "'" || character === '"') {
      at = endOfString(source, at);
      continue;
    }
    if (character === '{') depth++;
    if (character === '}' && --depth === 0) return at + 1;
    at++;
  }
  return undefined;
}

function mayBeginExpression(previous: Token | undefined): boolean {
  if (previous === undefined) return true;
  if (/^[\p{ID_Continue}$]/u.test(previous.text)) return beforeExpression.has(previous.text);
  return !')]}\'"`'.includes(previous.text);
}

/** Undefined where the line ends first: then the slash is a division. */
function endOfRegularExpression(source: string, offset: number): number | undefined {
  let inClass = false;
  for (let at = offset + 1; at < source.length && source[at] !== '\n'; at++) {
    if (source[at] === '\\') at++;
    else if (source[at] === '[') inClass = true;
    else if (source[at] === ']') inClass = false;
    else if (source[at] === '/' && !inClass) return at + 1;
  }
  return undefined;
}
