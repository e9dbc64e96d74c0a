/** Fields made of a sampler's options. */

import { describe, expect, it } from 'vitest';
import type { NumberOption } from '../../../src/shared/samplerForm';
import { samplers } from '../../../src/samplers/samplers';
import { boundsText, optionLabel, optionValue, parseOption, seedOption, withOption } from '../../../webview/sample/optionFields';

const number = (bounds: Partial<NumberOption>): NumberOption => ({ kind: 'number', default: 1, help: '', ...bounds });
const integer = (bounds: Partial<NumberOption>): NumberOption => ({ ...number(bounds), kind: 'integer' });

describe('options of samplers', () => {
  it('are called what they are', () => {
    expect(['stepSize', 'steps', 'stepsPerLevel'].map(optionLabel)).toEqual(['Step size', 'Steps', 'Steps per level']);
  });

  it('say their bounds', () => {
    expect(boundsText(number({ above: 0 }))).toBe('above 0');
    expect(boundsText(number({ above: 0, most: 1 }))).toBe('above 0, at most 1');
    expect(boundsText(integer({ least: 0, most: 4096 }))).toBe('from 0 to 4,096');
    expect(boundsText(integer({ least: 1 }))).toBe('from 1');
    expect(boundsText(number({ most: 5 }))).toBe('at most 5');
    expect(boundsText(seedOption)).toBe('');
  });

  it.each([
    [number({ above: 0 }), '0', 'A number above 0.'],
    [number({ above: 0 }), '0,25', 0.25],
    [number({ above: 0, most: 1 }), '1', 1],
    [number({ above: 0, most: 1 }), '1.1', 'A number above 0, at most 1.'],
    [number({}), '', 'A number.'],
    [integer({ least: 1 }), '1e3', 1000],
    [integer({ least: 1 }), '1.5', 'A whole number from 1.'],
    [integer({ least: 0, most: 9 }), '10', 'A whole number from 0 to 9.'],
    [seedOption, '-3', -3],
    [seedOption, '1e300', 'A whole number.'],
    [seedOption, 'NaN', 'A whole number.'],
    [seedOption, 'Infinity', 'A whole number.'],
  ])('%# take what makes sense of %j', (option, text, wanted) => {
    expect(parseOption(option, text)).toBe(wanted);
  });

  it('take the defaults of every sampler', () => {
    const numbers = samplers
      .flatMap(({ options }) => Object.values(options))
      .filter((option) => !('choices' in option) && option.kind !== 'switch');
    expect(numbers.length).toBeGreaterThan(20);
    for (const option of numbers)
      if (option.kind === 'number' || option.kind === 'integer') expect(parseOption(option, String(option.default))).toBe(option.default);
  });

  it('are kept where they are not the defaults', () => {
    const settings = { sampler: 'mala', options: { svgd: { steps: 3 } }, particles: 1, start: 'data', seed: 0 } as const;
    const step = number({ above: 0, default: 0.1 });
    const changed = { ...settings, options: withOption(settings, 'mala', 'stepSize', step, 0.2) };
    expect(changed.options).toEqual({ svgd: { steps: 3 }, mala: { stepSize: 0.2 } });
    expect(optionValue(changed, 'mala', 'stepSize', step)).toBe(0.2);
    expect(optionValue(changed, 'langevin', 'stepSize', step)).toBe(0.1);
    expect(withOption(changed, 'mala', 'stepSize', step, 0.1)).toEqual({ svgd: { steps: 3 }, mala: {} });
  });
});
