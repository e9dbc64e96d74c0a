/** What the page makes of the messages of sampler runs. */

import { describe, expect, it } from 'vitest';
import type { SampleHistory } from '../../../src/shared/panelProtocol';
import { runAt } from '../../../webview/preview/fitRuns';
import { sampleFrameAt, samplingAt, summaryOf } from '../../../webview/preview/samplings';
import { snapshotOf } from '../../../webview/preview/snapshots';
import { appendSamples, sampleSeries } from '../../../webview/sample/sampleSeries';
import { isSampling, particlesShown } from '../../../webview/sample/sampleState';
import { sampleVerdict } from '../../../webview/sample/sampleVerdict';
import { sampleRefusal } from '../../../webview/sample/sampleRefusal';
import { shareRows } from '../../../webview/sample/shares';
import { sampleFindings } from '../../../webview/sample/findings';
import { steadyRange } from '../../../webview/sample/steadyRange';
import { initialState, type PageState, reduce, tabOf } from '../../../webview/state';
import { initialUi, parseUi } from '../../../webview/uiState';

const sampling = samplingAt('plane', 300, {}, 50);
const { id } = sampling;
const hydrated = reduce(initialState, { type: 'hydrate', snapshot: snapshotOf([], { view: 'sample', sampling }) });
const history = (...steps: number[]): SampleHistory => ({
  steps: Float64Array.from(steps),
  figures: { noise: Float64Array.from(steps, (step) => 1 / step) },
  shares: [Float64Array.from(steps, () => 0.5)],
});

describe('what a sampler says of itself', () => {
  it('grows without changing what was there, and leaves out steps it has', () => {
    const first = sampleSeries(history(1, 2));
    const second = appendSamples(first, history(2, 3));
    const third = appendSamples(second, history(4));
    expect([first.length, second.length, third.length]).toEqual([2, 3, 4]);
    expect([...third.steps.subarray(0, 4)]).toEqual([1, 2, 3, 4]);
    expect([...first.steps.subarray(0, 2)]).toEqual([1, 2]);
    expect([...third.figures['noise']!.subarray(0, 4)]).toEqual([1, 1 / 2, 1 / 3, 1 / 4]);
    expect(appendSamples(third, history(3, 4))).toBe(third);
  });

  it('has gaps where a figure came later, or was not said again', () => {
    const late = appendSamples(sampleSeries({ ...history(1), figures: {} }), history(2));
    expect([...late.figures['noise']!.subarray(0, 2)]).toEqual([Number.NaN, 0.5]);
    const silent = appendSamples(late, { ...history(3), figures: {}, shares: [] });
    expect([...silent.figures['noise']!.subarray(0, 3)]).toEqual([Number.NaN, 0.5, Number.NaN]);
    expect([...silent.shares[0]!.subarray(0, 3)]).toEqual([0.5, 0.5, Number.NaN]);
  });
});

describe('messages of a sampler run', () => {
  it('change the run that they name, and no other', () => {
    const frame = sampleFrameAt('plane', 310, 50);
    const progress = { step: 310, stepsPerSecond: 10, secondsLeft: 69 };
    const later = [
      { type: 'sampleFrame', id, frame },
      { type: 'sampleProgress', id, progress, history: history(310) },
      { type: 'sampleState', id, state: { kind: 'paused', step: 310 } },
      { type: 'sampleSnapshots', id, steps: [0, 310] },
    ] as const;
    const state = later.reduce<PageState>(reduce, hydrated);
    expect(state.sampling).toMatchObject({ frame: { step: 310 }, progress, state: { kind: 'paused' }, snapshots: [0, 310] });
    expect(state.sampling?.history.length).toBe(sampling.history.steps.length + 1);
    for (const message of later) expect(reduce(hydrated, { ...message, id: 'other' })).toBe(hydrated);
  });

  it('as a whole keep the scrubber where the run is the same', () => {
    const scrubbed = reduce(hydrated, { type: 'sampleScrub', step: 100, frame: undefined });
    const ended = samplingAt('plane', 1000, { summary: summaryOf('plane') }, 50);
    const same = reduce(scrubbed, { type: 'sampling', sampling: ended });
    expect(same.sampleShown?.step).toBe(100);
    expect(isSampling(same)).toBe(false);
    expect(same.sampling?.summary?.chains?.rHat).toBe(1.84);
    expect(reduce(scrubbed, { type: 'sampling', sampling: { ...ended, id: 'other' } }).sampleShown).toBeUndefined();
    expect(reduce(scrubbed, { type: 'sampling', sampling: undefined })).toMatchObject({ sampling: undefined, sampleShown: undefined });
  });

  it('bring snapshots to where the scrubber still is', () => {
    const waiting = reduce(hydrated, { type: 'sampleScrub', step: 100, frame: undefined });
    expect(particlesShown(waiting)).toBe(sampling.frame);
    const frame = sampleFrameAt('plane', 100, 50);
    expect(reduce(waiting, { type: 'sampleSnapshot', id, step: 50, frame })).toBe(waiting);
    const there = reduce(waiting, { type: 'sampleSnapshot', id, step: 100, frame });
    expect(particlesShown(there)).toBe(frame);
    const missing = reduce(waiting, { type: 'sampleSnapshot', id, step: 100, frame: undefined });
    expect(missing.sampleShown).toEqual({ step: 100, frame: undefined, missing: true });
    expect(reduce(there, { type: 'sampleScrub', step: undefined, frame: undefined }).sampleShown).toBeUndefined();
  });
});

describe('views', () => {
  it('are what the host says until one is chosen, or asked for elsewhere', () => {
    expect(tabOf(hydrated)).toBe('sample');
    const chosen = reduce(hydrated, { type: 'ui', changes: { tab: 'fit' } });
    expect(tabOf(reduce(chosen, { type: 'hydrate', snapshot: snapshotOf([], { view: 'diagnosis' }) }))).toBe('fit');
    expect(tabOf(reduce(chosen, { type: 'show', view: 'diagnosis' }))).toBe('diagnosis');
  });

  it('that are left play no longer', () => {
    const run = runAt('plane', 'mfd', 900, {}, 10);
    const both = reduce(initialState, { type: 'hydrate', snapshot: snapshotOf([run], { sampling }) });
    const playing = [
      { type: 'play', playing: true },
      { type: 'samplePlay', playing: true },
    ] as const;
    const state = playing.reduce<PageState>(reduce, both);
    expect(reduce(state, { type: 'show', view: 'sample' })).toMatchObject({ playing: false, samplePlaying: false });
    expect(reduce(state, { type: 'ui', changes: { tab: 'fit' } })).toMatchObject({ playing: true, samplePlaying: true });
  });

  it('are stored, with what belongs to them', () => {
    const ui = { ...initialUi, tab: 'sample', sampleZoom: { x: [0, 1], y: [0, 2] }, sampleParticles: false, figure: 'noise' } as const;
    expect(parseUi(JSON.parse(JSON.stringify(ui)))).toEqual(ui);
    expect(parseUi({ tab: 'else', sampleZoom: 3, sampleParticles: 'no', figure: 7, samplerOpen: 1 })).toEqual(initialUi);
  });
});

describe('particles in words', () => {
  it('are judged by their shares while they move, at the end by the engine', () => {
    expect(sampleVerdict(initialState)).toMatchObject({ status: 'info' });
    expect(sampleVerdict(hydrated).text).toMatch(/^Particles in the modes off by up to 0\.1\d from their weights so far\.$/);
    const end = (summary: ReturnType<typeof summaryOf>): PageState =>
      reduce(hydrated, { type: 'sampling', sampling: samplingAt('plane', 1000, { summary }, 50) });
    expect(sampleVerdict(end(summaryOf('plane')))).toMatchObject({ status: 'warn', text: expect.stringMatching(/^R-hat is 1\.84/) });
    expect(sampleVerdict(end({ ...summaryOf('plane'), warnings: [] })).status).toBe('good');
    const broken = { kind: 'ended', end: { kind: 'crashed', message: 'x' }, words: 'The engine broke.', notes: [] } as const;
    expect(sampleVerdict(reduce(hydrated, { type: 'sampleState', id, state: broken }))).toEqual({
      status: 'bad',
      text: 'The engine broke.',
    });
  });

  it('have shares of the frame shown, then those that were measured', () => {
    const [row] = shareRows(hydrated);
    expect(row).toMatchObject({ label: '(−1.00, −1.00)', own: 0.1, data: null });
    expect(row?.stdErr).toBeCloseTo(Math.sqrt((row!.share * (1 - row!.share)) / 50), 12);
    const done = reduce(hydrated, { type: 'sampling', sampling: samplingAt('plane', 1000, { summary: summaryOf('plane') }, 50) });
    expect(shareRows(done)[0]).toMatchObject({ data: 0.096, own: 0.1, share: summaryOf('plane').modes[0]!.weight });
  });

  it('have figures with the limits of the engine', () => {
    const statuses = (changes: Partial<ReturnType<typeof summaryOf>>, sampler = 'mala'): Record<string, string> =>
      Object.fromEntries(sampleFindings({ ...summaryOf('plane'), ...changes }, sampler).map(({ title, status }) => [title, status]));
    expect(statuses({})).toEqual({ Temperature: 'pass', 'R-hat': 'warn', 'Effective draws': 'warn', 'log Z': 'pass', Acceptance: 'pass' });
    const cold = { temperature: { value: 0.9, standardError: 0.01 } };
    expect(statuses(cold)['Temperature']).toBe('warn');
    expect(statuses(cold, 'svgd')['Temperature']).toBe('info');
    expect(statuses({ chains: null, logZ: null, temperature: null, figures: { acceptance: 0.1 } })).toEqual({ Acceptance: 'warn' });
  });

  it('do not shake the axes', () => {
    expect(steadyRange([-3.91, 4.2])).toEqual([-4, 5]);
    expect(steadyRange([-3.95, 4.6])).toEqual([-4, 5]);
    const [low, high] = steadyRange([0.0103, 0.0207]);
    expect(low).toBeLessThanOrEqual(0.0103);
    expect(high).toBeGreaterThanOrEqual(0.0207);
  });
});

describe('the form', () => {
  it('is what the button refuses for, until it makes sense', () => {
    const wrong = reduce(hydrated, { type: 'sampleProblem', field: 'mala.stepSize', problem: 'A number above 0.' });
    expect(sampleRefusal(wrong)).toBe('Step size in the settings makes no sense. A number above 0.');
    expect(sampleRefusal(reduce(wrong, { type: 'sampleProblem', field: 'mala.stepSize', problem: undefined }))).toBeUndefined();
    expect(sampleRefusal({ ...hydrated, energy: undefined })).toBe('There is no energy file to sample.');
    expect(sampleRefusal({ ...wrong, refusal: 'Not trusted.' })).toBe('Not trusted.');
  });

  it('changes settings at once', () => {
    const state = reduce(hydrated, { type: 'sampleSettings', changes: { particles: 7, start: 'data' } });
    expect(state.sampleSettings).toMatchObject({ particles: 7, start: 'data', seed: 0 });
  });
});
