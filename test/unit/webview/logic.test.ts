import { describe, expect, it } from 'vitest';
import { contourLines } from '../../../src/shared/plot/contours';
import { panelHtml } from '../../../src/shared/panelHtml';
import { binCount, binned, marginal, paddedRange } from '../../../webview/histograms';
import { colourTop, heatMap, roundUp } from '../../../webview/heatMap';
import { klRange } from '../../../webview/lossChart';
import { decimate, logOffset, smooth } from '../../../webview/lossData';
import { modeRows } from '../../../webview/modeBars';
import { planesLayout } from '../../../webview/planes';
import { frameAt, runAt } from '../../../webview/preview/fitRuns';
import { createScheduler } from '../../../webview/scheduler';
import { arrowLines } from '../../../webview/scoreArrows';
import { fieldOf, parseField } from '../../../webview/settingFields';
import { svgPicture } from '../../../webview/svgSurface';
import { csvOf } from '../../../webview/tables';
import { settle, zoom } from '../../../webview/viewport';
import { verdictOf } from '../../../webview/verdict';
import { lossSeries } from '../../../webview/lossSeries';
import type { RunView } from '../../../webview/state';

const gaussian = frameAt('plane', 'mfd', 4000, 100);
const grid = { columns: 128, rows: 128, extent: { left: -2.2, right: 2.2, bottom: -2.2, top: 2.2 }, values: gaussian.density!.values };

describe('the loss made fit to be drawn', () => {
  it('keeps each spike of a long curve', () => {
    const xs = Float64Array.from({ length: 20_000 }, (_, i) => i);
    const ys = xs.map((x) => (x === 12_345 ? 99 : Math.sin(x)));
    for (const logarithmic of [false, true]) {
      const points = decimate(xs, ys, xs.length, 600, logarithmic);
      expect(points.length).toBeLessThanOrEqual(604);
      expect(points.length).toBeGreaterThan(60);
      expect(Math.max(...points.map(({ y }) => y))).toBe(99);
      expect(points.every(({ x }, index) => index === 0 || x > points[index - 1]!.x)).toBe(true);
    }
  });

  it('leaves out what is no number', () => {
    expect(decimate([0, 1, 2], [1, Number.NaN, 3], 3, 10, false)).toEqual([
      { x: 0, y: 1 },
      { x: 2, y: 3 },
    ]);
  });

  it('smooths to the mean, not at all at 0', () => {
    const values = Float64Array.from({ length: 400 }, (_, i) => (i % 2 === 0 ? 1 : -1));
    expect(smooth(values, 400, 0)).toBe(values);
    expect(Math.abs(smooth(values, 400, 100)[200]!)).toBeLessThan(0.05);
  });

  it('shifts only what has no logarithm', () => {
    expect(logOffset([[{ x: 0, y: 2 }]])).toBe(0);
    const offset = logOffset([
      [
        { x: 0, y: -5 },
        { x: 1, y: 5 },
      ],
    ]);
    expect(offset).toBeLessThan(-5);
    expect(-5 - offset).toBeGreaterThan(0);
  });

  it('gives the KL a decade at least, at round values', () => {
    const of = (...ys: number[]) => klRange([{ yAxisID: 'kl', data: ys.map((y, x) => ({ x, y })) }]);
    expect(of(0.37)).toEqual({ min: expect.closeTo(0.2), max: expect.closeTo(5) });
    expect(of(0.0021, 1.4)).toEqual({ min: expect.closeTo(0.002), max: expect.closeTo(2) });
    expect(of()).toEqual({});
  });
});

describe('densities', () => {
  it('become colours with the first row at the foot', () => {
    const { pixels } = heatMap({ columns: 2, rows: 2, extent: grid.extent, values: [0, 1, 0, 0] }, 1);
    expect([...pixels.subarray(8, 12)]).toEqual([0x44, 0x01, 0x54, 255]);
    expect([...pixels.subarray(12, 16)]).toEqual([0xfd, 0xe7, 0x25, 255]);
  });

  it('share the colours of the truth', () => {
    const low = { ...grid, values: [0.1] };
    expect(colourTop([{ ...grid, values: [5] }], low)).toEqual({ top: 0.1, cut: true });
    expect(colourTop([low], { ...grid, values: [2] })).toEqual({ top: 2, cut: false });
    expect([0.11, 0.37, 7, 81, 0].map(roundUp).map((value) => Number(value.toPrecision(3)))).toEqual([0.12, 0.4, 8, 100, 1]);
  });

  it('have closed contours around each mode', () => {
    const lines = contourLines(grid, 0.2);
    expect(lines).toHaveLength(4);
    for (const line of lines) expect(line[0]).toEqual(line.at(-1));
  });

  it('have marginals that integrate to one', () => {
    const values = marginal(grid, 0);
    expect(values.reduce((sum, value) => sum + (value * 4.4) / 128, 0)).toBeCloseTo(1, 2);
    const left = values.subarray(0, 64).reduce((sum, value) => sum + (value * 4.4) / 128, 0);
    expect(left).toBeCloseTo(0.3, 1);
  });

  it('have arrows that point to the mode', () => {
    const field = { columns: 1, rows: 1, extent: { left: 0, right: 40, bottom: 0, top: 40 }, values: [3, 0] };
    const [shaft] = arrowLines(field, { x: (value) => value, y: (value) => 40 - value });
    expect(shaft![2]! - shaft![0]!).toBeGreaterThan(5);
    expect(shaft![3]).toBeCloseTo(shaft![1]!);
  });
});

describe('histograms', () => {
  const rows = runAt('plane', 'mfd', 0, {}, 10).info!.sample;
  it('hold all rows, in bins that suit their number', () => {
    const range = [-3, 3] as const;
    const heights = binned(rows, 2, 0, range);
    expect(heights).toHaveLength(binCount(2000));
    expect(heights.reduce((sum, height) => sum + (height * 6) / heights.length, 0)).toBeCloseTo(1);
    expect(binned(rows, 2, 0, range)).toBe(heights);
  });

  it('have air on both sides', () => {
    const [low, high] = paddedRange(rows, 2, 1);
    expect(low).toBeLessThan(-1.3);
    expect(high).toBeGreaterThan(1.3);
    expect(paddedRange(new Float32Array(), 2, 0)).toEqual([-1, 1]);
  });
});

describe('views', () => {
  const whole = { x: [0, 10], y: [0, 10] } as const;
  it('keep the place under the pointer while they zoom', () => {
    const near = zoom(whole, 2, 0.25, 0.75);
    expect(near).toEqual({ x: [1.25, 6.25], y: [3.75, 8.75] });
    expect(settle(zoom(near, 0.5, 0.25, 0.75), whole)).toBeNull();
  });

  it('do not get lost', () => {
    expect(settle({ x: [900, 901], y: [0, 1] }, whole)?.x[0]).toBeLessThanOrEqual(10);
    const far = settle({ x: [-1e6, 1e6], y: [0, 1] }, whole)!;
    expect(far.x[1] - far.x[0]).toBeCloseTo(30);
  });

  it('fit the column they stand in', () => {
    for (const width of [320, 400, 720, 1600]) {
      for (const count of [1, 2, 3, 5]) {
        const { boxes, height } = planesLayout(width, count, whole, true);
        for (const box of boxes) {
          expect(box.left + box.width).toBeLessThanOrEqual(width);
          expect(box.top + box.height).toBeLessThan(height);
        }
      }
    }
  });
});

describe('drawing', () => {
  it('happens once a frame of the screen, and never while hidden', () => {
    let [hidden, drawn] = [false, 0];
    let frames: (() => void)[] = [];
    let shown = (): void => undefined;
    const scheduler = createScheduler(() => drawn++, {
      isHidden: () => hidden,
      nextFrame: (callback) => frames.push(callback),
      onVisibility: (callback) => (shown = callback),
    });
    const pass = (): void => {
      const due = frames;
      frames = [];
      due.forEach((callback) => callback());
    };
    scheduler.request();
    scheduler.request();
    pass();
    expect(drawn).toBe(1);
    hidden = true;
    scheduler.request();
    pass();
    expect([drawn, frames.length]).toEqual([1, 0]);
    hidden = false;
    shown();
    pass();
    expect(drawn).toBe(2);
    shown();
    pass();
    expect(drawn).toBe(2);
  });
});

describe('words', () => {
  const view = (objective: 'mfd' | 'fisher', step: number): RunView => {
    const { points, kl, ...run } = runAt('plane', objective, step, {}, 10);
    return { ...run, loss: lossSeries(points), kl: Array.from(kl.steps, (at, index) => ({ step: at, kl: kl.values[index]! })) };
  };

  it('say whether the objective sees the weights', () => {
    const fisher = view('fisher', 4000);
    expect(verdictOf(fisher, fisher.frame)).toEqual({ status: 'bad', text: 'Weights off by up to 0.14: this objective cannot see them.' });
    const mfd = view('mfd', 4000);
    expect(verdictOf(mfd, mfd.frame)).toMatchObject({ status: 'good', text: expect.stringMatching(/^4 modes, every weight within/) });
    const early = view('mfd', 300);
    expect(verdictOf(early, early.frame).text).toMatch(/so far\.$/);
    expect(verdictOf({ ...early, frame: undefined }, undefined)).toEqual({ status: 'info', text: 'Waiting for the first picture…' });
  });

  it('take settings that make sense, and say which do', () => {
    expect(parseField(fieldOf('beta'), '0,7')).toBe(0.7);
    expect(parseField(fieldOf('beta'), '1')).toBe('Between 0 and 1.');
    expect(parseField(fieldOf('steps'), '4e3')).toBe(4000);
    expect(parseField(fieldOf('steps'), '1.5')).toBe('A whole number from 1.');
    expect(parseField(fieldOf('mixingWidth'), '')).toBe(0);
    expect(parseField(fieldOf('learningRate'), 'fast')).toBe('Above 0, at most 10.');
  });
});

describe('what is kept', () => {
  it('is CSV by the standard', () => {
    const table = {
      caption: 'A, "b"',
      columns: ['x', 'name'],
      rows: [
        [0.1, 'a,b'],
        [null, 'say "so"'],
        [Number.NaN, ''],
      ],
    } as const;
    expect(csvOf([table])).toBe('x,name\r\n0.1,"a,b"\r\n,"say ""so"""\r\nNaN,\r\n');
    expect(csvOf([table, table])).toContain('"A, ""b"""\r\nx,name\r\n');
  });

  it('is SVG without anything that could run', () => {
    const { surface, finish } = svgPicture(100, 50, '#fff', '"A" & b', () => 'data:image/png;base64,');
    surface.text(1, 2, '<script>&"', { colour: '#000' });
    surface.clipped({ left: 0, top: 0, width: 9, height: 9 }, () => surface.dots([1, 2, Number.NaN, 3], 2, '#f00', 0.5));
    const text = finish();
    expect(text).toContain('&lt;script&gt;&amp;&quot;');
    expect(text).not.toContain('NaN');
    expect(text).toMatch(/^<svg [^]*<\/svg>\n$/);
  });

  it('has the modes of several runs in one row each', () => {
    const rows = modeRows(
      [
        { modes: gaussian.modes, colour: 'a' },
        { modes: [...gaussian.modes].reverse(), colour: 'b' },
      ],
      'grey',
    );
    expect(rows).toHaveLength(4);
    expect(rows[0]?.label).toBe('(−1.00, −1.00)');
    for (const { bars } of rows) expect(bars[1]?.weight).toBe(bars[2]?.weight);
  });
});

describe('the HTML of the panel', () => {
  it('lets nothing in but its own script and style', () => {
    const html = panelHtml({
      scriptUri: 'https://x/"><b>',
      styleUri: 's.css',
      cspSource: 'https://x',
      nonce: 'n0',
      lang: 'de',
      texts: { Pause: 'Anhalten "<' },
    });
    expect(html).toContain(
      "default-src 'none'; style-src https://x 'nonce-n0'; script-src 'nonce-n0'; img-src https://x data: blob:; font-src https://x",
    );
    expect(html).not.toContain('"><b>');
    expect(html).not.toMatch(/ style=| on\w+=|<script>/);
    expect(html).toContain('<html lang="de">');
    expect(html).toContain('data-texts="{&quot;Pause&quot;:&quot;Anhalten \\&quot;&lt;&quot;}"');
  });
});
