import { describe, expect, it } from 'vitest';
import type { ModeRecord } from '../../../src/runs/record';
import { arrows } from '../../../src/runs/report/arrows';
import { contourLines } from '../../../src/shared/plot/contours';
import { logSpaced } from '../../../src/runs/report/evolutionFigure';
import { reduceGrid } from '../../../src/shared/plot/grid';
import { matchModes } from '../../../src/runs/report/modeBars';
import { formatFixed, formatNumber, formatSeconds, formatWithError } from '../../../src/shared/plot/numberFormat';
import { encodePng } from '../../../src/runs/report/png';
import { linearScale, logScale } from '../../../src/shared/plot/scale';
import { histogram, movingAverage, quantile, thin } from '../../../src/shared/plot/statistics';
import { viridis } from '../../../src/shared/plot/viridis';

describe('numbers in words', () => {
  it.each([
    [0.00812, 2, '0.0081'],
    [0.179, 2, '0.18'],
    [-1.5, 3, '−1.50'],
    [1.2e-7, 2, '1.2 × 10⁻⁷'],
    [123456, 3, '123,456'],
    [4.2e9, 2, '4.2 × 10⁹'],
    [0, 3, '0'],
    [Number.NaN, 3, '–'],
  ])('%d with %d digits is %s', (value, digits, text) => {
    expect(formatNumber(value, digits)).toBe(text);
  });

  it('writes errors to the digit that means something, and no negative zero', () => {
    expect(formatWithError(1.23456, 0.0041)).toBe('1.235 ± 0.004');
    expect(formatWithError(-0.86123, 0.013)).toBe('−0.861 ± 0.013');
    expect(formatWithError(2, Number.NaN)).toBe('2.000');
    expect(formatWithError(10.7607, 4e-8)).toBe('10.76');
    expect(formatFixed(-0.0001, 2)).toBe('0.00');
    expect([38.24, 133, 7500].map(formatSeconds)).toEqual(['38.2 s', '2 min 13 s', '2 h 5 min']);
  });
});

describe('scales', () => {
  it('puts ticks at round values', () => {
    expect(linearScale(0, 4000, 0, 100, 5).ticks.map(({ label }) => label)).toEqual(['0', '1,000', '2,000', '3,000', '4,000']);
    expect(linearScale(-0.2, 0.3, 0, 100, 5).ticks.map(({ label }) => label)).toEqual(['−0.2', '−0.1', '0.0', '0.1', '0.2', '0.3']);
    expect(logScale(0.008, 0.9, 0, 1).ticks.map(({ label }) => label)).toEqual(['0.01', '0.02', '0.05', '0.1', '0.2', '0.5']);
  });

  it('maps ends to ends, and does not fail on a domain without width', () => {
    const scale = logScale(1, 100, 10, 30);
    expect([scale.map(1), scale.map(10), scale.map(100)]).toEqual([10, 20, 30]);
    expect(linearScale(3, 3, 0, 10, 4).map(3)).toBe(5);
    expect(Number.isFinite(linearScale(Number.NaN, Number.NaN, 0, 10, 4).map(0))).toBe(true);
  });
});

describe('statistics', () => {
  it('averages, counts and thins', () => {
    expect(movingAverage([0, 3, 6, Number.NaN, 9], 1)).toEqual([0, 3, 4.5, 7.5, 9]);
    expect(quantile([4, 1, Number.NaN, 3, 2], 0.5)).toBe(2.5);
    expect(histogram([0.1, 0.2, 0.9, 5], 0, 1, 2)).toEqual([1, 0.5]);
    expect(thin([0, 1, 2, 3, 4, 5, 6, 7, 8], 3)).toEqual([0, 4, 8]);
  });
});

describe('pictures', () => {
  it('writes PNG checksums that agree with the standard', () => {
    // The empty IEND chunk of every PNG file has this checksum.
    expect([...encodePng(1, 1, Uint8Array.of(1, 2, 3)).slice(-4)]).toEqual([0xae, 0x42, 0x60, 0x82]);
    expect(() => encodePng(2, 2, new Uint8Array(3))).toThrow(RangeError);
  });

  it('colours from viridis, from end to end', () => {
    expect([viridis(0), viridis(0.5), viridis(1), viridis(7), viridis(Number.NaN)]).toEqual([
      [68, 1, 84],
      [33, 145, 140],
      [253, 231, 37],
      [253, 231, 37],
      [68, 1, 84],
    ]);
  });

  it('finds a circle as one closed line at its radius', () => {
    const side = 64;
    const centre = (index: number): number => -2 + ((index + 0.5) / side) * 4;
    const values = Float64Array.from({ length: side * side }, (_, index) =>
      Math.hypot(centre(index % side), centre(Math.floor(index / side)) - 0.3),
    );
    const lines = contourLines({ columns: side, rows: side, extent: { left: -2, right: 2, bottom: -2, top: 2 }, values }, 1);
    expect(lines).toHaveLength(1);
    const [line = []] = lines;
    expect(line.length).toBeGreaterThan(60);
    expect(line[0]).toEqual(line.at(-1));
    for (const [x, y] of line) expect(Math.abs(Math.hypot(x, y - 0.3) - 1)).toBeLessThan(2e-3);
  });

  it('follows a line that leaves the grid from edge to edge, and parts a saddle', () => {
    const extent = { left: 0, right: 3, bottom: 0, top: 2 };
    const open = contourLines({ columns: 3, rows: 2, extent, values: [0, 1, 1, 0, 1, 1] }, 0.5);
    expect(open).toEqual([
      [
        [1, 0.5],
        [1, 1.5],
      ],
    ]);
    // High at the lower left and the upper right: above the mean, a line around each of these; below it, one around each of the others.
    const sides = (level: number): number[] =>
      contourLines({ columns: 2, rows: 2, extent, values: [1, 0, 0, 1] }, level).map((line) => {
        const [[x1, y1] = [0, 0], [x2, y2] = [0, 0]] = line;
        return Math.sign((x1 + x2) / 2 - 1.5) * Math.sign((y1 + y2) / 2 - 1);
      });
    expect(sides(0.6)).toEqual([1, 1]);
    expect(sides(0.4)).toEqual([-1, -1]);
  });

  it('points arrows along the score, longer where it is larger', () => {
    const extent = { left: 0, right: 2, bottom: 0, top: 1 };
    const scales = { box: { left: 0, top: 0, width: 200, height: 100 }, x: linearScale(0, 2, 0, 200, 4), y: linearScale(0, 1, 100, 0, 4) };
    const path = /d="([^"]+)"/.exec(arrows({ columns: 2, rows: 1, extent, values: [0, 4, -1, 0] })(scales).text)?.[1] ?? '';
    const shafts = path
      .split('M')
      .filter((_, index) => index % 2 === 1)
      .map((shaft) => shaft.split(/[L ]/).map(Number));
    const [[x1 = 0, y1 = 0, x2 = 0, y2 = 0] = [], [x3 = 0, y3 = 0, x4 = 0, y4 = 0] = []] = shafts;
    // Upwards is towards smaller y in a picture.
    expect([x1, x2, (y1 + y2) / 2]).toEqual([50, 50, 50]);
    expect(y2).toBeLessThan(y1);
    expect([y3, y4, (x3 + x4) / 2]).toEqual([50, 50, 150]);
    expect(x4).toBeLessThan(x3);
    expect(y1 - y2).toBeGreaterThan(1.5 * (x3 - x4));
  });

  it('reduces a grid by means, and keeps every cell in its place', () => {
    const grid = { columns: 3, rows: 2, extent: { left: 0, right: 3, bottom: 0, top: 2 }, values: [1, 3, 5, 1, 3, 7] };
    expect(reduceGrid(grid, 3)).toBe(grid);
    expect(reduceGrid(grid, 2)).toEqual({
      columns: 2,
      rows: 1,
      extent: { left: 0, right: 4, bottom: 0, top: 2 },
      values: Float64Array.of(2, 6),
    });
  });
});

describe('choices', () => {
  it('takes first and last snapshots and steps at even ratios between', () => {
    const entries = [0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1000].map((step) => ({ step, file: '' }));
    const steps = logSpaced(entries, 6).map(({ step }) => step);
    expect(steps).toEqual([0, 4, 16, 64, 256, 1000]);
    expect(logSpaced(entries.slice(0, 3), 6)).toHaveLength(3);
  });

  it('pairs the modes of two runs by where they are', () => {
    const mode = (label: string, x: number): ModeRecord => ({
      label,
      center: [x],
      weight: 0.5,
      weightStdErr: 0,
      dataWeight: 0.5,
      dataWeightStdErr: 0,
    });
    const rows = matchModes([
      [mode('a', -1), mode('b', 1)],
      [mode('c', 1.1), mode('d', -0.9), mode('e', 9)],
    ]);
    expect(rows.map(({ found }) => found.map((match) => match?.label ?? null))).toEqual([
      ['a', 'd'],
      ['b', 'c'],
      [null, 'e'],
    ]);
  });
});
