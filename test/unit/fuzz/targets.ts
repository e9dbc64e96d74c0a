/** What is fuzzed: a reader, valid inputs to damage, and the only error that it may throw. */

import { mkdtempSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { DataError } from '../../../src/data/dataError';
import { readFile } from '../../../src/data/readers/readTable';
import type { FileDataSpec, FileFormat } from '../../../src/data/spec';
import { EnergyFileError } from '../../../src/energy/errors';
import { readAnswer } from '../../../src/energy/readAnswer';
import { isFromEngine, isToEngine } from '../../../src/engine/validate';
import { encodeNpy, encodeNpz } from '../../../src/runs/arrays';
import { RunError } from '../../../src/runs/runError';
import { readAnyRun } from '../../../src/runs/runReader';
import { fourModesRun } from '../runs/analyticRuns';
import { damaged, damagedJson, type Json } from './mutations';

/** One reader under test. */
export interface FuzzTarget {
  readonly name: string;
  /** Inputs, each with how to run it. */
  readonly inputs: fc.Arbitrary<FuzzInput>;
  /** The error class that refusals are of; undefined where there is no refusing. */
  readonly refusal?: new (...args: never[]) => Error;
  readonly close?: () => void;
}

/** One input: bytes for a report, and the reading. */
export interface FuzzInput {
  readonly bytes: Uint8Array;
  readonly run: () => unknown;
}

const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text));
const grid = { shape: [5, 2], data: Float64Array.from({ length: 10 }, (_, i) => i / 3) };
const wide = { shape: [3, 2], data: Float32Array.of(1, 2, 3, 4, 5, 6) };
const columnData = [
  { name: 'x', data: Array.from({ length: 40 }, (_, i) => (i % 5) / 2), type: 'DOUBLE' as const },
  { name: 'y', data: Array.from({ length: 40 }, (_, i) => i), type: 'INT32' as const },
];
const withMissing = [{ name: 'x', data: Array.from({ length: 40 }, (_, i) => (i % 7 === 0 ? null : i)), type: 'DOUBLE' as const }];
/** Bytes [60, 1, 2] and big-endian floats [3, 2] in MNIST's format. */
const images = Uint8Array.of(0, 0, 0x08, 3, 0, 0, 0, 60, 0, 0, 0, 1, 0, 0, 0, 2, ...Array.from({ length: 120 }, (_, i) => 2 * i));
const floats = Uint8Array.of(0, 0, 0x0d, 2, 0, 0, 0, 3, 0, 0, 0, 2, ...[1, 2, 3, 4, 5, 6].flatMap((k) => [0x3f, 0x80 + k, 0, 0]));
const parquet = (more: object): Uint8Array => new Uint8Array(parquetWriteBuffer({ columnData, ...more }));

/** Readers of data files by format: a new one is one line. */
const formats: Readonly<Record<FileFormat, readonly Uint8Array[]>> = {
  csv: ['a,b\n1,2\n3,4\n', '1;2\n3;4', '# x y\n1 2\n3 4\n', 'a\t"b\nc"\n1\t2\n', '\uFEFFx,y\r\n1e3,NaN\r\n,NA\r\n'].map(bytesOf),
  npy: [encodeNpy(grid), encodeNpy(wide), encodeNpy({ shape: [6], data: Int32Array.of(1, 2, 3, 4, 5, 6) })],
  npz: [encodeNpz({ one: grid }), encodeNpz({ a: wide, b: grid })],
  idx: [images, floats, new Uint8Array(gzipSync(images))],
  parquet: [
    parquet({ codec: 'SNAPPY' }),
    parquet({ codec: 'UNCOMPRESSED' }),
    parquet({ codec: 'GZIP', compressors: { GZIP: (input: Uint8Array) => gzipSync(input) } }),
    parquet({ rowGroupSize: 7 }),
    parquet({ columnData: withMissing }),
  ],
  json: ['[[1,2],[3,4]]', '[1,2,3]', '[{"a":1,"b":2},{"a":3,"b":null}]', '{"x":[1,2],"y":[true,false]}'].map(bytesOf),
};

function dataTargets(): FuzzTarget[] {
  return (Object.keys(formats) as FileFormat[]).map((format) => ({
    name: format,
    refusal: DataError,
    inputs: fc
      .tuple(
        damaged(formats[format]),
        fc.constantFrom<Partial<FileDataSpec>>({}, {}, { columns: [0, 1] }, { columns: ['x', 'y'] }, { key: 'a' }),
        fc.constantFrom(1, 2, 2),
      )
      .map(([bytes, more, dim]) => {
        const path = `data.${format}`;
        return { bytes, run: () => readFile({ path, bytes }, { kind: 'file', format, path, ...more }, { dim, minRows: 1 }) };
      }),
  }));
}

function jsonBytes(value: Json): Uint8Array {
  return bytesOf(JSON.stringify(value));
}

function protocolTarget(): FuzzTarget {
  const view = { axes: [0, 1], point: [0, 0, 0] };
  const messages: Json[] = [
    { type: 'fit', request: { file: '/a.energy.ts', energy: 'a', executor: 'auto', seed: 1, overrides: { steps: 5 }, warmFrom: '/run' } },
    { type: 'check', id: 1, file: '/a.energy.ts', text: 'x' },
    { type: 'slice', id: 2, request: { runDir: '/run', step: 4, view } },
    { type: 'view', view },
    { type: 'step', count: 3 },
    { type: 'stop', superseded: true },
  ];
  return {
    name: 'protocol',
    inputs: fc.oneof(damagedJson(messages), fc.anything()).map((value) => ({
      bytes: bytesOf(JSON.stringify([value], (_, part: unknown) => (typeof part === 'bigint' ? String(part) : part))),
      run: () => [isToEngine(value), isFromEngine(value)],
    })),
  };
}

function answerTarget(): FuzzTarget {
  const text = readFileSync('test/fixtures/answers/traced.json', 'utf8');
  const whole = JSON.parse(text) as { readonly energies: readonly Json[] };
  // One energy at a time: damages are then not spread over many.
  const seeds: Json[] = whole.energies.map((energy) => ({ ...whole, energies: [energy] }));
  const failed: Json = {
    kind: 'failed',
    reason: 'shape',
    message: 'Wrong.',
    line: 3,
    column: 4,
    log: ['a'],
    fix: { kind: 'rename', from: 'a', to: 'b' },
  };
  const start = { file: '/a.energy.ts', line: 1, column: 1 };
  const texts = fc.oneof(
    { weight: 5, arbitrary: damagedJson([...seeds, failed]).map((value) => JSON.stringify(value)) },
    { weight: 1, arbitrary: damaged([...seeds, failed].map(jsonBytes)).map((bytes) => Buffer.from(bytes).toString('utf8')) },
  );
  return {
    name: 'answer',
    refusal: EnergyFileError,
    inputs: texts.map((input) => ({ bytes: bytesOf(input), run: () => readAnswer(input, () => undefined, start) })),
  };
}

/** All files of a directory of a run, by name. */
function filesOf(directory: string): Map<string, Uint8Array> {
  const names = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    names.map((entry) => [join(entry.parentPath, entry.name), new Uint8Array(readFileSync(join(entry.parentPath, entry.name)))]),
  );
}

function runTarget(): FuzzTarget {
  const folder = mkdtempSync(join(tmpdir(), 'unblind-fuzz-'));
  mkdirSync(folder, { recursive: true });
  const directory = fourModesRun(join(folder, 'run'), 'mfd', { cells: 6, steps: 40 });
  const files = [...filesOf(directory)];
  const events = files.find(([path]) => path.endsWith('.ndjson'))!;
  files.splice(files.indexOf(events), 1, [events[0], events[1].slice(0, 2000)]);
  let spoiled = files[0]!;
  const read = (): void => {
    const run = readAnyRun(directory);
    run.readData();
    for (const { step } of run.snapshots()) run.readSnapshot(step);
  };
  const one = fc.constantFrom(...files).chain(([path, bytes]) => {
    const asBytes = damaged([bytes]);
    const isJson = path.endsWith('.json');
    const content = isJson ? fc.oneof(asBytes, damagedJson([JSON.parse(Buffer.from(bytes).toString()) as Json]).map(jsonBytes)) : asBytes;
    return content.map((damage) => ({
      bytes: damage,
      run: () => {
        // What the input before spoiled is whole again.
        writeFileSync(spoiled[0], spoiled[1]);
        spoiled = [path, bytes];
        writeFileSync(path, damage);
        read();
      },
    }));
  });
  return { name: 'run', refusal: RunError, inputs: one, close: () => rmSync(folder, { recursive: true, force: true }) };
}

/** All targets. Those of runs keep a folder until they are closed. */
export function fuzzTargets(): FuzzTarget[] {
  return [...dataTargets(), protocolTarget(), answerTarget(), runTarget()];
}
