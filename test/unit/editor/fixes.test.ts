import { describe, expect, it } from 'vitest';
import { applyFix } from '../../../src/editor/fixes/applyFix';
import { EnergyFileError } from '../../../src/energy/errors';
import { loadEnergyFile } from '../../../src/energy/load';
import { untranslated } from '../../../src/editor/translate';
import type { Fix } from '../../../src/shared/fix';
import { energyOf, header } from '../energy/mistake';
import { useSandbox } from '../energy/sandboxBuild';
import { writeEnergy } from '../energy/workspace';

const paths = useSandbox();

/** What a file comes to: undefined where it loads. */
async function mistakeOf(text: string): Promise<EnergyFileError | undefined> {
  const path = await writeEnergy(text);
  const outcome = await loadEnergyFile(path, { paths: paths(), samples: 100 }).catch((error: unknown) => error);
  if (outcome instanceof Error && !(outcome instanceof EnergyFileError)) throw outcome;
  return outcome instanceof EnergyFileError ? outcome : undefined;
}

function offsetOf(text: string, { line, column }: { readonly line: number; readonly column: number }): number {
  const before = text.split('\n').slice(0, line - 1);
  return before.reduce((n, row) => n + row.length + 1, 0) + column - 1;
}

function mended(text: string, offset: number, fix: Fix): { readonly title: string; readonly text: string } | undefined {
  const cure = applyFix(text, offset, fix, untranslated);
  if (cure === undefined) return undefined;
  const last = [...cure.edits].sort((a, b) => b.offset - a.offset);
  return { title: cure.title, text: last.reduce((now, e) => now.slice(0, e.offset) + e.text + now.slice(e.offset + e.length), text) };
}

const model = '...mlp([2, 8, 1])';
const defined = (rest: string): string => `${header}export const e = defineEnergy({ dim: 2, ${model}, ${rest} } as any);`;

/** A file with a mistake, what the fix is called, and a part of the text before and after it. */
const cases: readonly (readonly [title: string, text: string, action: string, before: string, after: string])[] = [
  ['a column', energyOf('x.sum(1, true)'), 'Append .squeeze([1])', 'x.sum(1, true),', 'x.sum(1, true).squeeze([1]),'],
  [
    'a column out of a function with a body and a comment',
    energyOf('{ const y = tf.square(x); return tf.sum(y, 1, true) /* [n, 1] */ }'),
    'Append .squeeze([1])',
    'tf.sum(y, 1, true) /*',
    'tf.sum(y, 1, true).squeeze([1]) /*',
  ],
  [
    'a column with a type',
    energyOf('x.sum(1, true) as tf.Tensor'),
    'Append .squeeze([1])',
    'x.sum(1, true) as tf.Tensor,',
    '(x.sum(1, true) as tf.Tensor).squeeze([1]),',
  ],
  ['a mean of everything', energyOf('x.square().mean()'), 'Sum over axis 1', '.mean()', '.sum(1)'],
  ['a sum of everything', energyOf('tf.sum(x)'), 'Reduce over axis 1', 'tf.sum(x)', 'tf.sum(x, 1)'],
  ['a mean over the batch', energyOf('tf.sub(x, tf.mean(x, 0)).sum(1)'), 'Reduce over axis 1', 'tf.mean(x, 0)', 'tf.mean(x, 1, true)'],
  ['a maximum over the batch', energyOf('x.sub(x.max(0)).sum(1)'), 'Reduce over axis 1', 'x.max(0)', 'x.max(1, true)'],
  ['a missing export', energyOf('x.sum(1)').replace('export ', ''), 'Export e', '\nconst e', '\nexport const e'],
  ['an unknown setting', defined('fit: { learningrate: 1 }'), 'Change to "learningRate"', 'learningrate: 1', 'learningRate: 1'],
  ['an unknown objective', defined("fit: { objective: 'fischer' }"), 'Change to "fisher"', "'fischer'", "'fisher'"],
  ['an unknown option', defined('dat: data.rings()'), 'Change to "data"', ' dat:', ' data:'],
  ['an unknown option of data', defined('data: data.rings({ sdt: 0.1 })'), 'Change to "std"', 'sdt:', 'std:'],
  ['an unknown distribution', defined('data: (data as any).ring()'), 'Change to "rings"', '.ring()', '.rings()'],
  ['an unknown activation', defined('x: 0').replace('8, 1]), x: 0', "8, 1], 'swich')"), 'Change to "swish"', "'swich'", "'swish'"],
  ['an unknown function of tfjs', energyOf('(tf as any).summ(x, 1)'), 'Change to "sum"', '.summ(', '.sum('],
  ['an unknown method of a tensor', energyOf('(x as any).sqare().sum(1)'), 'Change to "square"', '.sqare(', '.square('],
  ['an unknown export', `${energyOf('x.sum(1)').replace('mlp }', 'mpl }')}void mpl;`, 'Change to "mlp"', 'mpl }', 'mlp }'],
  ['beta of one', defined('fit: { steps: 5, beta: 1 }'), 'Set beta to 0.8', 'beta: 1 ', 'beta: 0.8 '],
  [
    'data of another dimension',
    `${header}export const e = defineEnergy({ dim: 3, energy: (x) => x.sum(1), data: data.rings() });`,
    'Set dim to 2',
    'dim: 3',
    'dim: 2',
  ],
  ['a module of Node.js', `import 'node:fs';\n${energyOf('x.sum(1)')}`, 'Remove the import', "import 'node:fs';\n", ''],
  ['a package of tfjs', energyOf('tf.sum(x, 1)').replace('/tfjs', '/tfjs-data'), 'Change to "@tensorflow/tfjs"', 'tfjs-data', 'tfjs'],
];

describe('fixes', () => {
  it.each(cases)('mend %s', async (title, text, action, before, after) => {
    expect(text).toContain(before);
    const mistake = await mistakeOf(text);
    if (mistake?.fix === undefined || mistake.position === undefined) throw new Error(`no fix: ${mistake?.message}`);
    const found = mended(text, offsetOf(text, mistake.position), mistake.fix);
    expect(found).toEqual({ title: action, text: text.replace(before, after) });
    // Using a name that is mended at one of its places only is another mistake.
    if (title !== 'an unknown export') expect(await mistakeOf(found?.text ?? '')).toBeUndefined();
  });

  it('are not offered where the text is not plain', () => {
    const at = (text: string, part: string, fix: Fix): unknown => mended(text, text.indexOf(part), fix);
    const network = `${header}export const e = defineEnergy({ dim: 2, ...network });`;
    expect(at(network, 'defineEnergy({', { kind: 'squeeze' })).toBeUndefined();
    const twoReturns = energyOf('{ if (a) return x.sum(1, true); return x; }');
    expect(at(twoReturns, 'x.sum', { kind: 'squeeze' })).toBeUndefined();
    const axes = energyOf('x.sum(axes)');
    expect(at(axes, 'sum(axes', { kind: 'sum-rows' })).toBeUndefined();
    expect(at('export default 3;', 'default', { kind: 'export' })).toBeUndefined();
    expect(at('const a = 1;', 'a', { kind: 'rename', from: 'b', to: 'c' })).toBeUndefined();
    expect(at(energyOf('x'), 'dim', { kind: 'set', property: 'beta', value: '0.8' })).toBeUndefined();
    expect(at('export const a = 1;', 'a', { kind: 'remove-import' })).toBeUndefined();
  });

  it('stay in the definition around the mistake', () => {
    const text = `${header}export const a = defineEnergy({ dim: 2, fit: { beta: 0.7 } });\nexport const b = defineEnergy({ dim: 2, fit: { beta: 2 } });`;
    const offset = text.lastIndexOf('defineEnergy');
    expect(mended(text, offset, { kind: 'set', property: 'beta', value: '0.8' })?.text).toBe(text.replace('beta: 2', 'beta: 0.8'));
  });
});
