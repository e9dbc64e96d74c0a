import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { panelTexts } from '../../../src/shared/panelTexts';
import { fromWire, toWire } from '../../../src/shared/wire';
import { marginalAxes } from '../../../webview/lineModel';
import { notFinite } from '../../../webview/lossData';
import { lossSeries } from '../../../webview/lossSeries';
import { planesModel } from '../../../webview/planesModel';
import { frameAt, runAt } from '../../../webview/preview/fitRuns';
import { snapshotOf } from '../../../webview/preview/snapshots';
import { sliceAt } from '../../../webview/preview/slices';
import { pictureOf, sameView, slicePoint, sliceView } from '../../../webview/slice';
import { activeRun, initialState, type PageState, reduce } from '../../../webview/state';
import { initialUi, type UiState } from '../../../webview/uiState';
import { t } from '../../../webview/words';
import type { Theme } from '../../../webview/theme';

const run = runAt('space', 'mfd', 4000, {}, 50);

const theme: Theme = {
  ...{ highContrast: false, dark: false, foreground: '#000', muted: '#666', background: '#fff', line: '#999', rule: '#eee' },
  ...{ ground: '#fff', data: '#888', truth: '#000', runs: ['#00f'], font: 'sans-serif' },
};

function stateWith(ui: Partial<UiState>): PageState {
  const hydrated = reduce(initialState, { type: 'hydrate', snapshot: snapshotOf([run]) });
  return reduce(hydrated, { type: 'ui', changes: { plane: 'slice', ...ui } });
}

describe('the plane that is shown', () => {
  it('goes through a mode, the mean of the data, or a point of the user', () => {
    expect(slicePoint(stateWith({ through: 1 }))).toEqual([2, 1, -1, 0, 1]);
    const mean = slicePoint(stateWith({ through: 'mean' }));
    const column = Array.from({ length: 2000 }, (_, i) => run.info!.sample[5 * i]!);
    expect(mean[0]).toBeCloseTo(column.reduce((a, b) => a + b, 0) / 2000, 6);
    expect(slicePoint(stateWith({ through: 'point', point: [9, 8, 7, 6, 5] }))).toEqual([9, 8, 7, 6, 5]);
    // What belongs to another space is not believed.
    expect(slicePoint(stateWith({ through: 'point', point: [9] }))).toEqual(mean);
    expect(slicePoint(stateWith({ through: 7 }))).toEqual(mean);
  });

  it('is none in two dimensions, and the same whatever the point is along its axes', () => {
    const plane = reduce(initialState, { type: 'hydrate', snapshot: snapshotOf([runAt('plane', 'mfd', 900, {}, 50)]) });
    expect(sliceView(reduce(plane, { type: 'ui', changes: { plane: 'slice' } }))).toBeUndefined();
    const view = { axes: [0, 2], point: [1, 2, 3, 4, 5] } as const;
    expect(sameView(view, { ...view, point: [7, 2, 7, 4, 5] })).toBe(true);
    expect(sameView(view, { ...view, point: [1, 2, 3, 4, 6] })).toBe(false);
    expect(sameView(view, { ...view, axes: [2, 0] })).toBe(false);
  });
});

describe('the picture of a slice', () => {
  it('waits in words, comes from the answer, stays while the next is computed, and says why there is none', () => {
    const state = stateWith({});
    const view = sliceView(state)!;
    expect(pictureOf(state, activeRun(state)!)).toMatchObject({ grid: undefined, words: 'Computing the slice…' });
    const answer = { type: 'slice', runId: run.id, step: 4000, view, problem: undefined, note: 'Saved since.' } as const;
    const answered = reduce(state, { ...answer, slice: sliceAt('space', 'mfd', 4000, view, 8) });
    expect(pictureOf(answered, activeRun(answered)!)).toMatchObject({ grid: { rows: 8, columns: 8 }, words: 'Saved since.' });
    const moved = reduce(answered, { type: 'ui', changes: { through: 1 } });
    expect(pictureOf(moved, activeRun(moved)!).grid?.columns).toBe(8);
    const turned = reduce(answered, { type: 'ui', changes: { axes: [0, 2] } });
    expect(pictureOf(turned, activeRun(turned)!).grid).toBeUndefined();
    const refused = reduce(state, { ...answer, slice: undefined, problem: 'The file is gone.' });
    expect(pictureOf(refused, activeRun(refused)!)).toMatchObject({ grid: undefined, words: 'The file is gone.' });
  });

  it('comes with the frames of a run that goes on', () => {
    const state = stateWith({});
    const view = sliceView(state)!;
    const frame = { ...frameAt('space', 'mfd', 900, 50), slice: sliceAt('space', 'mfd', 900, view, 8) };
    const live = reduce(state, { type: 'frame', runId: run.id, frame });
    expect(pictureOf(live, activeRun(live)!).truth?.columns).toBe(8);
    const model = planesModel(live, theme)!;
    expect(model.planes.map(({ title }) => title)).toEqual(['Model', 'Truth']);
    expect(model.planes.every(({ dots }) => dots.length === 0)).toBe(true);
  });
});

describe('marginals of many coordinates', () => {
  const wide = reduce(initialState, { type: 'hydrate', snapshot: snapshotOf([runAt('wide', 'mfd', 900, {}, 50)]) });
  const axesWith = (changes: Partial<UiState>): readonly number[] => marginalAxes(reduce(wide, { type: 'ui', changes }));

  it('are those of the axes, or a group of six', () => {
    expect(axesWith({ axes: [9, 3] })).toEqual([3, 9]);
    expect(axesWith({ marginals: 12 })).toEqual([12, 13, 14, 15, 16, 17]);
    expect(axesWith({ marginals: 36 })).toEqual([36, 37, 38, 39]);
    expect(axesWith({ marginals: 400 })).toEqual([...initialUi.axes]);
  });
});

describe('numbers on their way to the page', () => {
  it('arrive as they were sent, through JSON as well', () => {
    const values = Float32Array.of(Number.NaN, 1);
    const message = { type: 'frame', kl: Number.NaN, logZ: -Infinity, modes: [{ weight: Infinity, label: 'one' }], none: null, values };
    const sent = toWire(message) as { readonly values: unknown };
    expect(sent.values).toBe(values);
    const carried = JSON.parse(JSON.stringify({ ...sent, values: undefined })) as unknown;
    expect(fromWire(carried)).toEqual({
      type: 'frame',
      kl: Number.NaN,
      logZ: -Infinity,
      modes: [{ weight: Infinity, label: 'one' }],
      none: null,
    });
    expect(fromWire(sent)).toEqual(message);
  });

  it('are counted where they are not finite', () => {
    const steps = Float64Array.of(10, 20, 30, 40);
    const losses = Float64Array.of(1, Number.NaN, -Infinity, 2);
    expect(notFinite(lossSeries({ steps, losses, gradientNorms: losses }))).toEqual({ count: 2, first: 20 });
    expect(notFinite(lossSeries({ steps, losses: steps, gradientNorms: steps }))).toEqual({ count: 0, first: undefined });
  });
});

describe('texts', () => {
  it('are all used by the page', () => {
    const source = readdirSync('webview', { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.startsWith('preview'))
      .map((name) => readFileSync(join('webview', name), 'utf8'))
      .join('\n');
    expect(panelTexts.filter((text) => !source.includes(`'${text}'`))).toEqual([]);
  });

  it('take their arguments in place', () => {
    expect(t('{0} modes, every weight within {1} of the data.', 3, '0.01')).toBe('3 modes, every weight within 0.01 of the data.');
  });
});
