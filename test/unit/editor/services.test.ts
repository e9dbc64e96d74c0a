import { describe, expect, it } from 'vitest';
import { CheckService } from '../../../src/editor/checkService';
import { FitService } from '../../../src/editor/fitService';
import { readRun } from '../../../src/runs/runReader';
import { FakeEngine, info, points, request } from './fakeEngine';

function engines(): { made: FakeEngine[]; source: () => Promise<{ acquire: () => FakeEngine }> } {
  const made: FakeEngine[] = [];
  const acquire = (): FakeEngine => {
    made.push(new FakeEngine());
    return made.at(-1)!;
  };
  return { made, source: () => Promise.resolve({ acquire }) };
}

describe('fits of a window', () => {
  it('stops the run of the same energy, not that of another', async () => {
    const { made, source } = engines();
    const fits = new FitService(source);
    const first = await fits.start(request);
    const other = await fits.start({ ...request, energy: 'b' });
    const second = await fits.start(request);
    expect([first.phase, other.phase, second.phase]).toEqual(['stopping', 'starting', 'starting']);
    expect(fits.latest({ file: request.file, name: 'a' })).toBe(second);
    expect(fits.current).toBe(second);
    made[2]!.end({ kind: 'done' });
    expect(fits.current).toBe(other);
  });

  it('forgets old runs that have ended', async () => {
    const { made, source } = engines();
    const fits = new FitService(source);
    for (let i = 0; i < 30; i++) {
      await fits.start(request);
      made.at(-1)!.end({ kind: 'done' });
    }
    expect(fits.all.length).toBeLessThanOrEqual(21);
  });

  it('go on with a run on disk: its curve stays, and steps that are done again are no new ones', async () => {
    const { made, source } = engines();
    const fits = new FitService(source);
    const directory = 'test/fixtures/workspace/storedRun';
    const { record } = readRun(directory);
    const session = await fits.resume(directory, record);
    expect(made[0]!.sent.at(-1)).toMatchObject({ type: 'fit', request: { energy: 'quick', seed: record.seed, resume: directory } });
    const before = Array.from(session.loss.snapshot().steps);
    expect(before.length).toBeGreaterThan(3);
    const last = before.at(-1)!;
    made[0]!.say({
      type: 'progress',
      step: last + 2,
      stepsPerSecond: 1,
      secondsLeft: 1,
      points: points([last - 1, last, last + 1, last + 2]),
    });
    expect(Array.from(session.loss.snapshot().steps)).toEqual([...before, last + 1, last + 2]);
  });

  it('passes on what happens', async () => {
    const { made, source } = engines();
    const fits = new FitService(source);
    const seen: string[] = [];
    fits.onDidStart(() => seen.push('start'));
    fits.onDidChange(({ change }) => seen.push(change.type));
    await fits.start(request);
    made[0]!.say({ type: 'started', info });
    expect(seen).toEqual(['start', 'started']);
    fits.dispose();
    expect(made[0]!.dispose).toHaveBeenCalled();
  });
});

describe('checks', () => {
  const checked = (id: number) =>
    ({
      type: 'checked',
      id,
      energies: [{ name: 'a', line: 1, lines: [{ name: 'score', status: 'pass', text: 'ok' }] }],
      error: undefined,
      warnings: [],
    }) as const;

  it('uses one process for all, and hands it over when it is idle', async () => {
    const { made, source } = engines();
    const service = new CheckService(source);
    const [one, two] = [service.check('/w/a.energy.ts'), service.check('/w/b.energy.ts')];
    await Promise.resolve().then(() => undefined);
    expect(service.handOver()).toBeUndefined();
    made[0]!.say(checked(2), checked(1));
    expect(await one).toEqual({ checked: checked(1) });
    expect(await two).toEqual({ checked: checked(2) });
    expect(service.linesOf({ file: '/w/b.energy.ts', name: 'a' })).toHaveLength(1);
    expect(made).toHaveLength(1);
    expect(service.handOver()).toBe(made[0]);
    expect(service.handOver()).toBeUndefined();
    service.dispose();
    expect(made[0]!.dispose).not.toHaveBeenCalled();
  });

  it('lets newer text overtake older text of the same file, of which nobody hears', async () => {
    const { made, source } = engines();
    const service = new CheckService(source);
    const heard: (string | undefined)[] = [];
    service.onDidCheck(({ text }) => heard.push(text));
    const [saved, older] = [service.check('/w/a.energy.ts'), service.check('/w/a.energy.ts', 'older')];
    await Promise.resolve();
    const other = service.check('/w/b.energy.ts', 'other');
    await Promise.resolve();
    const newer = service.check('/w/a.energy.ts', 'newer');
    expect(await older).toHaveProperty('failure');
    expect(made[0]!.sent).toContainEqual({ type: 'check', id: 2, file: '/w/a.energy.ts', text: 'older' });
    expect(made[0]!.sent).toContainEqual({ type: 'cancel-check', id: 2 });
    made[0]!.say(checked(1), checked(2), checked(3), checked(4));
    expect(await Promise.all([saved, other, newer])).toEqual([1, 3, 4].map((id) => ({ checked: checked(id) })));
    expect(heard).toEqual([undefined, 'other', 'newer']);
    service.dispose();
  });

  it('says why there is no answer, and starts another process at the next check', async () => {
    const { made, source } = engines();
    const service = new CheckService(source);
    const failed = service.check('/w/a.energy.ts');
    await Promise.resolve();
    made[0]!.end({ kind: 'crashed', message: 'it broke' });
    expect(await failed).toEqual({ failure: 'it broke' });
    const again = service.check('/w/a.energy.ts');
    await Promise.resolve();
    made[1]!.say(checked(2));
    expect(await again).toEqual({ checked: checked(2) });
    service.dispose();
  });
});
