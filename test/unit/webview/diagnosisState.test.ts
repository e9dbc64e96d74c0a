/** What the page makes of diagnoses, and of the bridge that its sliders ask for. */

import { describe, expect, it } from 'vitest';
import type { PanelDiagnosis } from '../../../src/shared/panelProtocol';
import { advisedFit, advisedSampling } from '../../../webview/diagnosis/advisedRuns';
import { bannerContent } from '../../../webview/diagnosis/bannerContent';
import { betaAt, betaSteps, placeOfBeta, placeOfWidth, widthAt, widthSteps } from '../../../webview/diagnosis/bridgeScale';
import { bridgeShown, figuresOf, isBridging, recordOf } from '../../../webview/diagnosis/diagnosisState';
import { latest } from '../../../webview/diagnosis/latest';
import { figuresWith } from '../../../webview/preview/diagnoses';
import { blindRecord, doubtfulRecord, fixedRecord, seeingRecord } from '../../../webview/preview/diagnosisRecords';
import { snapshotOf } from '../../../webview/preview/snapshots';
import { initialState, type PageState, reduce } from '../../../webview/state';
import { tabAfter } from '../../../webview/tabs';

const usual = { mode: 0, beta: 0.5, width: 1 } as const;
const figures = figuresWith('line', usual);
const record = blindRecord('line');
const diagnosis: PanelDiagnosis = { id: 'd', state: { kind: 'done', answer: { record, figures } }, live: true };
const stage: PanelDiagnosis = { id: 'd', state: { kind: 'stage', text: 'Loading' }, live: false };
const done = reduce(initialState, { type: 'hydrate', snapshot: snapshotOf([], { view: 'diagnosis', diagnosis }) });

describe('a diagnosis', () => {
  it('is there once it is done', () => {
    const begun = reduce(initialState, { type: 'diagnosis', diagnosis: stage });
    expect([recordOf(begun), bridgeShown(begun)]).toEqual([undefined, undefined]);
    expect(figuresOf(begun)).toEqual({ curves: null, pictures: null });
    expect(recordOf(reduce(begun, { type: 'diagnosis', diagnosis }))?.verdict).toBe('blind');
    expect(reduce(done, { type: 'diagnosis', diagnosis: undefined }).diagnosis).toBeUndefined();
  });

  it.each([
    [record, { look: 'bad', icon: 'blind', title: 'Score matching is blind here' }],
    [seeingRecord(), { look: 'good', icon: 'eye', title: 'Score matching sees the weights' }],
    [doubtfulRecord(), { look: 'warn', icon: 'unknown', title: 'Cannot tell' }],
  ])('says its verdict by a colour, a sign and words: %#', (found, wanted) => {
    const state = reduce(done, {
      type: 'diagnosis',
      diagnosis: { ...diagnosis, state: { kind: 'done', answer: { record: found, figures } } },
    });
    expect(bannerContent(state)).toMatchObject({ ...wanted, summary: found.summary, next: found.next });
  });

  it('says how far it is, why there is none, and why none can be made', () => {
    const titled = (state: PageState): unknown => bannerContent(state);
    expect(titled(reduce(done, { type: 'diagnosis', diagnosis: stage }))).toMatchObject({ summary: 'Loading…' });
    const failed = { ...stage, state: { kind: 'failed', words: 'No density.', position: undefined } } as const;
    expect(titled(reduce(done, { type: 'diagnosis', diagnosis: failed }))).toMatchObject({ look: 'bad', summary: 'No density.' });
    expect(titled({ ...initialState, refusal: 'Not trusted.' })).toMatchObject({ summary: 'Not trusted.' });
  });

  it('advises a fit only where it has something to advise', () => {
    const { settings } = initialState;
    expect(advisedFit(record, settings)).toEqual({ ...settings, objective: 'mfd', beta: 0.5, mixing: 'gaussian', mixingWidth: 0 });
    expect(advisedFit(seeingRecord(), settings)).toBeUndefined();
    expect(advisedFit(doubtfulRecord(), settings)).toBeUndefined();
  });

  it('advises a sampler where there is nothing to fit', () => {
    const { settings, sampleSettings } = initialState;
    expect(advisedFit(fixedRecord(), settings)).toBeUndefined();
    expect(advisedSampling(fixedRecord(), sampleSettings)).toEqual({ ...sampleSettings, sampler: 'parallel-tempering' });
    expect(advisedFit({ ...record, of: 'energy' }, settings)).toBeUndefined();
    expect(advisedSampling(record, sampleSettings)).toBeUndefined();
  });
});

describe('the bridge', () => {
  const request = { mode: 0, beta: 0.7, width: 2 };
  const moved = reduce(done, { type: 'bridge', request });

  it('stands where the record has it, then where the sliders are', () => {
    expect(bridgeShown(done)).toEqual(usual);
    expect(isBridging(done)).toBe(false);
    expect(bridgeShown(moved)).toEqual(request);
    expect(isBridging(moved)).toBe(true);
    // The old curves stay until the new ones are there.
    expect(figuresOf(moved).curves).toBe(figures.curves);
  });

  it('brings new curves, and keeps the last ones where there are none', () => {
    const answer = { figures: figuresWith('line', request), visibility: 0.1 };
    const there = reduce(moved, { type: 'bridged', id: 'd', request, answer });
    expect(figuresOf(there).curves?.beta).toBe(0.7);
    expect(there.bridged?.visibility).toBe(0.1);
    expect(isBridging(there)).toBe(false);
    expect(reduce(moved, { type: 'bridged', id: 'other', request, answer })).toBe(moved);
    const refused = reduce(there, { type: 'bridged', id: 'd', request, answer: { problem: 'Too narrow.' } });
    expect(refused.bridged).toMatchObject({ problem: 'Too narrow.', visibility: 0.1 });
    expect(figuresOf(refused).curves?.beta).toBe(0.7);
  });

  it('is forgotten with its diagnosis, not with a message that says the same', () => {
    expect(reduce(moved, { type: 'diagnosis', diagnosis: { ...diagnosis, live: false } }).bridge).toEqual(request);
    expect(reduce(moved, { type: 'diagnosis', diagnosis: { ...diagnosis, id: 'e' } }).bridge).toBeUndefined();
    expect(reduce(moved, { type: 'diagnosis', diagnosis: stage }).bridge).toBeUndefined();
  });

  it('has sliders from end to end, and back to the same place', () => {
    expect([betaAt(0), betaAt(betaSteps)]).toEqual([0.05, 0.95]);
    expect(widthAt(0)).toBeCloseTo(0.25, 12);
    expect(widthAt(widthSteps)).toBeCloseTo(4, 12);
    expect(widthAt(widthSteps / 2)).toBe(1);
    for (let place = 0; place <= betaSteps; place++) expect(placeOfBeta(betaAt(place))).toBe(place);
    for (let place = 0; place <= widthSteps; place++) expect(placeOfWidth(widthAt(place))).toBe(place);
    expect([placeOfBeta(2), placeOfWidth(100), placeOfWidth(0.01)]).toEqual([betaSteps, widthSteps, 0]);
  });
});

describe('requests of a slider', () => {
  it('go out at once, then the last of each while', () => {
    const sent: number[] = [];
    let due: (() => void)[] = [];
    const pass = (): void => due.splice(0).forEach((callback) => callback());
    const say = latest<number>(
      80,
      (value) => sent.push(value),
      (callback) => due.push(callback),
    );
    say(1);
    expect(sent).toEqual([1]);
    say(2);
    say(3);
    expect(sent).toEqual([1]);
    pass();
    expect(sent).toEqual([1, 3]);
    pass();
    expect(sent).toEqual([1, 3]);
    expect(due).toHaveLength(0);
    say(4);
    expect(sent).toEqual([1, 3, 4]);
    due = [];
  });
});

describe('tabs', () => {
  it('are walked through by arrows, in a circle', () => {
    expect(['ArrowRight', 'ArrowLeft', 'Home', 'End', 'Enter'].map((key) => tabAfter(key, 0, 3))).toEqual([1, 2, 0, 2, undefined]);
    expect([tabAfter('ArrowRight', 2, 3), tabAfter('ArrowLeft', 2, 3)]).toEqual([0, 1]);
  });
});
