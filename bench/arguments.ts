/** The command line of the benchmark. */

import { existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type ExecutorId, executorIds } from '../src/executors/executor';
import { type SizeName, sizeNames } from './sizes';

export interface BenchArguments {
  readonly rounds: number;
  /** Wall time of one slice, the share of one contestant in one round. */
  readonly seconds: number;
  readonly sizes: readonly SizeName[];
  readonly executors: readonly ExecutorId[];
  /** Measure resident memory instead of speed. */
  readonly memory: boolean;
  /** Measure software WebGPU too. */
  readonly webgpu: boolean;
  readonly python: string;
  /** Where everything measured is written; undefined is nowhere. */
  readonly json: string | undefined;
}

/** The user asked for something impossible; the message is all to show. */
export class ArgumentsError extends Error {
  override readonly name = 'ArgumentsError';
}

export const help = `npm run bench -- [options]

Steps per second of Unblind's executors and of PyTorch on the same problem, in one run.

  --sizes a,b,c       problems (all): a small, b middle, c large
  --executors LIST    of ${executorIds.join(', ')}
  --rounds N          rounds in which every contestant runs once (5)
  --seconds S         length of a contestant's share of a round (1)
  --python FILE       the Python that has torch (/usr/bin/python3)
  --webgpu            measure WebGPU on a software device too; that is no GPU figure
  --memory            measure resident memory over 20,000 steps instead of speed
  --json FILE         write all that was measured`;

function positive(option: string, text: string, what: string, valid: (value: number) => boolean): number {
  const value = Number(text);
  if (text.trim() === '' || !valid(value)) throw new ArgumentsError(`--${option} wants ${what}, not "${text}".`);
  return value;
}

function list<T extends string>(option: string, text: string, known: readonly T[]): T[] {
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !(known as readonly string[]).includes(name));
  if (unknown !== undefined) throw new ArgumentsError(`--${option} knows ${known.join(', ')}, not "${unknown}".`);
  return known.filter((name) => names.includes(name));
}

/** npm changes to the package's folder; INIT_CWD is where the user is. */
function outputFile(text: string): string {
  const file = resolve(process.env['INIT_CWD'] ?? '', text);
  if (!existsSync(dirname(file))) throw new ArgumentsError(`--json cannot write ${text}: there is no folder ${dirname(file)}.`);
  if (existsSync(file) && statSync(file).isDirectory()) throw new ArgumentsError(`--json cannot write ${text}: it is a folder.`);
  return file;
}

function parsed(args: readonly string[]): Partial<Record<string, string | boolean>> {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        sizes: text,
        executors: text,
        rounds: text,
        seconds: text,
        python: text,
        json: text,
        webgpu: flag,
        memory: flag,
        help: { ...flag, short: 'h' },
      },
    }).values;
  } catch (error) {
    const [sentence = ''] = (error instanceof Error ? error.message : String(error)).split(/\.\s|\n/);
    throw new ArgumentsError(`${sentence.replace(/\.$/, '')}; npm run bench -- --help lists the options.`);
  }
}

/**
 * Reads the arguments; 'help' where help is asked for.
 * @throws ArgumentsError where one is unknown or has an impossible value
 */
export function parseArguments(args: readonly string[]): BenchArguments | 'help' {
  const values = parsed(args);
  if (values['help'] === true) return 'help';
  const read = <T>(name: string, fallback: T, parse: (text: string) => T): T => {
    const value = values[name];
    return typeof value === 'string' ? parse(value) : fallback;
  };
  const wholeNumber = (value: number): boolean => Number.isInteger(value) && value >= 1 && value <= 1000;
  return {
    rounds: read('rounds', 5, (text) => positive('rounds', text, 'a whole number from 1 to 1000', wholeNumber)),
    seconds: read('seconds', 1, (text) => positive('seconds', text, 'seconds, from 0.01 to 600', (value) => value >= 0.01 && value <= 600)),
    sizes: read<readonly SizeName[]>('sizes', sizeNames, (text) => list('sizes', text, sizeNames)),
    executors: read<readonly ExecutorId[]>('executors', executorIds, (text) => list('executors', text, executorIds)),
    memory: values['memory'] === true,
    webgpu: values['webgpu'] === true,
    python: read('python', existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3', (text) => text),
    json: read<string | undefined>('json', undefined, outputFile),
  };
}
