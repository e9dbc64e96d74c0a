/** Reads the sandbox's answer. User code ran where it was written, so nothing in it is taken on trust. */

import { energyFileReasons, type EnergyFileReason } from './errors';
import type { Answer } from './answer';
import { decodeFix } from './decodeFix';
import { oneLine } from '../shared/oneLine';

/** The answer is not what a sandbox answers. */
export class AnswerError extends Error {
  override readonly name = 'AnswerError';
}

/** Lists and objects of an answer, and their members: parsed, each takes a hundred times the memory of its text. */
const mostParts = 4_000_000;

/** Lists in lists and objects in objects, wherever they may be nested at will. */
const deepest = 100;

/** @throws AnswerError where an answer would take far more memory than its text */
function checkParts(text: string): void {
  let parts = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    // A comma, an opening bracket, an opening brace.
    if ((code === 0x2c || code === 0x5b || code === 0x7b) && ++parts > mostParts) throw new AnswerError('the answer has too many parts');
  }
}

/** A key in a path; a stranger's may be long. */
function shownKey(key: string): string {
  return oneLine(key.slice(0, 40));
}

/** A part of the answer and its path, for messages. */
export class Field {
  constructor(
    readonly value: unknown,
    readonly path: string,
    private readonly depth = 0,
  ) {
    if (depth > deepest) this.fail(`nested less than ${deepest} times`);
  }

  /** @throws AnswerError */
  fail(wanted: string): never {
    throw new AnswerError(`${this.path} is not ${wanted}`);
  }

  private get record(): Readonly<Record<string, unknown>> {
    const { value } = this;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return this.fail('an object');
    return value as Readonly<Record<string, unknown>>;
  }

  at(key: string): Field {
    const { record } = this;
    return new Field(Object.hasOwn(record, key) ? record[key] : undefined, `${this.path}.${shownKey(key)}`, this.depth + 1);
  }

  /** A field that may be absent. */
  optional(key: string): Field | undefined {
    const field = this.at(key);
    return field.value === undefined ? undefined : field;
  }

  keys(): string[] {
    return Object.keys(this.record);
  }

  text(longest = 100_000): string {
    const { value } = this;
    return typeof value === 'string' && value.length <= longest ? value : this.fail('a text');
  }

  /** A text for people, on one line: control characters and those that turn the direction of text become blanks. */
  line(longest?: number): string {
    return oneLine(this.text(longest));
  }

  flag(): boolean {
    return typeof this.value === 'boolean' ? this.value : this.fail('true or false');
  }

  /** A number; infinities come as { special }. */
  number(): number {
    const { value } = this;
    if (typeof value === 'number') return value;
    const name = typeof value === 'object' && value !== null ? (value as { readonly special?: unknown }).special : undefined;
    if (name === 'Infinity') return Infinity;
    return name === '-Infinity' ? -Infinity : this.fail('a number');
  }

  whole(least: number, most: number): number {
    const value = this.number();
    return Number.isInteger(value) && value >= least && value <= most ? value : this.fail(`a whole number from ${least} to ${most}`);
  }

  oneOf<T extends string>(names: readonly T[]): T {
    return names.find((name) => name === this.value) ?? this.fail(`one of ${names.join(', ')}`);
  }

  list(longest = 1_000_000): Field[] {
    const { value } = this;
    if (!Array.isArray(value) || value.length > longest) return this.fail('a list');
    return value.map((item: unknown, i) => new Field(item, `${this.path}[${i}]`, this.depth + 1));
  }

  numbers(longest = 1_000_000): number[] {
    return this.list(longest).map((item) => item.number());
  }

  /** Packed numbers; `length` where it is known. */
  packed(length?: number): Float64Array {
    const bits = this.at('bits').whole(32, 64);
    const text = this.at('base64').text(1 << 30);
    const bytes = Buffer.from(text, 'base64');
    const width = bits / 8;
    const count = bytes.length / width;
    if ((bits !== 32 && bits !== 64) || !Number.isInteger(count) || (length !== undefined && count !== length))
      this.fail('packed numbers of the right length');
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return Float64Array.from({ length: count }, (_, i) => (bits === 32 ? view.getFloat32(4 * i, true) : view.getFloat64(8 * i, true)));
  }
}

/**
 * Parses the outer form of an answer.
 *
 * @throws AnswerError where it has another form
 */
export function decodeAnswer(text: string): Answer {
  checkParts(text);
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new AnswerError('the answer is not JSON');
  }
  const root = new Field(parsed, 'answer');
  const log = root
    .at('log')
    .list()
    .map((line) => line.text());
  if (root.at('kind').oneOf(['failed', 'traced']) === 'failed') {
    const line = root.optional('line')?.whole(1, 1e9);
    const column = root.optional('column')?.whole(1, 1e9);
    const fix = root.optional('fix');
    const reason: EnergyFileReason = root.at('reason').oneOf(energyFileReasons);
    return {
      kind: 'failed',
      reason,
      message: root.at('message').line().trim() || 'The file threw an error that has no message.',
      log,
      ...(line !== undefined && column !== undefined && { line, column }),
      ...(fix && { fix: decodeFix(fix) }),
    };
  }
  return {
    kind: 'traced',
    energies: root
      .at('energies')
      .list(10_000)
      .map((energy) => energy.value),
    warnings: root
      .at('warnings')
      .list()
      .map((warning) => warning.line()),
    log,
  };
}
