/** Divergences as lines: where they are least, and what a logarithmic axis makes of nought. */

import { describe, expect, it } from 'vitest';
import { curvesPlot, curvesTable, leastPoint, nearest } from '../../../webview/diagnosis/curvesModel';
import { spectrumPlots } from '../../../webview/diagnosis/spectrumModel';
import { figuresWith, spectrumOf } from '../../../webview/preview/diagnoses';
import { logBounds, stretches } from '../../../webview/seriesPlot';
import type { Theme } from '../../../webview/theme';

const theme: Theme = {
  ...{ highContrast: false, dark: false, foreground: '#000', muted: '#666', background: '#fff', line: '#999', rule: '#eee' },
  ...{ ground: '#fff', data: '#888', truth: '#000', runs: ['#00f', '#f00'], font: 'sans-serif' },
};

const curves = figuresWith('line', { mode: 0, beta: 0.5, width: 1 }).curves!;

describe('the curves of the preview', () => {
  it('are those of the paper’s example', () => {
    const at = (alpha: number): readonly number[] =>
      [curves.fisher, curves.mixtureFisher, curves.kl].map(({ values }) => values[nearest(curves.alpha, alpha)]!);
    // FD, MFD and KL of .2 against .5 and .8, in closed form and by quadrature (notes on the science, table of section 1).
    [2.31e-6, 8.635e-3, 0.1927].forEach((wanted, i) => expect(at(0.5)[i]! / wanted).toBeCloseTo(1, 2));
    [1.038e-5, 3.886e-2, 0.8318].forEach((wanted, i) => expect(at(0.8)[i]! / wanted).toBeCloseTo(1, 2));
    expect([curves.fisher.least, curves.mixtureFisher.least, curves.kl.least]).toEqual([0.2, 0.2, 0.2]);
  });

  it('have a KL spectrum whose integral is KL', () => {
    const { sigma, fisher, kl, fractionBelow } = spectrumOf('line');
    let integral = 0;
    for (let i = 1; i < sigma.length; i++) integral += ((fisher[i]! + fisher[i - 1]!) / 2) * (sigma[i]! ** 2 - sigma[i - 1]! ** 2);
    // The trapezoid on 27 geometric stretches is good to some percent.
    expect(integral / kl).toBeCloseTo(fractionBelow.at(-1)!, 1);
  });
});

describe('divergences against a weight', () => {
  it('have a dot where each is least, at the foot of the axis where it is nought', () => {
    const plot = curvesPlot(curves, theme);
    expect(plot.series.map(({ label }) => label)).toEqual([
      'Fisher divergence, least at 0.200',
      'MFD with β 0.50, least at 0.200',
      'KL, least at 0.200',
    ]);
    for (const { dots } of plot.series) expect(dots).toEqual([{ x: 0.2, y: expect.closeTo(0, 12) as number }]);
    expect(plot.marks).toEqual([{ at: 0.2, label: 'its weight 0.200' }]);
    expect(leastPoint([0, 0.5, 1], { values: [3, 1, 2], least: 0.5 })).toEqual({ x: 0.5, y: 1 });
    expect(leastPoint([0, 1], { values: [Number.NaN, Number.NaN], least: Number.NaN })).toBeUndefined();
    const blank = curvesPlot({ ...curves, kl: { values: curves.kl.values, least: Number.NaN } }, theme);
    expect(blank.series[2]).toMatchObject({ label: 'KL', dots: [] });
  });

  it('have an axis for the weights between, from the largest down to the Fisher divergence', () => {
    const { y } = curvesPlot(curves, theme);
    expect(y.log).toBe(true);
    expect(y.low).toBeGreaterThan(0);
    expect(y.low).toBeLessThan(2.31e-6);
    expect(y.high).toBeGreaterThan(0.8318);
    const noughts = { values: curves.alpha.map(() => 0), least: 0.2 };
    expect(curvesPlot({ ...curves, fisher: noughts, kl: noughts, mixtureFisher: noughts }, theme).y).toMatchObject({ low: 0.1, high: 1 });
  });

  it('stand in a table that has noughts, and says where they are drawn', () => {
    const exact = { values: [1, 0, 2], least: 0.5 };
    const table = curvesTable({ ...curves, alpha: [0, 0.5, 1], fisher: exact, kl: exact, mixtureFisher: exact });
    expect(table.rows[1]).toEqual([0.5, 0, 0, 0]);
    expect(table.caption).toContain('0 is drawn at the foot of the axis');
    const above = { values: [1, 0.1, 2], least: 0.5 };
    expect(curvesTable({ ...curves, fisher: above, kl: above, mixtureFisher: above }).caption).not.toContain('foot');
  });
});

describe('logarithmic axes', () => {
  it('reach over whole decades, not below what is worth showing', () => {
    const [low, high] = logBounds([[0, 0.003, Number.NaN, 40]], 9);
    expect([Math.log10(low), Math.log10(high)].map(Math.round)).toEqual([-3, 2]);
    expect(Math.round(Math.log10(logBounds([[1e-30, 1]], 8)[0]))).toBe(-8);
    expect(logBounds([[0, -1]], 9)).toEqual([0.1, 1]);
  });

  it('draw nought at their foot, and nothing where nothing is known', () => {
    const same = (value: number): number => value;
    const lines = stretches({ xs: [0, 1, 2, 3, 4], ys: [5, 0, Number.NaN, 2, 3] }, same, same, 1);
    expect(lines).toEqual([
      [0, 5, 1, 1],
      [3, 2, 4, 3],
    ]);
    expect(stretches({ xs: [0], ys: [Number.NaN] }, same, same, 1)).toEqual([]);
  });

  it('mark the noise at which weights become visible', () => {
    const spectrum = { sigma: [0.1, 1, 10], fisher: [null, 0.1, 0.01], fractionBelow: [null, 0.3, 1], kl: 1, visibleFrom: 1 };
    const [above, below] = spectrumPlots(spectrum, theme);
    expect(above).toMatchObject({ marks: [{ at: 1, label: 'visible from 1.0' }], x: { low: 0.1, high: 10, log: true } });
    expect(above?.series[0]?.ys).toEqual([Number.NaN, 0.1, 0.01]);
    expect(below?.y).toMatchObject({ low: 0, high: 1, log: false });
    expect(spectrumPlots({ ...spectrum, visibleFrom: null }, theme)[0]?.marks).toEqual([]);
  });
});
