import { describe, expect, it } from 'vitest';
import { agreements } from '../../../bench/agreement';
import type { SizeResult } from '../../../bench/measure';
import { memoryResult } from '../../../bench/memory';
import { decodeFloats, encodeFloats } from '../../../bench/protocol';
import { disagreements, figure, sizeReport, table, torchAdvice } from '../../../bench/report';

const reference = { losses: [2, 1, 0.5], gradientNorms: [10, 5, 1] };
const near = { name: 'near', losses: [2.00001, 1], gradientNorms: [10, 5] };
const far = { name: 'far', losses: [2, 1], gradientNorms: [10, 5.1] };

function resultOf(): SizeResult {
  const slice = { steps: 10, cpuSeconds: 1, idleCpuSeconds: 0.66, idleSeconds: 1 };
  const slices = [1, 2, 4].map((seconds, round) => ({ ...slice, round, seconds }));
  return {
    size: 'a',
    reference: 'judge',
    agreements: agreements(reference, [{ name: 'judge', ...reference }, near, far]),
    measured: [{ name: 'near', family: 'onnx', slices }],
    ratios: { autograd: { ours: 'near', theirs: 'judge', median: 2.5, least: 2, most: 3 }, forward: undefined },
  };
}

describe('agreements', () => {
  it('compares loss and gradient norm over the steps that both took', () => {
    const [close, off] = agreements(reference, [near, far]);
    expect(close).toMatchObject({ name: 'near', loss: 2.00001, gradientNorm: 10, agrees: true });
    expect(off).toMatchObject({ agrees: false });
    expect(off?.difference).toBeCloseTo(0.1 / 5.1, 10);
  });

  it('does not take a missing figure for agreement', () => {
    expect(agreements(reference, [{ name: 'x', losses: [Number.NaN], gradientNorms: [10] }])[0]?.agrees).toBe(false);
  });

  it('becomes a line that says who, by how much, and what was allowed', () => {
    expect(disagreements(resultOf())).toEqual([
      'far disagrees with judge on size a: loss 2.000000, gradient norm 10.00000 against loss 2.000000, gradient norm 10.00000 ' +
        'in the first step, largest relative difference 2.0e-2, 1e-4 allowed.',
    ]);
  });
});

describe('reports', () => {
  it('give median, spread, cores and ratios', () => {
    const report = sizeReport(resultOf());
    expect(report).toMatch(/near\s+5\.00\s+2\.50 - 10\.0\s+0\.50\s+10\.0\s+3\n/);
    expect(report).toMatch(/onnx \/ torch autograd\s+2\.50\s+2\.00 - 3\.00\s+near \/ judge/);
    expect(report).not.toContain('torch forward');
    expect(report).toContain('near used 60 % of a core while it waited');
  });

  it('align columns', () => {
    expect(
      table([
        ['', 'x'],
        ['long', '100'],
      ]),
    ).toBe('         x\nlong   100');
    expect([1234.5, 56.78, 1.234].map(figure)).toEqual(['1235', '56.8', '1.23']);
  });

  it('say how to get PyTorch, once', () => {
    const absentees = ['autograd', 'forward'].map((mode) => ({ name: mode, family: `torch ${mode}` as 'torch forward', why: 'no torch' }));
    expect(torchAdvice(absentees, 'py')).toMatch(/^PyTorch is not measured \(py: no torch\); .*apt-get install python3-torch/);
    expect(torchAdvice([], 'py')).toBeUndefined();
  });
});

describe('memoryResult', () => {
  const grown = (first: number, last: number) =>
    memoryResult('x', { steps: 1, residentBytes: first, peakBytes: first }, { steps: 2, residentBytes: last, peakBytes: last });

  it('allows five percent and 700 MB', () => {
    expect(grown(100e6, 105e6)).toMatchObject({ growthPercent: 5, withinTarget: true });
    expect(grown(100e6, 90e6)).toMatchObject({ growthPercent: -10, withinTarget: true });
    expect(grown(100e6, 106e6).withinTarget).toBe(false);
    expect(grown(701e6, 701e6).withinTarget).toBe(false);
  });
});

describe('numbers on their way to a worker', () => {
  it('arrive bit by bit', () => {
    const values = Float32Array.of(0, -1.5, 1e-40, Math.PI, Infinity);
    expect(decodeFloats(encodeFloats(values.subarray(1)))).toEqual(values.subarray(1));
  });
});
