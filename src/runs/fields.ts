import { RunError } from './runError';

/** Longest text that a run directory may hold in one field: file paths and messages are far shorter. */
const maxTextLength = 20_000;

/** Reads the fields of a JSON object that may come from a stranger. Each method throws a RunError that names the file and the field. */
export class Fields {
  private readonly values: Readonly<Record<string, unknown>>;

  /** `where` names the object in messages, such as "run.json of /tmp/x". */
  constructor(
    value: unknown,
    private readonly where: string,
  ) {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new RunError('malformed', `${where} is not a JSON object.`);
    this.values = Object.fromEntries(Object.entries(value));
  }

  /** The field as it is, undefined where absent. */
  raw(key: string): unknown {
    return Object.hasOwn(this.values, key) ? this.values[key] : undefined;
  }

  text(key: string): string {
    const value = this.raw(key);
    if (typeof value !== 'string' || value.length > maxTextLength) throw this.bad(key, 'a text');
    return value;
  }

  oneOf<T extends string>(key: string, choices: readonly T[]): T {
    const value = this.raw(key);
    const choice = choices.find((candidate) => candidate === value);
    if (choice === undefined) throw this.bad(key, `one of ${choices.join(', ')}`);
    return choice;
  }

  flag(key: string): boolean {
    const value = this.raw(key);
    if (typeof value !== 'boolean') throw this.bad(key, 'true or false');
    return value;
  }

  /** A finite number. */
  number(key: string): number {
    const value = this.raw(key);
    if (typeof value !== 'number' || !Number.isFinite(value)) throw this.bad(key, 'a finite number');
    return value;
  }

  /** A number; null stands for one that was not finite, and gives NaN. */
  numberOrNaN(key: string): number {
    return this.raw(key) === null ? Number.NaN : this.number(key);
  }

  numberOrNull(key: string): number | null {
    return this.raw(key) === null ? null : this.number(key);
  }

  /** A whole number in [least, most]. */
  integer(key: string, least: number, most: number): number {
    const value = this.number(key);
    if (!Number.isInteger(value) || value < least || value > most) throw this.bad(key, `a whole number from ${least} to ${most}`);
    return value;
  }

  /** A list of finite numbers, of exactly `length` where that is given. */
  numbers(key: string, length?: number): number[] {
    const list = this.list(key, length ?? 10_000);
    const finite = list.every((value) => typeof value === 'number' && Number.isFinite(value));
    if (!finite || (length !== undefined && list.length !== length)) {
      throw this.bad(key, length === undefined ? 'a list of numbers' : `a list of ${length} numbers`);
    }
    return list.map(Number);
  }

  list(key: string, most: number): unknown[] {
    const value = this.raw(key);
    if (!Array.isArray(value)) throw this.bad(key, 'a list');
    if (value.length > most) throw this.bad(key, `a list of at most ${most} entries`);
    return value;
  }

  /** The fields of an object inside this one. */
  object(key: string): Fields {
    return new Fields(this.raw(key), `'${key}' in ${this.where}`);
  }

  private bad(key: string, wanted: string): RunError {
    return new RunError('malformed', `'${key}' in ${this.where} is not ${wanted}.`);
  }
}
