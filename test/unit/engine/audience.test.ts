import { describe, expect, it } from 'vitest';
import { Audience } from '../../../src/engine/audience';
import type { FromEngine, Work } from '../../../src/shared/protocol';
import { frame, points, request } from '../editor/fakeEngine';

const work: Work = { type: 'fit', request };

/** A listener whose messages have left when the test says so. */
function listener() {
  const told: FromEngine[] = [];
  const leaving: (() => void)[] = [];
  const send = (message: FromEngine, written?: () => void): void => {
    told.push(message);
    if (written) leaving.push(written);
  };
  return { told, leaving, send };
}

function audience() {
  let alone = 0;
  const made = new Audience(() => alone++);
  return { made, alone: () => alone };
}

const progress = (step: number): FromEngine => ({ type: 'progress', step, stepsPerSecond: 1, secondsLeft: 1, points: points([step]) });

describe('those who follow a run', () => {
  it('are all told, and the first steers; who came next does once that one goes', () => {
    const { made, alone } = audience();
    const [a, b] = [listener(), listener()];
    const [first, second] = [made.join(a), made.join(b)];
    expect([made.steers(first), made.steers(second)]).toEqual([true, false]);
    made.send({ type: 'stage', text: 'x' });
    made.leave(first);
    made.leave(first);
    expect(made.steers(second)).toBe(true);
    expect(a.told).toEqual([{ type: 'stage', text: 'x' }]);
    expect(b.told).toEqual([
      { type: 'stage', text: 'x' },
      { type: 'steering', yours: true },
    ]);
    expect(alone()).toBe(0);
    made.leave(second);
    expect(alone()).toBe(1);
    expect(made.isEmpty).toBe(true);
    const third = made.join(listener());
    expect(made.steers(third)).toBe(true);
  });

  it('may take over, and are told', () => {
    const { made } = audience();
    const [a, b] = [listener(), listener()];
    const [first, second] = [made.join(a), made.join(b)];
    made.hand(second);
    made.hand(second);
    expect([made.steers(first), made.steers(second)]).toEqual([false, true]);
    expect(a.told).toEqual([{ type: 'steering', yours: false }]);
    expect(b.told).toEqual([{ type: 'steering', yours: true }]);
  });

  it('who come later are told what still holds', () => {
    const { made } = audience();
    made.join(listener());
    const early: FromEngine[] = [
      { type: 'stage', text: 'old' },
      progress(1),
      { type: 'frame', frame: frame(1) },
      { type: 'paused', step: 1 },
    ];
    for (const message of [...early, { type: 'resumed' } as const, progress(2), { type: 'stage', text: 'Measuring' } as const])
      made.send(message);
    const late = listener();
    made.greet(made.join(late), work);
    const said = [{ type: 'frame', frame: frame(1) }, progress(2), { type: 'resumed' }, { type: 'stage', text: 'Measuring' }];
    expect(late.told).toEqual([{ type: 'attached', work, steers: false, said }]);
  });

  it('get frames as fast as they take them, the quick ones not slowed by the slow', () => {
    const { made } = audience();
    expect(made.wantsFrame).toBe(false);
    const [slow, quick] = [listener(), listener()];
    made.join(slow);
    expect(made.wantsFrame).toBe(true);
    made.send({ type: 'frame', frame: frame(0) });
    expect(made.wantsFrame).toBe(false);
    made.join(quick);
    for (let step = 1; step <= 10; step++) {
      expect(made.wantsFrame).toBe(true);
      made.send({ type: 'frame', frame: frame(step) });
      quick.leaving.pop()!();
    }
    expect(quick.told).toHaveLength(10);
    expect(slow.told).toHaveLength(4);
    slow.leaving.shift()!();
    made.send({ type: 'frame', frame: frame(11) });
    expect(slow.told.at(-1)).toEqual({ type: 'frame', frame: frame(11) });
  });
});
