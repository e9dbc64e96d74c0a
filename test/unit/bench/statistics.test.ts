import { describe, expect, it } from 'vitest';
import { fastest, median, ratioOf, relativeDifference, rotated, spread } from '../../../bench/statistics';

describe('median', () => {
  it('is the middle value, or the mean of the two in the middle', () => {
    expect(median([3, 100, 1])).toBe(3);
    expect(median([4, 1, 2, 100])).toBe(3);
    expect(median([7])).toBe(7);
  });

  it('leaves the values in their order and refuses to be of nothing', () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
    expect(() => median([])).toThrow(RangeError);
  });

  it('comes with least and most', () => {
    expect(spread([5, 2, 9])).toEqual({ median: 5, least: 2, most: 9 });
  });
});

describe('ratioOf', () => {
  const one = { name: 'onnx, 1 thread', rates: [10, 20, 30] };
  const two = { name: 'onnx, 2 threads', rates: [40, 1, 1] };
  const torch = { name: 'torch', rates: [5, 5, 10] };

  it('takes the side with the highest median, not the luckiest round', () => {
    expect(fastest([two, one])).toBe(one);
  });

  it('compares round by round', () => {
    expect(ratioOf([one, two], [torch])).toEqual({ ours: one.name, theirs: 'torch', median: 3, least: 2, most: 4 });
  });

  it('takes the rounds that both have', () => {
    expect(ratioOf([one], [{ name: 'torch', rates: [10] }])?.median).toBe(1);
  });

  it('is undefined where one side is missing or has no rounds', () => {
    expect(ratioOf([one], [])).toBeUndefined();
    expect(ratioOf([{ name: 'onnx', rates: [] }], [torch])).toBeUndefined();
  });
});

describe('relativeDifference', () => {
  it('is relative to the larger figure', () => {
    expect(relativeDifference(-2, -1)).toBe(0.5);
    expect(relativeDifference(1, -1)).toBe(2);
    expect(relativeDifference(0, 0)).toBe(0);
  });

  it('is infinite for what is not a number', () => {
    expect(relativeDifference(Number.NaN, 1)).toBe(Infinity);
    expect(relativeDifference(1, Infinity)).toBe(Infinity);
  });
});

describe('rotated', () => {
  it('begins with another item each round', () => {
    expect([0, 1, 2, 3].map((round) => rotated(['a', 'b', 'c'], round).join(''))).toEqual(['abc', 'bca', 'cab', 'abc']);
    expect(rotated([], 2)).toEqual([]);
  });
});
