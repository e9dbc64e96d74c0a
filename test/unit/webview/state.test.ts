import { describe, expect, it } from 'vitest';
import type { Frame } from '../../../src/shared/protocol';
import { append, lossSeries } from '../../../webview/lossSeries';
import { frameAt, lossUntil, runAt } from '../../../webview/preview/fitRuns';
import { snapshotOf } from '../../../webview/preview/snapshots';
import { activeRun, frameOf, initialState, type PageState, reduce } from '../../../webview/state';
import { initialUi, parseUi } from '../../../webview/uiState';

const run = runAt('plane', 'mfd', 900, {}, 50);
const hydrated = reduce(initialState, { type: 'hydrate', snapshot: snapshotOf([run]) });
const frame = (step: number, kl: number | null = 0.5): Frame => ({ ...run.frame!, step, kl });

describe('the loss', () => {
  it('grows without changing what was there, and leaves out steps it has', () => {
    const first = lossSeries(lossUntil(100, 'mfd'));
    const second = append(first, lossUntil(150, 'mfd'));
    const third = append(second, lossUntil(4000, 'mfd'));
    expect([first.length, second.length, third.length]).toEqual([11, 16, 401]);
    expect([...third.steps.subarray(0, 16)]).toEqual([...second.steps.subarray(0, 16)]);
    expect(append(third, lossUntil(2000, 'mfd'))).toBe(third);
  });
});

describe('the state of the page', () => {
  it('takes everything from hydrate, and keeps the interface', () => {
    const zoomed = reduce(hydrated, { type: 'ui', changes: { view: { x: [0, 1], y: [0, 1] } } });
    const again = reduce(zoomed, { type: 'hydrate', snapshot: snapshotOf([run]) });
    expect(again.ui.view).toEqual({ x: [0, 1], y: [0, 1] });
    expect(activeRun(again)?.loss.length).toBe(91);
    expect(again.hydrated).toBe(true);
  });

  it('takes the latest frame, and its KL once', () => {
    const kls = activeRun(hydrated)!.kl.length;
    const later = [frame(901), frame(902), frame(902), frame(903, null)].reduce<PageState>(
      (state, next) => reduce(state, { type: 'frame', runId: run.id, frame: next }),
      hydrated,
    );
    expect(activeRun(later)?.frame?.step).toBe(903);
    expect(activeRun(later)?.kl.length).toBe(kls + 2);
  });

  it('leaves messages of unknown runs alone', () => {
    expect(reduce(hydrated, { type: 'frame', runId: 'other', frame: frame(5) })).toBe(hydrated);
  });

  it('keeps the old picture until a snapshot is there, and ignores late ones', () => {
    const before = activeRun(hydrated)?.frame;
    const waiting = reduce(hydrated, { type: 'scrub', step: 100, frame: undefined });
    expect(frameOf(waiting, activeRun(waiting)!)).toBe(before);
    const late = reduce(waiting, { type: 'snapshotFrame', runId: run.id, step: 30, frame: frame(30) });
    expect(late).toBe(waiting);
    const there = reduce(waiting, { type: 'snapshotFrame', runId: run.id, step: 100, frame: frame(100) });
    expect(frameOf(there, activeRun(there)!)?.step).toBe(100);
    const moved = reduce(there, { type: 'scrub', step: 200, frame: undefined });
    expect(frameOf(moved, activeRun(moved)!)?.step).toBe(100);
    const missing = reduce(moved, { type: 'snapshotFrame', runId: run.id, step: 200, frame: undefined });
    expect(missing.shown).toMatchObject({ step: 200, missing: true });
    expect(reduce(missing, { type: 'scrub', step: undefined, frame: undefined }).shown).toBeUndefined();
  });

  it('goes back to the end of a run when another becomes active', () => {
    const two = reduce(initialState, { type: 'hydrate', snapshot: snapshotOf([run, runAt('plane', 'fisher', 900, {}, 50)]) });
    const scrubbed = reduce(two, { type: 'scrub', step: 100, frame: frameAt('plane', 'fisher', 100, 50) });
    const other = reduce({ ...scrubbed, playing: true }, { type: 'activate', runId: run.id });
    expect(other).toMatchObject({ activeRun: run.id, shown: undefined, playing: false });
  });
});

describe('stored interface state', () => {
  it.each([undefined, null, 7, 'x', [], { layers: 3, view: { x: [1, 0], y: [0, 1] }, axes: [1, 1], smoothing: -4, openTables: [1] }])(
    'survives %j',
    (stored) => {
      expect(parseUi(stored)).toEqual(initialUi);
    },
  );

  it('comes back as it was', () => {
    const ui = { ...initialUi, view: { x: [0, 1], y: [2, 3] }, axes: [3, 1], smoothing: 80, logLoss: true, openTables: ['loss'] } as const;
    expect(parseUi(JSON.parse(JSON.stringify(ui)))).toEqual(ui);
  });
});
