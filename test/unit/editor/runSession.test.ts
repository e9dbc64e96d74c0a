import { describe, expect, it } from 'vitest';
import { RunSession, type SessionChange } from '../../../src/editor/runSession';
import { FakeEngine, frame, info, points, request } from './fakeEngine';

function start(): { engine: FakeEngine; session: RunSession; changes: SessionChange['type'][] } {
  const engine = new FakeEngine();
  const session = new RunSession(request, engine);
  session.start(true);
  const changes: SessionChange['type'][] = [];
  session.onDidChange(({ type }) => changes.push(type));
  return { engine, session, changes };
}

const progress = (step: number) => ({ type: 'progress', step, stepsPerSecond: 10, secondsLeft: 1, points: points([step]) }) as const;

describe('a run session', () => {
  it('follows a run from its start to its end', () => {
    const { engine, session, changes } = start();
    expect(engine.sent).toEqual([
      { type: 'outlive', outlives: true },
      { type: 'fit', request },
    ]);
    engine.say({ type: 'stage', text: 'Loading' });
    expect([session.phase, session.stage]).toEqual(['starting', 'Loading']);
    engine.say({ type: 'started', info }, progress(10), { type: 'frame', frame: frame(10, 0.5) }, progress(20));
    expect([session.phase, session.stage, session.step, session.steps]).toEqual(['running', undefined, 20, 100]);
    expect(session.loss.length).toBe(2);
    expect(session.kls).toEqual([{ step: 10, kl: 0.5 }]);
    engine.end({ kind: 'done' }, ['a note']);
    expect([session.phase, session.end, session.notes]).toEqual(['ended', { kind: 'done' }, ['a note']]);
    expect(changes).toEqual(['state', 'started', 'points', 'frame', 'points', 'ended']);
  });

  it('pauses, steps and resumes only where that means something', () => {
    const { engine, session } = start();
    session.pause();
    session.resume();
    session.advance(1);
    expect(engine.sent).toHaveLength(2);
    engine.say({ type: 'started', info });
    session.pause();
    engine.say({ type: 'paused', step: 7 });
    expect([session.phase, session.step]).toEqual(['paused', 7]);
    session.advance(3);
    session.resume();
    engine.say({ type: 'resumed' });
    expect(session.phase).toBe('running');
    expect(engine.sent.slice(2)).toEqual([{ type: 'pause' }, { type: 'step', count: 3 }, { type: 'resume' }]);
  });

  it('stops, and at the second time at once; what had to be killed for that was stopped', () => {
    const { engine, session } = start();
    engine.say({ type: 'started', info });
    session.stop();
    expect(session.phase).toBe('stopping');
    engine.say({ type: 'paused', step: 3 }, { type: 'resumed' });
    expect(session.phase).toBe('stopping');
    session.stop();
    expect(engine.kill).toHaveBeenCalledOnce();
    expect(session.end).toEqual({ kind: 'stopped', forced: true });
  });

  it('says how the process ended, and hears nothing after that', () => {
    const { engine, session, changes } = start();
    engine.end({ kind: 'out-of-memory', message: 'too large' });
    engine.end({ kind: 'done' });
    engine.say({ type: 'started', info });
    expect(session.end?.kind).toBe('out-of-memory');
    expect(changes).toEqual(['ended']);
  });

  it('lets go of its engine', () => {
    const { engine, session } = start();
    session.dispose();
    session.dispose();
    expect(engine.dispose).toHaveBeenCalledOnce();
  });
});
