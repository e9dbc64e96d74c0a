/** `checkpoint.npz`: all that the training steps to come depend on, so that a fit goes on bit for bit after its process died. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { decodeNpz, encodeNpz, type NamedArrays } from './arrays';
import { checkpointFile } from './layout';
import { readBytes } from './readFile';
import { RunError } from './runError';

/** Version of the layout of the file. */
const format = 1;
/** More is refused: a run directory may come from a stranger. */
const mostMegabytes = 1000;

/** Vectors that training carries, flat, each [P]. */
export const vectorNames = ['params', 'firstMoment', 'secondMoment', 'average'] as const;
/** Streams of random numbers that minibatches are drawn from, see `Random.state`. */
export const streamNames = ['data', 'bridge', 'noise', 'levels'] as const;
const stateLength = 6;
/** Bytes of a SHA-256. */
const digestLength = 32;

export interface Checkpoint {
  /** Steps done. */
  readonly step: number;
  /** Seconds spent in training steps. */
  readonly seconds: number;
  /** In the order of `vectorNames`. */
  readonly vectors: readonly Float32Array[];
  readonly streams: Readonly<Record<(typeof streamNames)[number], readonly number[]>>;
  /** Rows of the data that were drawn. */
  readonly rowsDrawn: number;
  readonly losses: LossState;
  /** SHA-256 of what the steps compute, in hexadecimal digits: of the training step as a program, the seed and the settings. */
  readonly program: string;
}

/** The log of losses between two of its blocks. */
export interface LossState {
  /** Losses of the last steps, the oldest first. */
  readonly recent: readonly number[];
  /** Sums over the steps of the block that is not complete. */
  readonly loss: number;
  readonly norm: number;
}

/** The bytes of the file. */
export function encodeCheckpoint({ step, seconds, vectors, streams, rowsDrawn, losses, program }: Checkpoint): Uint8Array {
  const doubles = (values: readonly number[]) => ({ shape: [values.length], data: Float64Array.from(values) });
  const arrays: Record<string, NamedArrays[string]> = {
    format: doubles([format]),
    step: doubles([step]),
    seconds: doubles([seconds]),
    rowsDrawn: doubles([rowsDrawn]),
    recentLosses: doubles(losses.recent),
    openBlock: doubles([losses.loss, losses.norm]),
    program: doubles([...Buffer.from(program, 'hex')]),
  };
  vectorNames.forEach((name, i) => (arrays[name] = { shape: [vectors[i]!.length], data: vectors[i]! }));
  for (const name of streamNames) arrays[`${name}Stream`] = doubles(streams[name]);
  return encodeNpz(arrays);
}

/** Reads the arrays of a file that may come from a stranger; each method throws a RunError that names it. */
class Parts {
  constructor(
    private readonly arrays: NamedArrays,
    private readonly path: string,
  ) {}

  vector(name: string): Float32Array {
    const array = Object.hasOwn(this.arrays, name) ? this.arrays[name] : undefined;
    if (!(array?.data instanceof Float32Array) || array.shape.length !== 1 || !array.data.every(Number.isFinite))
      throw this.bad(name, 'a vector of finite float32 numbers');
    return array.data;
  }

  doubles(name: string, least: number, most = least): number[] {
    const array = Object.hasOwn(this.arrays, name) ? this.arrays[name] : undefined;
    const data = array?.data;
    if (!(data instanceof Float64Array) || data.length < least || data.length > most || !data.every(Number.isFinite))
      throw this.bad(name, `a list of ${least === most ? least : `${least} to ${most}`} finite numbers`);
    return Array.from(data);
  }

  number(name: string, holds: (value: number) => boolean, wanted: string): number {
    const value = this.doubles(name, 1)[0]!;
    if (!holds(value)) throw this.bad(name, wanted);
    return value;
  }

  bad(name: string, wanted: string): RunError {
    return new RunError('malformed', `'${name}' in ${this.path} is not ${wanted}.`);
  }
}

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;
const nonNegative = (value: number): boolean => value >= 0;
const isByte = (value: number): boolean => Number.isInteger(value) && value >= 0 && value < 256;

/** Checks what the file says in itself; whether it fits a fit is for whoever resumes that. `path` is for messages. Throws RunError. */
export function decodeCheckpoint(bytes: Uint8Array, path: string): Checkpoint {
  const parts = new Parts(decodeNpz(bytes, path), path);
  if (parts.number('format', isCount, 'a version') !== format)
    throw new RunError('unsupported', `${path} was written by another version of Unblind, which alone can resume the run.`);
  const vectors = vectorNames.map((name) => parts.vector(name));
  vectorNames.forEach((name, i) => {
    if (vectors[i]!.length !== vectors[0]!.length) throw parts.bad(name, 'as long as params');
  });
  if (!vectors[2]!.every(nonNegative)) throw parts.bad('secondMoment', 'a vector of numbers of at least 0');
  const program = parts.doubles('program', digestLength);
  if (!program.every(isByte)) throw parts.bad('program', 'a SHA-256');
  const stream = (name: (typeof streamNames)[number]): number[] => parts.doubles(`${name}Stream`, stateLength);
  const [loss, norm] = parts.doubles('openBlock', 2) as [number, number];
  return {
    step: parts.number('step', isCount, 'a number of steps'),
    seconds: parts.number('seconds', nonNegative, 'a time'),
    vectors,
    streams: { data: stream('data'), bridge: stream('bridge'), noise: stream('noise'), levels: stream('levels') },
    rowsDrawn: parts.number('rowsDrawn', isCount, 'a number of rows'),
    losses: { recent: parts.doubles('recentLosses', 0, 1000), loss, norm },
    program: Buffer.from(program).toString('hex'),
  };
}

/** The checkpoint of a run directory. Throws RunError where there is none, or a bad one. */
export function readCheckpoint(directory: string): Checkpoint {
  const path = join(directory, checkpointFile);
  if (!existsSync(path)) throw new RunError('not-resumable', `${directory} has no ${checkpointFile} to go on from; start the fit anew.`);
  return decodeCheckpoint(readBytes(path, mostMegabytes), path);
}
