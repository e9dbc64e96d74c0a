/** Where particles start. */

import { extname } from 'node:path';
import { readData } from '../../data/readers/readTable';
import type { FileFormat } from '../../data/spec';
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
  /** One of `startKinds`, or the path of a data file. */
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
  readonly kind: (typeof startKinds)[number] | 'file';
  readonly description: string;
  /** Row-major [n, dim], in the user's units. */
  readonly rows: Float64Array;
}

const formats: Readonly<Record<string, FileFormat>> = {
  '.csv': 'csv',
  '.tsv': 'csv',
  '.npy': 'npy',
  '.npz': 'npz',
  '.json': 'json',
  '.parquet': 'parquet',
};

function few(numbers: ArrayLike<number>): string {
  const shown = Array.from(numbers)
    .slice(0, 4)
    .map((v) => String(Number(v.toPrecision(3))));
  return `(${shown.join(', ')}${numbers.length > 4 ? ', ...' : ''})`;
}

type Maker = (request: StartRequest, n: number, random: Random) => Omit<Start, 'kind'>;

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

async function fromFile({ start, particles, dim, directory }: StartRequest): Promise<Start> {
  const format = formats[extname(start).toLowerCase()];
  if (!format)
    throw new SampleError(
      'start',
      `--start must be ${startKinds.join(', ')}, or a file (${Object.keys(formats).join(', ')}), not "${start}".`,
    );
  const { values, rows } = await readData({ kind: 'file', format, path: start }, { directory, dim, minRows: 1 });
  const n = particles ?? rows;
  return {
    kind: 'file',
    rows: Float64Array.from({ length: n * dim }, (_, i) => values[i % values.length] ?? 0),
    description: `${n <= rows ? (n < rows ? `the first ${n} of ${rows} rows` : `the ${rows} rows`) : `the ${rows} rows, over and over,`} of ${start}`,
  };
}

/** Particles to start from. Throws SampleError, and DataError for a file that cannot be read. */
export async function startOf(request: StartRequest): Promise<Start> {
  const kind = startKinds.find((one) => one === request.start);
  if (!kind) return fromFile(request);
  const n = request.particles ?? usualParticles;
  return { kind, ...makers[kind](request, n, new Random(request.seed).split('start')) };
}
