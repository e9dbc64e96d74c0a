import { gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { dataFixture } from './dataFixture';

const { write, read, failure } = dataFixture();
type Columns = Parameters<typeof parquetWriteBuffer>[0]['columnData'];
type Options = Omit<Parameters<typeof parquetWriteBuffer>[0], 'columnData'>;

const parquet = (columnData: Columns, options: Options = {}) => new Uint8Array(parquetWriteBuffer({ columnData, ...options }));
const xy: Columns = [
  { name: 'x', data: [1.5, -2, 3], type: 'DOUBLE' },
  { name: 'label', data: ['a', 'b', 'c'], type: 'STRING' },
  { name: 'y', data: [4, 5, 6], type: 'FLOAT' },
];
const expected = { columns: ['x', 'y'], rows: 3, dim: 2, values: Float64Array.of(1.5, 4, -2, 5, 3, 6) };

describe('Parquet', () => {
  it.each<[string, Options]>([
    ['snappy', { codec: 'SNAPPY' }],
    ['no compression', { codec: 'UNCOMPRESSED' }],
    ['gzip', { codec: 'GZIP', compressors: { GZIP: (input) => gzipSync(input) } }],
    ['several row groups', { rowGroupSize: 2 }],
  ])('reads columns of numbers with %s', async (_, options) => {
    write('p.parquet', parquet(xy, options));
    expect(await read('p.parquet', 'parquet', 2)).toEqual(expected);
  });

  it('reads integers and truth values, and chooses columns', async () => {
    const columns: Columns = [
      { name: 'small', data: [1, 2], type: 'INT32' },
      { name: 'large', data: [3n, -4n], type: 'INT64' },
      { name: 'flag', data: [true, false], type: 'BOOLEAN' },
    ];
    write('p.parquet', parquet(columns));
    expect([...(await read('p.parquet', 'parquet', 3)).values]).toEqual([1, 3, 1, 2, -4, 0]);
    expect([...(await read('p.parquet', 'parquet', 2, { columns: ['large', 0] })).values]).toEqual([3, 1, -4, 2]);
  });

  it('reads repeated values, which are stored by a dictionary', async () => {
    const data = Array.from({ length: 5000 }, (_, i) => (i % 7) / 2);
    write('p.parquet', parquet([{ name: 'x', data, type: 'DOUBLE' }], { rowGroupSize: 1234 }));
    expect([...(await read('p.parquet', 'parquet', 1)).values]).toEqual(data);
  });
});

describe('bad Parquet', () => {
  const good = parquet(xy);

  async function refuse(content: Uint8Array, columns?: readonly string[]): Promise<string> {
    write('p.parquet', content);
    return failure('p.parquet', 'parquet', 2, columns === undefined ? {} : { columns });
  }

  it('refuses a column without a name', async () => {
    const found = [
      'UEFSMRUGFawEFboCXBVQFQwVUBUAFQwVAAAAC36/3+/3kAIAAAUBBPA/BQcIAABACQgACA0IABANCAAUDQgAGA0IACANCAAiDQgAJA0IACYNCA',
      'AoDQgCKg0IAC4NCAAwDQgAMQ0IADINCAAzDdhyHQgANA0IADYNCAA3DQgAOA0IADkNCAA6DQgAOw0IAD0NCAA+DQgAPw0IAEAJCACADQgEAEEJ',
      'EAQAQgkIAIANCCgAQ0AAAAAAAIBDQBUEGSxIBHJvb3QVAgAVCiUCOAF4ABZQGRwZHCYIHBUKGRUAGRgBeBUCFlAW2gQW6AImCDw2DCgIAAAAAA',
      'CAQ0AYCAAAAAAAAPA/NgAAGRwVBhUAFQIAAAAW2gQWUDboAgAoCWh5cGFycXVldBkcHAAAAHIAAABQQVIx',
    ].join('');
    expect(await refuse(new Uint8Array(Buffer.from(found, 'base64')))).toBe(
      'truncated: "p.parquet" is damaged or cut off: a column has no name; write it again.',
    );
  });

  it('refuses another format', async () => {
    expect(await refuse(new TextEncoder().encode('x,y\n1,2\n'))).toBe(
      'wrong-format: "p.parquet" is no Parquet file: it does not start with PAR1; check its format.',
    );
  });

  it('refuses a file that is cut off anywhere', async () => {
    for (const end of [4, 8, 20, good.length - 1]) {
      expect(await refuse(good.slice(0, end))).toBe(
        'truncated: "p.parquet" is damaged or cut off: it does not end with PAR1; write it again.',
      );
    }
  });

  it('refuses a file whose middle is missing: its columns would lie beyond the end', async () => {
    const big = parquet([{ name: 'x', data: Array.from({ length: 1000 }, (_, i) => Math.sin(i)), type: 'DOUBLE' }]);
    const footer = new DataView(big.buffer, big.byteOffset).getUint32(big.length - 8, true) + 8;
    const cut = Uint8Array.from([...big.slice(0, 50), ...big.slice(big.length - footer)]);
    expect(await refuse(cut)).toBe('truncated: "p.parquet" is damaged or cut off: column "x" should lie beyond its end; write it again.');
  });

  it('refuses metadata longer than the file', async () => {
    const lying = good.slice();
    new DataView(lying.buffer).setUint32(lying.length - 8, 2 ** 31, true);
    expect(await refuse(lying)).toBe('truncated: "p.parquet" is damaged or cut off: its contents cannot be decoded; write it again.');
  });

  it('refuses damaged pages, and never anything but a DataError for any damaged byte', async () => {
    let refused = 0;
    for (let i = 4; i < good.length - 8; i++) {
      const damaged = good.slice();
      damaged[i] = (damaged[i] ?? 0) ^ 0xff;
      write('p.parquet', damaged);
      // `failure` throws what is no DataError; a flipped bit of a number is not to be noticed.
      refused +=
        (await failure('p.parquet', 'parquet', 2).catch((error: unknown) => {
          if (error instanceof Error && error.message === 'nothing was refused') return '';
          throw error;
        })) === ''
          ? 0
          : 1;
    }
    expect(refused).toBeGreaterThan(good.length / 10);
  });

  it('names a compression that it cannot read', async () => {
    const zstd = parquet(xy, { codec: 'ZSTD', compressors: { ZSTD: (input) => input } });
    expect(await refuse(zstd)).toBe('unsupported: "p.parquet" is compressed with ZSTD; write it with snappy, gzip or no compression.');
  });

  it('refuses text, dates, missing values and unknown columns', async () => {
    expect(await refuse(good, ['x', 'label'])).toBe(
      'not-numeric: Column "label" of "p.parquet" holds text, not numbers; choose other columns.',
    );
    expect(await refuse(good, ['x', 'z'])).toBe(
      'unknown-column: "p.parquet" has no column "z"; its columns are "x", "label", "y", counted from 0.',
    );
    const dated = parquet([
      { name: 'x', data: [1], type: 'DOUBLE' },
      { name: 'day', data: [new Date(0)], type: 'TIMESTAMP' },
    ]);
    expect(await refuse(dated)).toBe(
      'dimension: "p.parquet" has 1 column of numbers, but the energy has dim 2; choose 2 with columns, from "x", "day".',
    );
    expect(await refuse(dated, ['x', 'day'])).toMatch(/holds dates or times, not numbers/);
    const missing = parquet([
      { name: 'x', data: [1, 2], type: 'DOUBLE' },
      { name: 'y', data: [1, null], type: 'DOUBLE' },
    ]);
    expect(await refuse(missing)).toBe('not-finite@2: Column "y" of "p.parquet" is missing or NaN in row 2; remove or fill such rows.');
  });
});
