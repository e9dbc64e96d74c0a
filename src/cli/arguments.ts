import { parseArgs, type ParseArgsConfig } from 'node:util';
import { didYouMean, UsageError } from './usage';

type Options = NonNullable<ParseArgsConfig['options']>;

export interface ParsedArguments {
  readonly positionals: readonly string[];
  readonly text: (name: string) => string | undefined;
  readonly texts: (name: string) => readonly string[];
  readonly flag: (name: string) => boolean;
}

/** Parses the arguments of a command; unknown options and missing values are UsageErrors that name the option. */
export function parseArguments(command: string, args: readonly string[], options: Options): ParsedArguments {
  let values: Record<string, unknown>;
  let positionals: string[];
  try {
    ({ values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true, strict: true }));
  } catch (error) {
    const unknown = /^Unknown option '(-*)([^']*)'/.exec(error instanceof Error ? error.message : '');
    if (unknown) {
      const known = Object.keys(options).map((name) => `--${name}`);
      throw new UsageError(
        `unblind ${command} has no option ${unknown[1]!}${unknown[2]!}.${didYouMean(`--${unknown[2]!}`, known)} See unblind ${command} --help.`,
      );
    }
    throw new UsageError(`${error instanceof Error ? error.message.split('\n')[0]! : String(error)} See unblind ${command} --help.`);
  }
  return {
    positionals,
    text: (name) => values[name] as string | undefined,
    texts: (name) => (values[name] as string[] | undefined) ?? [],
    flag: (name) => values[name] === true,
  };
}

/** A whole number from an option's text. */
export function wholeNumber(option: string, text: string | undefined, least: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() === '' || !Number.isSafeInteger(value) || value < least) {
    throw new UsageError(`${option} must be a whole number of at least ${least}, not "${text}".`);
  }
  return value;
}

/** One of a list of words. */
export function oneOf<T extends string>(option: string, text: string | undefined, words: readonly T[]): T | undefined {
  if (text === undefined) return undefined;
  const found = words.find((word) => word === text);
  if (found === undefined) throw new UsageError(`${option} must be one of ${words.join(', ')}, not "${text}".${didYouMean(text, words)}`);
  return found;
}

/** A number between two bounds, which it cannot be itself. */
export function numberBetween(option: string, text: string | undefined, low: number, high: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() === '' || !(value > low && value < high)) {
    throw new UsageError(`${option} must be a number above ${low} and below ${high}, not "${text}".`);
  }
  return value;
}
