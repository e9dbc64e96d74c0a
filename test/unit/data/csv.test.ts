import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dataFixture } from './dataFixture';

const { directory, write, read, failure } = dataFixture();

async function readText(text: string, dim: number, columns?: readonly (string | number)[], path = 'p.csv') {
  write(path, text);
  const table = await read(path, 'csv', dim, columns === undefined ? {} : { columns });
  return { columns: table.columns, values: [...table.values] };
}

async function refuse(text: string | Uint8Array, dim: number, columns?: readonly (string | number)[], minRows = 1) {
  write('p.csv', text);
  return failure('p.csv', 'csv', dim, columns === undefined ? {} : { columns }, minRows);
}

describe('CSV', () => {
  const two = { columns: ['x', 'y'], values: [1, 2.5, -3, 4e-2] };

  it.each<[string, string]>([
    ['commas', 'x,y\n1,2.5\n-3,4e-2\n'],
    ['semicolons', 'x;y\n1;2.5\n-3;4e-2\n'],
    ['bars', 'x|y\n1|2.5\n-3|4e-2\n'],
    ['tabs', 'x\ty\n1\t2.5\n-3\t4e-2\n'],
    ['blanks and a # before the header, as numpy.savetxt writes', '# x y\n1.000e+00 2.5\n-3 4e-2\n'],
    ['a byte order mark and Windows line ends', '\uFEFFx,y\r\n1,2.5\r\n-3,4e-2\r\n'],
    ['blanks around cells, blank lines, no last line end', 'x, y\n\n 1 , 2.5\n\n-3,+.04'],
    ['quotation marks', '"x","y"\n"1","2.5"\n-3,0.04\n'],
  ])('reads %s', async (_, text) => {
    expect(await readText(text, 2)).toEqual(two);
  });

  it('reads UTF-16 with a byte order mark', async () => {
    write('p.csv', Buffer.from('\uFEFFx,y\n1,2.5\n-3,0.04\n', 'utf16le'));
    expect((await read('p.csv', 'csv', 2)).columns).toEqual(['x', 'y']);
  });

  it('takes a .tsv by its tabs even where commas would win', async () => {
    expect((await readText('a,b,c\td\n1\t2\n', 2, undefined, 'p.tsv')).columns).toEqual(['a,b,c', 'd']);
  });

  it('knows data from a header', async () => {
    expect(await readText('1,2\n3,4\n', 2)).toEqual({ columns: ['0', '1'], values: [1, 2, 3, 4] });
    expect(await readText('7\n8\n9\n', 1)).toEqual({ columns: ['0'], values: [7, 8, 9] });
    expect(await readText('id,2019\n1,2\n', 2)).toEqual({ columns: ['id', '2019'], values: [1, 2] });
    // Labels beside numbers in the first row too: no header, and no row is lost.
    expect(await readText('5.1,3.5,setosa\n4.9,3,setosa\n', 2)).toEqual({ columns: ['0', '1'], values: [5.1, 3.5, 4.9, 3] });
  });

  it('chooses columns by name and by number, in the order asked for', async () => {
    const text = 'x,label,y,z\n1,a,2,3\n4,b,5,6\n';
    expect(await readText(text, 2, ['z', 'x'])).toEqual({ columns: ['z', 'x'], values: [3, 1, 6, 4] });
    expect(await readText(text, 2, [2, 0])).toEqual({ columns: ['y', 'x'], values: [2, 1, 5, 4] });
    expect((await readText(text, 3)).columns).toEqual(['x', 'y', 'z']);
  });

  it('reads ten thousand rows as they are', async () => {
    const numbers = Array.from({ length: 20_000 }, (_, i) => Math.sin(i));
    const text = Array.from({ length: 10_000 }, (_, i) => `${String(numbers[2 * i])},${String(numbers[2 * i + 1])}`).join('\n');
    expect((await readText(text, 2)).values).toEqual(numbers);
  });
});

describe('bad CSV', () => {
  it.each<[string, string, number, (string | number)[] | undefined]>([
    ['ragged@3: Line 3 of "p.csv" has 1 cells, but the lines before have 2; give every line as many.', 'x,y\n1,2\n3\n', 2, undefined],
    [
      'ragged@5: Line 5 of "p.csv" has 3 cells, but the lines before have 2; give every line as many.',
      'x,y\n1,"\n2"\n\n1,2,3\n',
      2,
      undefined,
    ],
    [
      'not-numeric@3: Column "y" of "p.csv" holds "4.x" in line 3, which is no number; mend it or choose other columns.',
      'x,y\n1,2\n3,4.x\n',
      2,
      undefined,
    ],
    [
      'not-numeric@2: Column "x" of "p.csv" holds "cat" in line 2, which is no number; mend it or choose other columns.',
      'x,y\ncat,2\n',
      1,
      ['x'],
    ],
    [
      `not-numeric@2: Column "x" of "p.csv" holds "${'c'.repeat(40)}..." in line 2, which is no number; mend it or choose other columns.`,
      `x\n${'c'.repeat(5000)}\n`,
      1,
      ['x'],
    ],
    [
      'not-numeric@2: Column "x" of "p.csv" holds "0x10" in line 2, which is no number; mend it or choose other columns.',
      'x,y\n0x10,2\n',
      1,
      ['x'],
    ],
    ['not-finite@3: Column "y" of "p.csv" is missing or NaN in line 3; remove or fill such rows.', 'x,y\n1,2\n3,\n', 2, undefined],
    ['not-finite@3: Column "x" of "p.csv" is missing or NaN in line 3; remove or fill such rows.', 'x,y\n1,2\nNA,2\n', 2, undefined],
    ['not-finite@2: Column "x" of "p.csv" is missing or NaN in line 2; remove or fill such rows.', 'x,y\nnan,2\n', 2, undefined],
    ['not-finite@4: Column "y" of "p.csv" is infinite in line 4; remove or fill such rows.', 'x,y\n1,2\n\n1,-inf\n', 2, undefined],
    ['not-finite@2: Column "y" of "p.csv" is infinite in line 2; remove or fill such rows.', 'x,y\n1,1e999\n', 2, undefined],
    [
      'dimension: "p.csv" has 3 columns of numbers, but the energy has dim 2; choose 2 with columns, from "a", "b", "c", "d".',
      'a,b,c,d\n1,2,3,x\n',
      2,
      undefined,
    ],
    ['dimension: columns chooses 1 column of "p.csv", but the energy has dim 2; choose 2, from "a", "b".', 'a,b\n1,2\n', 2, ['a']],
    ['unknown-column: "p.csv" has no column "z"; its columns are "x", "y", counted from 0.', 'x,y\n1,2\n', 2, ['x', 'z']],
    ['unknown-column: "p.csv" has no column number 2; its columns are "x", "y", counted from 0.', 'x,y\n1,2\n', 2, [0, 2]],
    ['unknown-column: "p.csv" has no column number -1; its columns are "x", "y", counted from 0.', 'x,y\n1,2\n', 2, [0, -1]],
    ['unknown-column: "p.csv" has 2 columns named "x"; choose by zero-based number.', 'x,x\n1,2\n', 1, ['x']],
    ['empty: "p.csv" is empty; give a file with data.', '', 2, undefined],
    ['empty: "p.csv" has no rows; give a file with data.', 'x,y\n', 2, undefined],
    ['empty: "p.csv" has no rows; give a file with data.', '\n\n', 2, undefined],
    ['wrong-format: "p.csv" is not a text file; save it as UTF-8, or read it with the function of its format.', 'a\0b', 2, undefined],
  ])('%s', async (message, text, dim, columns) => {
    expect(await refuse(text, dim, columns)).toBe(message);
  });

  it('says where a quotation mark is left open', async () => {
    expect(await refuse('x,y\n1,2\n"3,4\n5,6\n', 2)).toMatch(/^wrong-format@3: Line 3 of "p\.csv" has a quotation mark out of place/);
  });

  it('refuses bytes that are no text', async () => {
    expect(await refuse(Uint8Array.from([0xc3, 0x28, 10]), 2)).toMatch(/^wrong-format: "p\.csv" is not a text file/);
  });

  it('refuses too few rows and says both numbers', async () => {
    expect(await refuse('x\n1\n2\n', 1, undefined, 10)).toBe(
      'too-few-rows: "p.csv" has 2 rows, but at least 10 are needed; give more data.',
    );
  });

  it('names at most a dozen columns', async () => {
    const names = Array.from({ length: 30 }, (_, i) => `c${String(i)}`);
    expect(await refuse(`${names.join()}\n${names.map(() => '1').join()}\n`, 2)).toMatch(/"c11" and 18 more\.$/);
  });

  it('refuses absurdly many columns', async () => {
    expect(await refuse(`${'1,'.repeat(70_000)}1\n`, 2)).toBe('too-large: "p.csv" has 70001 columns; at most 65536 can be read.');
  });
});

describe('files', () => {
  it('refuses an absent file, saying where it looked', async () => {
    expect(await failure('nope.csv', 'csv', 2)).toBe(
      `absent: There is no file "nope.csv" (looked for ${join(directory, 'nope.csv')}); a relative path starts at the energy file's folder.`,
    );
  });

  it('refuses a directory', async () => {
    mkdirSync(join(directory, 'folder.csv'));
    expect(await failure('folder.csv', 'csv', 2)).toBe('not-a-file: "folder.csv" is a directory; give the path of a file in it.');
  });

  it.skipIf(process.platform === 'win32')('refuses a device instead of reading it for ever', async () => {
    expect(await failure('/dev/zero', 'csv', 2)).toBe('not-a-file: "/dev/zero" is no ordinary file; give the path of a data file.');
  });

  it('takes an absolute path as it is', async () => {
    write('absolute.csv', '1\n2\n');
    expect((await read(join(directory, 'absolute.csv'), 'csv', 1)).rows).toBe(2);
  });
});
