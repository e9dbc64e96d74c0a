import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findEnergies } from '../../../src/editor/findEnergies';

const names = (source: string): string[] => findEnergies(source).map(({ name }) => name);

describe('energies in a text', () => {
  it.each([
    ['examples/fourModes.energy.ts', ['fourModes']],
    ['examples/twoModes.energy.ts', ['twoModes']],
    ['examples/rings.energy.ts', ['rings']],
  ])('finds those of %s', (file, expected) => {
    const source = readFileSync(file, 'utf8');
    expect(names(source)).toEqual(expected);
    const [energy] = findEnergies(source);
    expect(source.slice(energy!.offset, energy!.offset + energy!.length)).toBe(expected[0]);
  });

  it.each([
    ['several, in order', 'export const b = defineEnergy({});\nexport const a = defineEnergy({})', ['b', 'a']],
    ['with a type', 'export const a: Energy<2> = defineEnergy({})', ['a']],
    ['with type arguments', 'export const a = defineEnergy<2>({})', ['a']],
    ['across lines', 'export\n  const a\n  = defineEnergy\n  (', ['a']],
    ['letters of any script', 'export const énergie_φ = defineEnergy({', ['énergie_φ']],
    ['handed out by a list', 'const a = defineEnergy({}); export { a, b as c };\nconst b = defineEnergy({})', ['a', 'c']],
    ['not those that stay inside', 'const a = defineEnergy({})', []],
    ['not the result of something else', 'export const a = wrap(defineEnergy({}))', []],
    ['not in a line comment', '// export const a = defineEnergy({})', []],
    ['not in a block comment', '/* export const a = defineEnergy({}) */', []],
    ['not in a string', 'const s = "export const a = defineEnergy({})"', []],
    ['not in a template', 'const s = `\nexport const a = defineEnergy({})\n`', []],
    ['not in a nested template', 'const s = `${`export const a = defineEnergy(${1})`}`', []],
    ['not in a regular expression', 'const r = /export const a = defineEnergy(x)"/;', []],
    ['after a regular expression with a quote', 'const r = /["`]/;\nexport const a = defineEnergy({})', ['a']],
    ['after a division', 'const q = a / b; export const c = defineEnergy({}) / 2', ['c']],
    ['after a comment with a quote', "// don't\nexport const a = defineEnergy({})", ['a']],
    ['not another word', 'export const a = defineEnergyOf({})', []],
  ])('%s', (_, source, expected) => {
    expect(names(source)).toEqual(expected);
  });

  it.each([
    ['a value that is missing', 'export const a = defineEnergy({ dim: , '],
    ['brackets that are open', 'function f( {\nif (\nexport const a = defineEnergy({ energy: (x) => tf.sum('],
    ['a string that is open', "const s = 'open\nexport const a = defineEnergy({"],
    ['a template that is open', 'export const a = defineEnergy({});\nconst s = `open ${'],
    ['an import that is half there', "import { defineEnergy from 'unblind\nexport const a = defineEnergy({})"],
  ])('works with %s', (_, source) => {
    expect(names(source)).toEqual(['a']);
  });

  it('keeps its lenses at every prefix and with any character typed behind them', () => {
    const source = readFileSync('examples/rings.energy.ts', 'utf8');
    const from = source.indexOf('defineEnergy({') + 'defineEnergy('.length;
    for (let end = from; end < source.length; end++) expect(names(source.slice(0, end))).toEqual(['rings']);
    for (const typed of '`\'"/\\{}()[]<>$#@') {
      expect(names(`${source.slice(0, from + 20)}${typed}${source.slice(from + 20)}`)).toEqual(['rings']);
    }
  });

  it('takes well under 20 ms for a thousand lines', () => {
    const body = readFileSync('examples/rings.energy.ts', 'utf8');
    const source = Array.from({ length: 40 }, () => body).join('\n');
    expect(source.split('\n').length).toBeGreaterThan(1000);
    findEnergies(source);
    const started = performance.now();
    for (let i = 0; i < 10; i++) findEnergies(source);
    expect((performance.now() - started) / 10).toBeLessThan(20);
  });

  it('is not slowed by many open templates', () => {
    const source = `${'`${'.repeat(3000)}\nexport const a = defineEnergy({})`;
    const started = performance.now();
    findEnergies(source);
    expect(performance.now() - started).toBeLessThan(500);
  });
});
