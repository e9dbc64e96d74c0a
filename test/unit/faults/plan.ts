/** Which faults are tried: drawn from a seed, each from a stream of its own, so that one can be tried alone. */

import { Random } from '../../../src/shared/random';

/** Places are shares: of the writes of an undisturbed run, or of the bytes that a write or a file has. */
type Share = number;

/** The writes that a place is a share of: all, or those that are no lines of the log, which most are. */
export type Among = 'all' | 'files';

/** What a process meets at one of its writes to the history of runs. */
export type Blow =
  /** The process dies, before the write, in the middle of it or after it. */
  | { readonly kind: 'kill'; readonly at: Share; readonly among: Among; readonly when: 'before' | 'torn' | 'after'; readonly bytes: Share }
  /** From that write on the system refuses; of the first one it takes some bytes. */
  | { readonly kind: 'refuse'; readonly at: Share; readonly among: Among; readonly code: RefusalCode; readonly bytes: Share }
  /** The run directory is deleted. */
  | { readonly kind: 'delete'; readonly at: Share; readonly among: Among }
  | { readonly kind: 'signal'; readonly at: Share; readonly among: Among; readonly name: 'SIGTERM' | 'SIGINT' };

export const refusalCodes = ['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EIO'] as const;
export type RefusalCode = (typeof refusalCodes)[number];

/** What is done to the bytes of a file that nobody writes. */
export interface Damage {
  readonly kind: 'flip' | 'byte' | 'zeros' | 'truncate';
  /** Which of the kinds of files that the directory has, and which of its files of that kind. */
  readonly file: Share;
  readonly which: Share;
  readonly place: Share;
  /** Of zeros: how many bytes. Of a byte: its value. Of a flip: the bit. */
  readonly amount: Share;
}

/** Which program does the run: a small one of this harness, the command line, or the editor's engine process. */
export type Program = 'child' | 'cli' | 'engine';

export interface Fault {
  readonly name: string;
  /** Which of the subjects, see `subjects.ts`. */
  readonly subject: Share;
  readonly program: Program;
  /** What the process that begins the run meets, then each that goes on with it; the last one after them meets nothing. */
  readonly blows: readonly Blow[];
  /** The clock is set back by so many hours at a write of each process. */
  readonly clock?: { readonly at: Share; readonly hours: number };
  /** The process is killed from outside, after a share of the time that a run takes, instead of meeting a blow. */
  readonly killedAfter?: Share;
  /** The run lies on a file system that has room for this share of what it writes. */
  readonly room?: Share;
  /** Done once the processes of the blows are gone; without blows the run is finished. */
  readonly damage?: Damage;
}

type Drawn = Partial<Omit<Fault, 'name' | 'subject'>>;
type Draw = (random: Random) => Drawn;

function oneOf<T>(random: Random, values: readonly T[]): T {
  return values[random.integer(values.length)]!;
}

function place(random: Random): Pick<Blow, 'at' | 'among'> {
  return { at: random.uniform(), among: oneOf(random, ['all', 'files', 'files']) };
}

/** More often in the middle of a write than beside it, where a torn file would come from. */
function kill(random: Random): Blow {
  return { kind: 'kill', ...place(random), when: oneOf(random, ['before', 'torn', 'torn', 'after']), bytes: random.uniform() };
}

function refusal(random: Random, codes: readonly RefusalCode[]): Blow {
  return { kind: 'refuse', ...place(random), code: oneOf(random, codes), bytes: random.uniform() };
}

const fullDisk = (random: Random): Blow => refusal(random, ['ENOSPC', 'EDQUOT']);

function signal(random: Random): Blow {
  return { kind: 'signal', ...place(random), name: oneOf(random, ['SIGTERM', 'SIGINT']) };
}

function damage(random: Random, kinds: readonly Damage['kind'][]): Damage {
  const [file, which, place, amount] = [random.uniform(), random.uniform(), random.uniform(), random.uniform()];
  return { kind: oneOf(random, kinds), file, which, place, amount };
}

const corruption = (random: Random): Damage => damage(random, ['flip', 'byte', 'zeros']);
const truncation = (random: Random): Damage => damage(random, ['truncate']);

/** One after the other, then from the start: the short form meets each once. */
export const kinds: readonly (readonly [name: string, draw: Draw])[] = [
  ['killed', (r) => ({ blows: [kill(r)] })],
  ['cut off, then corrupted', (r) => ({ blows: [kill(r)], damage: corruption(r) })],
  ['killed, and killed again while it is resumed', (r) => ({ blows: [kill(r), kill(r)] })],
  ['disk full', (r) => ({ blows: [fullDisk(r)] })],
  ['command line killed from outside', (r) => ({ program: 'cli', killedAfter: r.uniform() })],
  ['killed', (r) => ({ blows: [kill(r)] })],
  ['cut off, then truncated', (r) => ({ blows: [kill(r)], damage: truncation(r) })],
  ['directory deleted', (r) => ({ blows: [{ kind: 'delete', ...place(r) }] })],
  ['killed three times', (r) => ({ blows: [kill(r), kill(r), kill(r)] })],
  ['writes refused', (r) => ({ blows: [refusal(r, ['EROFS', 'EACCES', 'EIO'])] })],
  ['command line killed', (r) => ({ program: 'cli', blows: [kill(r)] })],
  ['finished, then corrupted', (r) => ({ damage: corruption(r) })],
  ['small file system full', (r) => ({ room: r.uniform() })],
  ['clock set back, then killed', (r) => ({ clock: { at: r.uniform(), hours: 1 + r.integer(9000) }, blows: [kill(r)] })],
  ['killed, then disk full while it is resumed', (r) => ({ blows: [kill(r), fullDisk(r)] })],
  ['command line stopped', (r) => ({ program: 'cli', blows: [signal(r)] })],
  ['finished, then truncated', (r) => ({ damage: truncation(r) })],
  ['disk full, then killed while it is resumed', (r) => ({ blows: [fullDisk(r), kill(r)] })],
  ['engine process killed', (r) => ({ program: 'engine', blows: [kill(r)] })],
  ['stopped, then corrupted', (r) => ({ program: 'cli', blows: [signal(r)], damage: corruption(r) })],
];

/** The fault of a number, counted from 0. */
export function faultOf(seed: number, index: number): Fault {
  const random = new Random(seed).split(`fault ${index}`);
  const [name, draw] = kinds[index % kinds.length]!;
  return { name, subject: random.uniform(), program: 'child', blows: [], ...draw(random) };
}
