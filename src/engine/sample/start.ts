/** Where particles start. */

import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { DataError } from '../../data/dataError';
import { formatOfPath, knownEndings } from '../../data/readers/formatOfPath';
import { readData } from '../../data/readers/readTable';
import { readAnyRun } from '../../runs/runReader';
import { Random } from '../../shared/random';
import { boxAround } from '../fit/boxes';
import type { DataSource } from '../fit/source';
import { momentsOf } from '../fit/standardization';
import { SampleError } from './sampleError';

/** Rows of the data that box and moments are taken from. */
const lookedAt = 20_000;
/** Without data: half the width of the box, in each coordinate, and twice the standard deviation. Own choice. */
const broad = 5;
const usualParticles = 1000;

export const startKinds = ['data', 'normal', 'uniform'] as const;

export interface StartRequest {
  /** One of `startKinds`, or the path of a data file or of the directory of a sampler run. */
  readonly start: string;
  /** Undefined is all rows of a file, else a thousand. */
  readonly particles: number | undefined;
  readonly source: DataSource | null;
  readonly dim: number;
  readonly seed: number;
  /** Where a relative path begins. */
  readonly directory: string;
}

export interface Start {
  readonly kind: (typeof startKinds)[number] | 'file' | 'run';
  readonly description: string;
  /** Absolute, of a file or a run. */
  readonly path?: string;
  /** Row-major [n, dim], in the user's units. */
  readonly rows: Float64Array;
}

function few(numbers: ArrayLike<number>): string {
  const shown = Array.from(numbers)
    .slice(0, 4)
    .map((v) => String(Number(v.toPrecision(3))));
  return `(${shown.join(', ')}${numbers.length > 4 ? ', ...' : ''})`;
}

/** Particles, and where they are from in words. */
type Rows = Pick<Start, 'description' | 'rows'>;

type Maker = (request: StartRequest, n: number, random: Random) => Rows;

const makers: Readonly<Record<(typeof startKinds)[number], Maker>> = {
  data: ({ source }, n, random) => {
    if (!source)
      throw new SampleError(
        'start',
        'the energy has no data to start from; choose --start normal, --start uniform, or a file of particles.',
      );
    return { rows: source.stream(random).next(n), description: `rows of the data (${source.description})` };
  },
  normal: ({ source, dim }, n, random) => {
    const moments = source && momentsOf(source.overview(lookedAt), dim);
    const rows = new Float64Array(n * dim);
    random.fillNormal(rows);
    return {
      rows: rows.map((z, i) => (moments?.mean[i % dim] ?? 0) + (moments ? (moments.std[i % dim] ?? 0) || 1 : broad / 2) * z),
      description: moments
        ? `a Gaussian with the data's mean ${few(moments.mean)} and deviation ${few(moments.std)}`
        : `a Gaussian around 0 of deviation ${broad / 2}, as there are no data`,
    };
  },
  uniform: ({ source, dim }, n, random) => {
    const box = source && boxAround(source.overview(lookedAt), dim);
    const [low, high] = [box?.low ?? Array<number>(dim).fill(-broad), box?.high ?? Array<number>(dim).fill(broad)];
    return {
      rows: Float64Array.from({ length: n * dim }, (_, i) => {
        const [from = 0, to = 0] = [low[i % dim], high[i % dim]];
        return from + (to - from) * random.uniform();
      }),
      description: box
        ? `uniform over the data's box, from ${few(low)} to ${few(high)}`
        : `uniform over [-${broad}, ${broad}] in each coordinate, as there are no data`,
    };
  },
};

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

async function fromFile({ start, particles, dim, directory }: StartRequest): Promise<Start> {
  const format = formatOfPath(start);
  if (!format)
    throw new SampleError(
      'start',
      `the start of particles must be ${startKinds.join(', ')}, a file (${knownEndings}), or the directory of a sampler run, not "${start}".`,
    );
  // A file of particles is no part of the energy file, where mistakes in data are shown.
  const { values } = await readData({ kind: 'file', format, path: start }, { directory, dim, minRows: 1 }).catch((error: unknown) => {
    throw error instanceof DataError ? new SampleError('start', error.message) : error;
  });
  return { kind: 'file', path: resolve(directory, start), ...cycled(values, dim, particles, `rows of ${start}`) };
}

/** The last particles of a sampler run. */
function fromRun(path: string, { particles, dim }: StartRequest): Start {
  const run = readAnyRun(path);
  const { record } = run;
  if (run.kind !== 'sample')
    throw new SampleError('start', `${path} is a fit, which has no particles to start from: sample its density by naming it as the run.`);
  if (record.dim !== dim)
    throw new SampleError('start', `the particles of ${path} have ${record.dim} coordinates, the energy has ${dim}; choose another start.`);
  const step = run.snapshots().at(-1)?.step;
  if (step === undefined) throw new SampleError('start', `${path} holds no particles yet; choose another start.`);
  const values = Float64Array.from(run.readSnapshot(step).samples.data);
  return { kind: 'run', path, ...cycled(values, dim, particles, `particles of the ${run.record.sampler} run ${record.id}, step ${step}`) };
}

/** So many rows of those in a file or a run, from the first again where they do not suffice; undefined takes all. */
function cycled(values: Float64Array, dim: number, wanted: number | undefined, what: string): Rows {
  const rows = values.length / dim;
  const n = wanted ?? rows;
  const taken = n < rows ? `the first ${n} of ${rows} ${what}` : n === rows ? `the ${rows} ${what}` : `the ${rows} ${what}, over and over`;
  return { rows: Float64Array.from({ length: n * dim }, (_, i) => values[i % values.length] ?? 0), description: taken };
}

/** Particles to start from. Throws SampleError, and RunError for a run that cannot be read. */
export async function startOf(request: StartRequest): Promise<Start> {
  const kind = startKinds.find((one) => one === request.start);
  if (!kind) {
    const path = resolve(request.directory, request.start);
    return isDirectory(path) ? fromRun(path, request) : fromFile(request);
  }
  const n = request.particles ?? usualParticles;
  return { kind, ...makers[kind](request, n, new Random(request.seed).split('start')) };
}
