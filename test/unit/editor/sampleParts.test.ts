import { describe, expect, it } from 'vitest';
import { currentRun } from '../../../src/editor/currentRun';
import { FigureHistory, historyOf } from '../../../src/editor/figureHistory';
import { FitService } from '../../../src/editor/fitService';
import { mostPoints } from '../../../src/editor/lossHistory';
import { PanelModel } from '../../../src/editor/panelModel';
import { defaultSampleSettings, formAfter, wishOf } from '../../../src/editor/panelSampleSettings';
import { SessionSampling } from '../../../src/editor/panelSamplings';
import { SampleFeed } from '../../../src/editor/sampleFeed';
import { samplerList, samplersFor } from '../../../src/editor/samplerList';
import { SampleService } from '../../../src/editor/sampleService';
import { type SampleChange, SampleSession } from '../../../src/editor/sampleSession';
import { untranslated as t } from '../../../src/editor/translate';
import { samplers } from '../../../src/samplers/samplers';
import type { ToPanel } from '../../../src/shared/panelProtocol';
import { samplerForms } from '../../../src/shared/samplers/samplerForms';
import { FakeEngine, request } from './fakeEngine';
import { sampleFrame, sampleInfo, sampleProgress, sampleRequest, sampleSummary } from './fakeSampling';

function start(): { engine: FakeEngine; session: SampleSession; changes: SampleChange['type'][] } {
  const engine = new FakeEngine();
  const session = new SampleSession(sampleRequest, engine);
  session.start(true);
  const changes: SampleChange['type'][] = [];
  session.onDidChange(({ type }) => changes.push(type));
  return { engine, session, changes };
}

describe('a sampler run', () => {
  it('is followed from its start to its end', () => {
    const { engine, session, changes } = start();
    expect(engine.sent).toEqual([
      { type: 'outlive', outlives: true },
      { type: 'sample', request: sampleRequest },
    ]);
    expect(session.steps).toBeUndefined();
    engine.say({ type: 'stage', text: 'Loading' }, { type: 'sample-started', info: sampleInfo }, sampleProgress(10), sampleFrame(10));
    expect([session.phase, session.stage, session.step, session.steps]).toEqual(['running', undefined, 10, 100]);
    engine.say({ type: 'sample-summary', summary: sampleSummary });
    engine.end({ kind: 'done' }, ['a note']);
    expect([session.phase, session.end, session.notes, session.summary]).toEqual(['ended', { kind: 'done' }, ['a note'], sampleSummary]);
    expect(changes).toEqual(['state', 'started', 'progress', 'frame', 'summary', 'ended']);
    expect(session.directory).toBe(sampleInfo.runDir);
  });

  it('is steered as a fit is', () => {
    const { engine, session } = start();
    engine.say({ type: 'sample-started', info: sampleInfo });
    session.pause();
    engine.say({ type: 'paused', step: 7 });
    session.advance(3);
    session.resume();
    engine.say({ type: 'resumed' });
    session.stop();
    session.stop();
    expect(engine.sent.slice(2)).toEqual([{ type: 'pause' }, { type: 'step', count: 3 }, { type: 'resume' }]);
    expect(session.end).toEqual({ kind: 'stopped', forced: true });
  });

  it('says how its process broke', () => {
    const { engine, session } = start();
    engine.say({ type: 'sample-started', info: sampleInfo });
    engine.end({ kind: 'crashed', message: 'it broke' });
    const shown = new SessionSampling(session, t).panelSampling();
    expect(shown.state).toMatchObject({ kind: 'ended', words: expect.stringContaining('It broke.') });
  });
});

describe('what a sampler has said of itself', () => {
  it('is kept with bounded memory, evenly spaced', () => {
    const history = new FigureHistory();
    for (let step = 1; step <= 100_000; step++) history.add({ step, figures: { acceptance: step }, shares: [0.25, 0.75] });
    const { steps, figures, shares } = history.snapshot();
    expect(steps.length).toBeLessThanOrEqual(mostPoints);
    expect(steps.length).toBeGreaterThan(mostPoints / 4);
    expect(new Set(steps.slice(1).map((step, i) => step - steps[i]!)).size).toBe(1);
    expect(figures['acceptance']).toEqual(steps);
    expect(shares.map((share) => [share.length, share[1]])).toEqual([
      [steps.length, 0.25],
      [steps.length, 0.75],
    ]);
  });

  it('is not a number where a point lacks what others have', () => {
    const { figures, shares } = historyOf([
      { step: 0, figures: {}, shares: [0.5, 0.5] },
      { step: 1, figures: { noise: 2 }, shares: [] },
    ]);
    expect(figures).toEqual({ noise: Float64Array.of(Number.NaN, 2) });
    expect(shares).toEqual([Float64Array.of(0.5, Number.NaN), Float64Array.of(0.5, Number.NaN)]);
  });
});

describe('sampler runs and fits of a window', () => {
  it('go on beside each other, and the newest is meant by buttons', async () => {
    const made: FakeEngine[] = [];
    const source = () =>
      Promise.resolve({
        acquire: () => {
          made.push(new FakeEngine());
          return made.at(-1)!;
        },
      });
    const [fits, samples] = [new FitService(source), new SampleService(source)];
    expect(currentRun(fits, samples)).toBeUndefined();
    const fit = await fits.start(request);
    const sampling = await samples.start(sampleRequest);
    expect(fit.phase).toBe('starting');
    expect(currentRun(fits, samples)).toBe(sampling);
    const again = await samples.start(sampleRequest);
    expect(sampling.phase).toBe('stopping');
    made[1]!.say({ type: 'sample-started', info: sampleInfo });
    expect(samples.writerOf(sampleInfo.runDir)).toBe(sampling);
    expect(samples.latest({ file: request.file, name: 'a' })).toBe(again);
    made[1]!.end({ kind: 'stopped' });
    made[2]!.end({ kind: 'done' });
    expect(currentRun(fits, samples)).toBe(fit);
  });
});

describe('the page of a sampler run', () => {
  it('is fed in order, coalesced, and not at all while it is hidden', () => {
    const { engine, session } = start();
    const model = new PanelModel({ file: request.file, name: 'a' }, t, () => 'auto');
    model.sampling = new SessionSampling(session, t);
    const posted: ToPanel[] = [];
    const feed = new SampleFeed(model, (message) => posted.push(message), t);
    session.onDidChange((change) => feed.take({ session, change }));
    engine.say({ type: 'sample-started', info: sampleInfo }, sampleFrame(0));
    expect(posted).toEqual([]);
    feed.start();
    for (let step = 1; step <= 40; step++) engine.say(sampleProgress(step), sampleFrame(step));
    engine.say({ type: 'paused', step: 40 });
    const steps = posted.flatMap((message) => (message.type === 'sampleProgress' ? Array.from(message.history.steps) : []));
    expect(steps).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
    expect(posted.at(-1)).toMatchObject({ type: 'sampleState', state: { kind: 'paused', step: 40 } });
    engine.say({ type: 'resumed' }, { type: 'sample-summary', summary: sampleSummary });
    expect(posted.at(-1)).toMatchObject({ type: 'sampling', sampling: { summary: sampleSummary, frame: { step: 40 } } });
    engine.end({ kind: 'done' });
    const frames = posted.filter(({ type }) => type === 'sampleFrame');
    expect(frames.length).toBeLessThan(10);
    expect(posted.at(-1)).toMatchObject({ type: 'sampleState', state: { kind: 'ended', words: 'Done.' } });
    feed.stop();
    const before = posted.length;
    feed.take({ session, change: { type: 'state' } });
    expect(posted).toHaveLength(before);
  });

  it('is not fed from a run that it no longer shows', () => {
    const [old, next] = [start(), start()];
    const model = new PanelModel({ file: request.file, name: 'a' }, t, () => 'auto');
    const posted: ToPanel[] = [];
    const feed = new SampleFeed(model, (message) => posted.push(message), t);
    for (const { session } of [old, next]) session.onDidChange((change) => feed.take({ session, change }));
    model.sampling = new SessionSampling(next.session, t);
    feed.start();
    old.engine.say({ type: 'sample-started', info: sampleInfo }, sampleFrame(1));
    expect(posted).toEqual([]);
    next.engine.say({ type: 'sample-started', info: sampleInfo });
    expect(posted).toMatchObject([{ type: 'sampling', sampling: { id: model.sampling.id } }]);
    expect(model.snapshot([], undefined)).toMatchObject({ sampling: { id: model.sampling.id }, view: 'fit', diagnosis: undefined });
    expect(model.sessionOf(model.sampling.id)).toBe(next.session);
  });
});

describe('the form of the sampler', () => {
  it('asks for the options of the sampler that is meant', () => {
    const form = { ...defaultSampleSettings, options: { 'parallel-tempering': { levels: 4 }, 'annealed-langevin': { levels: 5 } } };
    expect(wishOf(form, 'energy', undefined)).toMatchObject({ sampler: undefined, options: { levels: 4 }, start: 'normal' });
    expect(wishOf(form, 'score', undefined)?.options).toEqual({ levels: 5 });
    expect(wishOf({ ...form, sampler: 'mala' }, 'energy', undefined)?.options).toEqual({});
  });

  it('starts from the particles of the last run, where there is one', () => {
    const form = { ...defaultSampleSettings, start: 'particles' as const };
    expect(wishOf(form, 'energy', undefined)).toBeUndefined();
    expect(wishOf(form, 'energy', '/runs/last')?.start).toBe('/runs/last');
  });

  it('shows what was asked for elsewhere', () => {
    const wish = { sampler: 'mala', options: { steps: 5 }, particles: undefined, start: '/particles.csv', seed: 3 };
    expect(formAfter({ ...defaultSampleSettings, options: { hmc: { leaps: 2 } } }, wish)).toEqual({
      sampler: 'mala',
      options: { hmc: { leaps: 2 }, mala: { steps: 5 } },
      particles: 1000,
      start: 'particles',
      seed: 3,
    });
  });
});

describe('the samplers that are offered', () => {
  it('are those that there are, with their options', () => {
    expect(samplerForms.map(({ name, label, summary, options }) => ({ name, label, summary, options }))).toEqual(
      samplers.map(({ name, label, summary, options }) => ({ name, label, summary, options })),
    );
    expect(samplerList(t)).toEqual(samplerForms);
    expect(samplerList(() => 'x')[0]).toMatchObject({ label: 'Langevin', summary: 'x', options: { steps: { help: 'x', default: 1000 } } });
  });

  it('begin with the one that suits the energy', () => {
    expect(samplersFor('energy', t).map(({ name }) => name)[0]).toBe('parallel-tempering');
    expect(samplersFor('energy', t)).toHaveLength(samplers.length);
    expect(samplersFor('score', t).map(({ name }) => name)).toEqual(['annealed-langevin']);
  });
});
