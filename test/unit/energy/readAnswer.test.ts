import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EnergyFileError } from '../../../src/energy/errors';
import { readAnswer } from '../../../src/energy/readAnswer';

type Fields = Record<string, unknown>;

const whole = JSON.parse(readFileSync('test/fixtures/answers/traced.json', 'utf8')) as { readonly energies: readonly Fields[] };
const start = { file: '/a.energy.ts', line: 1, column: 1 };
const read = (text: string): ReturnType<typeof readAnswer> => readAnswer(text, () => undefined, start);

/** The message for the answer where one energy was changed. */
function refusalOf(name: string, change: Fields): string {
  const energies = whole.energies.filter((energy) => energy['name'] === name).map((energy) => ({ ...energy, ...change }));
  expect(energies).toHaveLength(1);
  return messageOf(JSON.stringify({ ...whole, energies }));
}

function messageOf(text: string): string {
  try {
    read(text);
  } catch (error) {
    if (error instanceof EnergyFileError) return error.message;
    throw error;
  }
  throw new Error('nothing was refused');
}

const bad = 'The sandbox gave an answer that is not well formed: ';

describe('an answer', () => {
  it('is read where the sandbox made it', () => {
    const { energies, log } = read(JSON.stringify(whole));
    expect(energies.map(({ name }) => name)).toEqual(['file', 'network', 'sampled']);
    expect(log).toEqual(['printed']);
  });

  it.each<[string, string, Fields, string]>([
    ['data of the kind constructor', 'network', { data: { kind: 'constructor' } }, 'energy.data.kind is not one of samples, file, '],
    [
      'a mixture without weights',
      'network',
      { data: { kind: 'gaussianMixture', means: [[0, 0]], std: [1] } },
      'energy.data.weights is not a list',
    ],
    [
      'a file of the format constructor',
      'network',
      { data: { kind: 'file', format: 'constructor', path: 'a' } },
      'energy.data.format is not one of csv',
    ],
    ['a fit of no steps', 'network', { fit: { steps: 0 } }, 'fit.steps must be a whole number from 1 to'],
    [
      'a custom density of half a row',
      'network',
      { mixing: { kind: 'custom', samples: { bits: 32, base64: 'AAAAAA==' } } },
      'energy.mixing is not',
    ],
    [
      'samples of half a row',
      'network',
      { data: { kind: 'samples', dim: 2, values: { bits: 32, base64: 'AAAAAA==' } } },
      'energy.data is not rows',
    ],
    ['a mixing density of unknown fields', 'network', { mixing: { kind: 'mixture' } }, 'energy.mixing.means is not a list'],
  ])('is refused with %s', (_, name, change, says) => {
    expect(refusalOf(name, change)).toContain(bad + says);
  });

  it('is refused where it is nested without end', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const text = JSON.stringify({
      ...whole,
      energies: [
        { ...whole.energies[0], energy: { nodes: [{ op: 'input', attrs: { deep: 'DEEP' }, inputs: [], shape: [], dtype: 'float32' }] } },
      ],
    });
    expect(messageOf(text.replace('"DEEP"', deep))).toMatch(/is not nested less than 100 times\.$/);
  });

  it('is refused where it has more parts than memory for them', () => {
    expect(messageOf(`{"log":[${'[],'.repeat(4_000_000)}0]}`)).toBe(`${bad}the answer has too many parts.`);
  });

  it('says something where the file throws an error without a message', () => {
    const text = JSON.stringify({ kind: 'failed', reason: 'exception', message: '\n', log: [] });
    expect(messageOf(text)).toBe('The file threw an error that has no message.');
  });

  it('shows what it says on one line', () => {
    const text = JSON.stringify({ kind: 'failed', reason: 'exception', message: 'a\n\u001b[2Jb\u202ec', log: [] });
    expect(messageOf(text)).toBe('a  [2Jb c');
  });
});
