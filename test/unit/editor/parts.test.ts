import { describe, expect, it } from 'vitest';
import { problemsOf } from '../../../src/editor/checkProblems';
import { type Clock, LatestGate } from '../../../src/editor/latestGate';
import { LossHistory, mostPoints } from '../../../src/editor/lossHistory';
import { PanelFeed } from '../../../src/editor/panelFeed';
import { PanelModel } from '../../../src/editor/panelModel';
import { SessionSource } from '../../../src/editor/panelRuns';
import { RunSession } from '../../../src/editor/runSession';
import { untranslated as t } from '../../../src/editor/translate';
import type { ToPanel } from '../../../src/shared/panelProtocol';
import { FakeEngine, frame, info, points, request } from './fakeEngine';

class FakeClock implements Clock {
  private time = 0;
  private callbacks: { readonly at: number; readonly call: () => void }[] = [];

  now(): number {
    return this.time;
  }

  after(milliseconds: number, call: () => void): () => void {
    const entry = { at: this.time + milliseconds, call };
    this.callbacks.push(entry);
    return () => (this.callbacks = this.callbacks.filter((other) => other !== entry));
  }

  advance(milliseconds: number): void {
    this.time += milliseconds;
    const due = this.callbacks.filter(({ at }) => at <= this.time);
    this.callbacks = this.callbacks.filter(({ at }) => at > this.time);
    for (const { call } of due) call();
  }
}

describe('a gate for the latest value', () => {
  it('lets the first through at once and then the latest, at most so often', () => {
    const clock = new FakeClock();
    const passed: number[] = [];
    const gate = new LatestGate<number>(50, (value) => passed.push(value), clock);
    gate.offer(1);
    for (const value of [2, 3, 4]) gate.offer(value);
    expect(passed).toEqual([1]);
    clock.advance(50);
    expect(passed).toEqual([1, 4]);
    gate.offer(5);
    gate.clear();
    clock.advance(100);
    expect(passed).toEqual([1, 4]);
    gate.offer(6);
    gate.offer(7);
    gate.flush();
    clock.advance(100);
    expect(passed).toEqual([1, 4, 6, 7]);
  });
});

describe('the loss that the host keeps', () => {
  it('keeps everything while it is short, and stays evenly spaced when it is long', () => {
    const history = new LossHistory();
    history.add(points([1, 2, 3]));
    expect(Array.from(history.snapshot().steps)).toEqual([1, 2, 3]);
    for (let step = 4; step <= 100_000; step++) history.add(points([step]));
    const { steps } = history.snapshot();
    expect(steps.length).toBeLessThanOrEqual(mostPoints);
    expect(steps.length).toBeGreaterThan(mostPoints / 4);
    const gaps = new Set(Array.from(steps.slice(1), (step, i) => step - steps[i]!));
    expect(gaps.size).toBe(1);
    expect(steps[0]).toBe(1);
  });
});

describe('problems of a check', () => {
  const source = "import { defineEnergy } from 'unblind';\n\nexport const a = defineEnergy({});\n";
  const checked = { type: 'checked', id: 1, energies: [], error: undefined, warnings: [] } as const;

  it('puts a mistake where it is', () => {
    const error = { reason: 'import', message: 'no such thing', line: 3, column: 18, file: '/w/a.energy.ts' };
    expect(problemsOf({ ...checked, error }, '/w/a.energy.ts', source)).toEqual([
      expect.objectContaining({ severity: 'error', message: 'No such thing', line: 2, column: 17, length: undefined }),
    ]);
  });

  it('puts what an energy fails under its name, also where the lines have moved', () => {
    const lines = [
      { name: 'score', status: 'pass', text: 'fine' },
      { name: 'curvature', status: 'warn', text: 'flat' },
    ] as const;
    expect(problemsOf({ ...checked, energies: [{ name: 'a', line: 99, lines }] }, '/w/a.energy.ts', source)).toEqual([
      expect.objectContaining({ severity: 'warning', energy: 'a', code: 'curvature', line: 2, column: 13, length: 1 }),
    ]);
  });
});

describe('what a panel shows', () => {
  const energy = { file: request.file, name: 'a' };
  const source = (seed = 0): { engine: FakeEngine; session: RunSession; source: SessionSource } => {
    const engine = new FakeEngine();
    const session = new RunSession({ ...request, seed }, engine);
    session.start(true);
    return { engine, session, source: new SessionSource(session, t) };
  };

  it('names runs so that they can be told apart', () => {
    const model = new PanelModel(energy, t, () => 'auto');
    for (const seed of [0, 0, 1]) model.add(source(seed).source);
    expect(model.labels()).toEqual(['MFD, seed 0, run 1', 'MFD, seed 0, run 2', 'MFD, seed 1']);
  });

  it('keeps a handful of runs and never drops one that goes on', () => {
    const model = new PanelModel(energy, t, () => 'auto');
    const running = source();
    model.add(running.source);
    for (let i = 0; i < 10; i++) {
      const next = source();
      next.engine.end({ kind: 'done' });
      model.add(next.source);
    }
    expect(model.runs).toHaveLength(6);
    expect(model.runs).toContain(running.source);
  });

  it('sends to the engine only what the user has set', () => {
    const model = new PanelModel(energy, t, () => 'auto');
    const { engine, source: run } = source();
    model.add(run);
    engine.say({ type: 'started', info });
    expect(model.settings).toMatchObject({ steps: 100, executor: 'auto' });
    model.take({ ...model.settings, steps: 500 });
    expect(model.overrides()).toEqual({ steps: 500 });
    model.set({ beta: 0.5 });
    expect(model.overrides()).toEqual({ steps: 500, beta: 0.5 });
  });

  it('keeps the old picture until a warm run has a new one', () => {
    const first = source();
    first.engine.say({ type: 'started', info }, { type: 'frame', frame: frame(5) });
    const session = new RunSession(request, new FakeEngine());
    session.start(true);
    expect(new SessionSource(session, t, first.session).panelRun('').frame?.step).toBe(5);
  });

  it('feeds a page in order, and nothing while it is hidden', () => {
    const model = new PanelModel(energy, t, () => 'auto');
    const { engine, session, source: run } = source();
    model.add(run);
    const posted: ToPanel[] = [];
    const feed = new PanelFeed(model, (message) => posted.push(message), t);
    session.onDidChange((change) => feed.take({ session, change }));
    engine.say({ type: 'started', info }, { type: 'frame', frame: frame(1) });
    expect(posted).toEqual([]);
    feed.start();
    const progress = (step: number) => ({ type: 'progress', step, stepsPerSecond: 1, secondsLeft: 1, points: points([step]) }) as const;
    for (let step = 2; step <= 40; step++) engine.say(progress(step), { type: 'frame', frame: frame(step) });
    engine.end({ kind: 'done' });
    const steps = posted.flatMap((message) => (message.type === 'progress' ? Array.from(message.points.steps) : []));
    expect(steps).toEqual(Array.from({ length: 39 }, (_, i) => i + 2));
    const frames = posted.filter(({ type }) => type === 'frame');
    expect(frames.length).toBeLessThan(10);
    expect(frames.at(-1)).toMatchObject({ frame: { step: 40 } });
    expect(posted.at(-1)).toMatchObject({ type: 'state', state: { kind: 'ended', words: 'Done.' } });
    const before = posted.length;
    feed.stop();
    expect(posted).toHaveLength(before);
  });
});
