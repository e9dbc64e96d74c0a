import { describe, expect, it } from 'vitest';
import { encodeAnswer, packNumbers } from '../../../src/energy/answer';
import { toBase64 } from '../../../src/energy/base64';
import { AnswerError, decodeAnswer, Field } from '../../../src/energy/decode';
import { decodeEnergy } from '../../../src/energy/decodeEnergy';
import { decodeUtf8, encodeUtf8 } from '../../../src/energy/sandbox/utf8';
import { Random } from '../../../src/shared/random';

const noMap = (): undefined => undefined;
const start = { file: 'a.ts', line: 1, column: 1 };

describe('base64', () => {
  it.each([0, 1, 2, 3, 4, 5, 24_575, 24_576, 24_577, 100_000])('of %i bytes is what Node.js makes of them', (length) => {
    const random = new Random(length);
    const bytes = Uint8Array.from({ length }, () => random.integer(256));
    expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
  });
});

describe('UTF-8', () => {
  it.each(['', 'plain', 'héllo ∇²E', '😀 and 漢字'])('of %s is what Node.js makes of it', (text) => {
    expect([...encodeUtf8(text)]).toEqual([...Buffer.from(text)]);
    expect(decodeUtf8(Buffer.from(text))).toBe(text);
  });
});

describe('numbers in answers', () => {
  it.each([
    ['float32 where that is exact', [0, -0, 1.5, -3, Infinity, NaN], 32],
    ['float64 elsewhere', [0.1, 1e300], 64],
  ])('are %s', (_, values, bits) => {
    const packed = packNumbers(Float64Array.from(values));
    expect(packed.bits).toBe(bits);
    expect([...new Field(JSON.parse(JSON.stringify(packed)), 'x').packed(values.length)]).toEqual(values);
  });

  it('may be infinite', () => {
    const text = encodeAnswer({ kind: 'traced', energies: [{ value: -Infinity }], warnings: [], log: [] });
    const [energy] = (JSON.parse(text) as { energies: unknown[] }).energies;
    expect(new Field(energy, 'x').at('value').number()).toBe(-Infinity);
  });

  it.each([[{ bits: 32, base64: 'AAAA' }], [{ bits: 16, base64: '' }], [{ bits: 32 }], ['AAAA']])(
    'are refused where they are not well formed: %o',
    (value) => {
      expect(() => new Field(value, 'x').packed(1)).toThrow(AnswerError);
    },
  );
});

describe('answers', () => {
  it.each([
    ['no JSON', '{', 'the answer is not JSON'],
    ['no object', '3', 'answer is not an object'],
    ['an unknown kind', '{"kind":"good","log":[]}', 'answer.kind is not one of failed, traced'],
    ['an unknown reason', '{"kind":"failed","log":[],"reason":"bad","message":""}', 'answer.reason is not one of'],
    ['no message', '{"kind":"failed","log":[],"reason":"shape"}', 'answer.message is not a text'],
    ['a line that is none', '{"kind":"failed","log":[],"reason":"shape","message":"","line":0}', 'answer.line is not a whole number'],
    ['no energies', '{"kind":"traced","log":[],"warnings":[]}', 'answer.energies is not a list'],
    ['inherited fields', '{"kind":"traced","log":[],"energies":[],"__proto__":{"warnings":[]}}', 'answer.warnings is not a list'],
  ])('with %s are refused', (_, text, message) => {
    expect(() => decodeAnswer(text)).toThrow(message);
  });

  const energy = {
    network: 'energy',
    name: 'e',
    source: { line: 1, column: 1 },
    dim: 1,
    params: [],
    energy: {
      nodes: [
        { op: 'input', inputs: [], attrs: { name: 'x' }, shape: [{ n: 1, plus: 0 }, 1], dtype: 'float32' },
        { op: 'reshape', inputs: [0], attrs: { shape: [{ n: 1, plus: 0 }] }, shape: [{ n: 1, plus: 0 }], dtype: 'float32' },
      ],
      inputs: [{ name: 'x', node: 0 }],
      outputs: [1],
    },
    data: { kind: 'gaussianMixture', means: [[0]], std: [1], weights: [1] },
    mixing: null,
    fit: { beta: 0.5 },
    noise: null,
    image: null,
    kernels: ['Reshape'],
  };

  it('of an energy are read', () => {
    expect(decodeEnergy(energy, noMap, start)).toEqual({ ...energy, source: start });
  });

  it.each<readonly [string, unknown, string]>([
    ['a dim of zero', { ...energy, dim: 0 }, 'energy.dim is not a whole number from 1'],
    ['an input of another shape', { ...energy, dim: 2 }, 'the input x must have shape [1, 1], not [1, 2]'],
    [
      'an unknown primitive',
      { ...energy, energy: { ...energy.energy, nodes: [{ ...energy.energy.nodes[0], op: 'run' }] } },
      'energy.energy.nodes[0].op is not one of',
    ],
    ['an output of wrong shape', { ...energy, energy: { ...energy.energy, outputs: [0] } }, 'does not give what it should for 1 rows'],
    ['two outputs', { ...energy, energy: { ...energy.energy, outputs: [1, 1] } }, 'does not give what it should for 1 rows'],
    [
      'parameters of wrong length',
      { ...energy, params: [{ name: 'p', shape: [3], init: { bits: 32, base64: 'AAAAAA==' } }] },
      'energy.params[0].init is not packed numbers of the right length',
    ],
    ['data of another dimension', { ...energy, data: { ...energy.data, means: [[0, 0]] } }, 'energy.data is not of dimension 1'],
    ['impossible data', { ...energy, data: { ...energy.data, std: [-1] } }, 'std must be a positive number'],
    ['an unknown mixing density', { ...energy, mixing: { kind: 'cauchy' } }, 'energy.mixing.kind is not one of'],
    ['an unknown network', { ...energy, network: 'flow' }, 'energy.network is not one of energy, score'],
    [
      'impossible noise',
      { ...energy, noise: { largest: 1, smallest: null, levels: 0 } },
      'energy.noise.levels is not a whole number from 1',
    ],
    [
      'an image of another size',
      { ...energy, image: { width: 2, height: 1, channels: 1 } },
      'energy.image is not an image of the right size',
    ],
    ['impossible settings', { ...energy, fit: { beta: 2 } }, 'fit.beta must be strictly between 0 and 1'],
  ])('of an energy with %s are refused', (_, value, message) => {
    expect(() => decodeEnergy(value, noMap, start)).toThrow(message);
  });
});
