import { describe, expect, it } from 'vitest';
import { dataFixture } from './dataFixture';

const { write, read, failure } = dataFixture();

describe('JSON', () => {
  it.each<[string, string, string[]]>([
    ['a list of rows', '[[1, 2], [3, 4.5]]', ['0', '1']],
    ['a list of objects, in the order of the first one', '[{"x": 1, "y": 2, "name": "a"}, {"name": "b", "y": 4.5, "x": 3}]', ['x', 'y']],
    ['an object of lists', '{"x": [1, 3], "y": [2, 4.5], "name": ["a", "b"]}', ['x', 'y']],
    ['a byte order mark', '\uFEFF[[1, 2], [3, 4.5]]', ['0', '1']],
  ])('reads %s', async (_, text, columns) => {
    write('p.json', text);
    expect(await read('p.json', 'json', 2)).toEqual({ columns, rows: 2, dim: 2, values: Float64Array.of(1, 2, 3, 4.5) });
  });

  it('reads a list of numbers as one column, and truth values as 1 and 0', async () => {
    write('p.json', '[1, true, false]');
    expect((await read('p.json', 'json', 1)).values).toEqual(Float64Array.of(1, 1, 0));
  });

  it('chooses columns, also one called like a part of every object', async () => {
    write('p.json', '{"__proto__": [1, 2], "constructor": [3, 4], "x": [5, 6]}');
    expect((await read('p.json', 'json', 2, { columns: ['constructor', '__proto__'] })).values).toEqual(Float64Array.of(3, 1, 4, 2));
    write('p.json', '[{"a": 1, "b": 2}]');
    expect((await read('p.json', 'json', 1, { columns: [1] })).columns).toEqual(['b']);
  });
});

describe('bad JSON', () => {
  it.each<[string, string]>([
    ['ragged@2: Row 2 of "p.json" has 1 numbers, but the first has 2 numbers; give every row as many.', '[[1, 2], [3]]'],
    ['ragged@2: Row 2 of "p.json" is no list, but the first has 2 numbers; give every row as many.', '[[1, 2], 3]'],
    ['ragged@2: Row 2 of "p.json" is no object, but the first is; give every row the same keys.', '[{"x": 1, "y": 2}, [1, 2]]'],
    ['ragged: "p.json": "y" has 1 numbers, but "x" has 2; give every column as many.', '{"x": [1, 2], "y": [1]}'],
    [
      'not-numeric@2: Column "1" of "p.json" holds "four" in row 2, which is no number; mend it or choose other columns.',
      '[[1, 2], [3, "four"]]',
    ],
    [
      'not-numeric@2: Column "1" of "p.json" holds "[4]" in row 2, which is no number; mend it or choose other columns.',
      '[[1, 2], [3, [4]]]',
    ],
    ['not-finite@2: Column "y" of "p.json" is missing or NaN in row 2; remove or fill such rows.', '[{"x": 1, "y": 2}, {"x": 3}]'],
    ['not-finite@2: Column "1" of "p.json" is missing or NaN in row 2; remove or fill such rows.', '[[1, 2], [3, null]]'],
    ['not-finite@1: Column "0" of "p.json" is infinite in row 1; remove or fill such rows.', '[[1e999, 2]]'],
    ['dimension: "p.json" has 3 columns of numbers, but the energy has dim 2; choose 2 with columns, from "0", "1", "2".', '[[1, 2, 3]]'],
    ['empty: "p.json" is an empty list; give a file with data.', '[]'],
    ['empty: "p.json" has no rows; give a file with data.', '{"x": [], "y": []}'],
    ['unsupported: "p.json": "x" is no list of numbers; write an object of lists, such as {"x": [1, 3], "y": [2, 4]}.', '{"x": 1}'],
    ['unsupported: "p.json" holds neither a list nor an object; write a list of rows, such as [[1, 2], [3, 4]].', '3'],
    ['wrong-format: "p.json" is not valid JSON: it is cut off or damaged.', '[[1, 2], [3'],
    ['wrong-format: "p.json" is not valid JSON: JSON knows neither NaN nor Infinity.', '[[1, NaN]]'],
    ['wrong-format: "p.json" is not valid JSON: it is cut off or damaged.', '['.repeat(100_000)],
  ])('%s', async (message, text) => {
    write('p.json', text);
    expect(await failure('p.json', 'json', 2)).toBe(message);
  });
});
