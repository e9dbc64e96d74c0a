import { describe, expect, it } from 'vitest';
import { fisherFigures } from '../../../scripts/papers/fisherFigures';
import { gaussians } from '../../../scripts/papers/gaussians';
import { heatFlow } from '../../../scripts/papers/heatFlow';
import { markdown } from '../../../scripts/papers/markdown';
import { beside, claimed, compared, disagreements, type Section } from '../../../scripts/papers/section';
import { steinFigure } from '../../../scripts/papers/steinFigure';

describe('a row', () => {
  const section = (rows: Section['tables'][number]['rows']): Section => ({
    title: '',
    text: [],
    pictures: [],
    tables: [{ caption: '', column: 'exact', source: '', rows }],
  });

  it('agrees within its tolerance, and not beyond', () => {
    expect(compared('', 2, 2.0019, { relative: 1e-3 }).agrees).toBe(true);
    expect(compared('', 2, 2.0021, { relative: 1e-3 }).agrees).toBe(false);
    expect(compared('', 0, -0.009, { absolute: 0.01 }).agrees).toBe(true);
    expect(compared('', 0, -0.011, { absolute: 0.01 }).agrees).toBe(false);
    expect(compared('', 1, NaN, { absolute: 0.01 }).agrees).toBe(false);
  });

  it('that should agree and does not is found among all sections', () => {
    const bad = claimed('bad', '', '', false, '');
    const rows = [compared('', 1, 1, { relative: 0 }), beside('', 1, 9, 'settings'), bad];
    expect(disagreements([section([]), section(rows)])).toEqual([bad]);
  });
});

it('the document escapes what would end a cell, and says no where a row does not agree', () => {
  const rows = [claimed('FD(p || q)', 'a', 'b', false, 'c')];
  const text = markdown([{ title: 't', text: [], pictures: [], tables: [{ caption: 'c', column: 'published', source: 's.', rows }] }]);
  expect(text).toContain('| FD(p \\|\\| q) | a | b | **no** | c |');
});

describe.each([
  ['divergences', fisherFigures, 24, 2],
  ['Stein discrepancies', () => Promise.resolve(steinFigure()), 12, 1],
  ['Gaussians', gaussians, 9, 0],
  ['heat flow', heatFlow, 10, 1],
] as const)('the section of %s', (_name, make, rows, pictures) => {
  it('agrees in every row, all of which must', async () => {
    const section = await make();
    const all = section.tables.flatMap((table) => table.rows);
    expect(all).toHaveLength(rows);
    expect(all.filter(({ agrees }) => agrees !== true)).toEqual([]);
    expect(section.pictures).toHaveLength(pictures);
    for (const { svg } of section.pictures) expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  });
});
