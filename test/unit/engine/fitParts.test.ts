import { afterEach, describe, expect, it, vi } from 'vitest';
import { CheckpointSchedule } from '../../../src/engine/fit/checkpointSchedule';
import { FitControl } from '../../../src/engine/fit/control';
import { FrameSchedule } from '../../../src/engine/fit/frameSchedule';
import { fewerDraws } from '../../../src/engine/fit/frames';
import { endOfError } from '../../../src/engine/endOfError';
import { endOfProcess } from '../../../src/engine/processEnd';
import { ProgressBatch } from '../../../src/engine/progressBatch';
import { isToEngine } from '../../../src/engine/validate';
import { drawnPoints } from '../../../src/diagnose/points';
import { EnergyFileError } from '../../../src/energy/errors';
import { ExecutorError } from '../../../src/executors/executor';
import { Random } from '../../../src/shared/random';

describe('the schedule of checkpoints', () => {
  it('leaves less than five seconds between two, and a fiftieth of the time where writing is slow', () => {
    const schedule = new CheckpointSchedule(1000);
    expect([schedule.due(1000), schedule.due(4999), schedule.due(5000)]).toEqual([false, false, true]);
    schedule.made(5000, 5080);
    expect([schedule.due(8999), schedule.due(9080)]).toEqual([false, true]);
    schedule.made(9080, 9280);
    expect([schedule.due(19_279), schedule.due(19_280)]).toEqual([false, true]);
  });
});

describe('the control of a fit', () => {
  it('allows everything, nothing while paused, and as many steps as were asked for', () => {
    const control = new FitControl();
    expect(control.allowed).toBe(Infinity);
    control.step(5);
    expect(control.running).toBe(true);
    control.pause();
    expect(control.allowed).toBe(0);
    control.step(2);
    control.step(1);
    control.spend(2);
    expect(control.allowed).toBe(1);
    control.spend(1);
    expect(control.allowed).toBe(0);
    control.resume();
    control.spend(100);
    expect(control.running).toBe(true);
  });

  for (const [name, wake] of [
    ['resume', (control: FitControl) => control.resume()],
    ['step', (control: FitControl) => control.step(1)],
    ['stop', (control: FitControl) => control.stop()],
    ['another view', (control: FitControl) => control.show({ axes: [0, 1], point: [0, 0, 0] })],
  ] as const) {
    it(`wakes a waiting loop by ${name}`, async () => {
      const control = new FitControl();
      control.pause();
      let awake = false;
      const waiting = control.mayGoOn().then(() => (awake = true));
      await new Promise((resolve) => setTimeout(resolve, 5));
      expect(awake).toBe(false);
      wake(control);
      await waiting;
    });
  }

  it('goes on waiting where a pause comes in the same turn', async () => {
    const control = new FitControl();
    control.pause();
    let awake = false;
    const waiting = control.mayGoOn().then(() => (awake = true));
    control.resume();
    control.pause();
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(awake).toBe(false);
    control.stop();
    await waiting;
    expect(control.stopped).toBe(true);
  });
});

describe('the schedule of frames', () => {
  it('allows the first at once, the second soon whatever the first cost, then ten a second of cheap ones, and a quarter of the time of dear ones', () => {
    for (const [cost, interval] of [
      [1, 100],
      [25, 100],
      [200, 800],
    ] as const) {
      const schedule = new FrameSchedule();
      const began: number[] = [];
      for (let now = 0; now < 20_000;) {
        if (schedule.due(now)) {
          began.push(now);
          schedule.made(now, now, now + cost);
          now += cost;
        } else now++;
      }
      expect(began[0]).toBe(0);
      const [second, ...rest] = began.slice(1).map((t, i) => t - began[i]!);
      expect(second).toBe(Math.max(100, cost));
      expect(new Set(rest)).toEqual(new Set([interval]));
      expect(schedule.shows(began.at(-1)!)).toBe(true);
    }
  });
});

describe('a batch of progress', () => {
  it('holds every point once, in order, at most twenty times a second', () => {
    let now = 0;
    const sent: number[][] = [];
    const batch = new ProgressBatch(
      ({ step, points }) => {
        expect(points.steps.at(-1)).toBe(step);
        expect(points.losses).toHaveLength(points.steps.length);
        sent.push([...points.steps]);
      },
      () => now,
    );
    for (let step = 1; step <= 1000; step++, now++)
      batch.add({ step, steps: 1000, loss: 1 / step, gradientNorm: 1, stepsPerSecond: 1, secondsLeft: 1 });
    batch.flush();
    batch.flush();
    expect(sent.flat()).toEqual(Array.from({ length: 1000 }, (_, i) => i + 1));
    expect(sent.length).toBeLessThanOrEqual(21);
  });
});

describe('a run that makes way', () => {
  afterEach(() => vi.useRealTimers());

  it('leaves the processor for a while, and no longer', async () => {
    vi.useFakeTimers();
    const control = new FitControl();
    await control.wayIsFree();
    control.makeWay(1500);
    let free = false;
    void control.wayIsFree().then(() => (free = true));
    await vi.advanceTimersByTimeAsync(1499);
    expect(free).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(free).toBe(true);
  });

  it('leaves it for longer where it is asked again meanwhile', async () => {
    vi.useFakeTimers();
    const control = new FitControl();
    control.makeWay(1500);
    let free = false;
    void control.wayIsFree().then(() => (free = true));
    await vi.advanceTimersByTimeAsync(1000);
    control.makeWay(1500);
    await vi.advanceTimersByTimeAsync(1499);
    expect(free).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(free).toBe(true);
  });
});

describe('fewer draws', () => {
  it('still integrate a density to one', () => {
    const count = 60_000;
    const rows = new Float64Array(count);
    const random = new Random(1);
    random.fillNormal(rows);
    const drawn = drawnPoints(
      rows,
      1,
      rows.map((x) => -0.5 * x * x - 0.5 * Math.log(2 * Math.PI)),
    );
    const fewer = fewerDraws(drawn);
    // A uniform density on [-1, 1]: its integral by 15000 draws has a standard error below .01.
    const integral = fewer.weights.reduce((sum, w, i) => sum + (Math.abs(fewer.points[i]!) < 1 ? w / 2 : 0), 0);
    expect(fewer.count).toBe(15_000);
    expect(integral).toBeCloseTo(1, 1);
  });
});

describe('an error', () => {
  it('of native code that got no memory ends the run as such', () => {
    const refused =
      'Error: Non-zero status code returned while running Mul node. Failed to allocate memory for requested buffer of size 393216';
    expect(endOfError(new Error(refused), undefined)?.kind).toBe('out-of-memory');
    expect(endOfError(new ExecutorError('onnx', 'failed', 'ONNX Runtime refused the model: std::bad_alloc'), undefined)?.kind).toBe(
      'out-of-memory',
    );
    expect(endOfError(new ExecutorError('onnx', 'failed', 'ONNX Runtime refused the model: no such node'), undefined)?.kind).toBe(
      'bad-input',
    );
    // What a user's code says of memory is that file's mistake.
    expect(endOfError(new EnergyFileError('exception', 'out of memory, said the file'), undefined)?.kind).toBe('bad-input');
  });
});

describe('the end of a process', () => {
  it('is put into words', () => {
    expect(endOfProcess(null, 'SIGABRT', 'FATAL ERROR: ... JavaScript heap out of memory\n').kind).toBe('out-of-memory');
    expect(endOfProcess(134, null, 'JavaScript heap out of memory').kind).toBe('out-of-memory');
    expect(endOfProcess(null, 'SIGTRAP', '# Fatal process out of memory: Zone\n').kind).toBe('out-of-memory');
    expect(endOfProcess(1, null, 'Error: ... Failed to allocate memory for requested buffer of size 393216').kind).toBe('out-of-memory');
    expect(endOfProcess(127, null, 'cannot allocate memory for thread-local data: ABORT').kind).toBe('out-of-memory');
    expect(endOfProcess(null, 'SIGKILL', '').kind).toBe('killed');
    expect(endOfProcess(null, 'SIGSEGV', '')).toEqual({ kind: 'crashed', message: 'The engine process broke (SIGSEGV)' });
    const log = 'a warning\nTypeError: x is not a function\n    at fit (engine.js:1:1)\n';
    expect(endOfProcess(1, null, log)).toEqual({
      kind: 'crashed',
      message: 'The engine process ended with status 1: TypeError: x is not a function',
    });
  });
});

describe('messages to the engine', () => {
  it('are refused where a field is missing or wrong', () => {
    const request = { file: '/a', energy: 'b', executor: 'auto', seed: 0, overrides: {}, warmFrom: undefined };
    expect(isToEngine({ type: 'fit', request })).toBe(true);
    for (const change of [{ file: 1 }, { seed: 0.5 }, { overrides: null }, { overrides: [] }, { warmFrom: 3 }])
      expect(isToEngine({ type: 'fit', request: { ...request, ...change } })).toBe(false);
    expect(isToEngine({ type: 'step', count: 1 })).toBe(true);
    expect(isToEngine({ type: 'step', count: 0 })).toBe(false);
    expect(isToEngine({ type: 'check', id: 1, file: '/a' })).toBe(true);
    for (const wrong of [null, undefined, 'stop', [], { type: 'toString' }, { type: '__proto__' }]) expect(isToEngine(wrong)).toBe(false);
  });
});
