import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { HistoryEntry } from '../../../src/editor/historyEntry';
import { readWidth, RunHistory } from '../../../src/editor/runHistory';
import { mapBounded } from '../../../src/shared/mapBounded';

const stored = 'test/fixtures/workspace/storedRun';
const files = ['result.json', 'events.ndjson'].map((name) => [name, readFileSync(join(stored, name))] as const);
const record = JSON.parse(readFileSync(join(stored, 'run.json'), 'utf8')) as object;
const root = mkdtempSync(join(tmpdir(), 'unblind-long-history-'));
const folders = [join(root, 'one'), join(root, 'two')];
const count = 300;
/** Their names in the order of `createdAt`, oldest first. */
const names: string[] = [];

const two = (value: number): string => String(value).padStart(2, '0');

/** The name that a run of this time gets. */
function nameOf(date: Date): string {
  const day = `${date.getFullYear()}${two(date.getMonth() + 1)}${two(date.getDate())}`;
  return `${day}-${two(date.getHours())}${two(date.getMinutes())}${two(date.getSeconds())}-quick-mfd`;
}

function makeRun(folder: string, name: string, createdAt: Date): string {
  const directory = join(folder, name);
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'run.json'), JSON.stringify({ ...record, createdAt: createdAt.toISOString() }));
  for (const [file, content] of files) writeFileSync(join(directory, file), content);
  return directory;
}

/** Every 40 minutes, so that the hour that a change of the clock repeats has more than one. */
const dateOf = (i: number): Date => new Date(Date.UTC(2026, 9, 20) + 40 * 60_000 * i);
const nothing = (): Promise<undefined> => Promise.resolve(undefined);
const namesOf = (entries: readonly HistoryEntry[]): string[] => entries.map(({ directory }) => directory.split('/').at(-1)!);
const newestFirst = (): string[] => [...names].reverse();

beforeAll(() => {
  for (let i = 0; i < count; i++) {
    names.push(`${nameOf(dateOf(i))}-${i}`);
    makeRun(folders[i % 2]!, names[i]!, dateOf(i));
  }
});
afterAll(() => rmSync(root, { recursive: true, force: true }));
afterEach(() => void vi.unstubAllEnvs());

describe('a long history', () => {
  it('shows the newest runs of all folders without reading the others, and loses none', async () => {
    const read = vi.fn(nothing);
    const history = new RunHistory(read);
    const page = await history.newest(folders, 20);
    expect(page.total).toBe(count);
    expect(namesOf(page.entries)).toEqual(newestFirst().slice(0, 20));
    expect(read).toHaveBeenCalledTimes(20);
    expect(namesOf(await history.read(folders))).toEqual(newestFirst());
    expect(read).toHaveBeenCalledTimes(count);
    expect(namesOf((await history.newest(folders, 50)).entries)).toEqual(newestFirst().slice(0, 50));
    expect(read).toHaveBeenCalledTimes(count);
  });

  it('corrects the order once all were read, whatever the names say', async () => {
    const directory = makeRun(folders[0]!, 'my-best-run', dateOf(count - 30.5));
    const older = makeRun(folders[1]!, `${nameOf(dateOf(count + 500))}-wrong-clock`, dateOf(-1));
    const history = new RunHistory(nothing);
    const before = namesOf((await history.newest(folders, 20)).entries);
    expect(before).toEqual([...newestFirst().slice(0, 18), 'my-best-run', older.split('/').at(-1)]);
    const all = namesOf(await history.read(folders));
    expect(all).toHaveLength(count + 2);
    expect(all.indexOf('my-best-run')).toBe(30);
    expect(all.at(-1)).toBe(older.split('/').at(-1));
    expect(namesOf((await history.newest(folders, 20)).entries)).toEqual(newestFirst().slice(0, 20));
    for (const path of [directory, older]) rmSync(path, { recursive: true });
    expect(await history.read(folders)).toHaveLength(count);
  });

  it('chooses right where a change of the clock repeats an hour', async () => {
    const folder = join(root, 'autumn');
    vi.stubEnv('TZ', 'Europe/Berlin');
    // 2:30 summer time, and 2:10 half an hour and ten minutes later.
    const [first, second] = [new Date('2026-10-25T00:30:00Z'), new Date('2026-10-25T01:10:00Z')];
    makeRun(folder, nameOf(first), first);
    makeRun(folder, nameOf(second), second);
    expect([nameOf(first), nameOf(second)]).toEqual(['20261025-023000-quick-mfd', '20261025-021000-quick-mfd']);
    const history = new RunHistory(nothing);
    expect(namesOf(await history.read([folder]))).toEqual([nameOf(second), nameOf(first)]);
    expect(namesOf((await history.newest([folder], 1)).entries)).toEqual([nameOf(second)]);
  });

  it.each(['awaited', 'behind'] as const)('reads few directories at once, and each with few files open (%s)', async (haste) => {
    const width = readWidth[haste];
    let [reading, most, mostFiles] = [0, 0, 0];
    const openFiles = (): number => (process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0);
    const before = openFiles();
    // The first readers wait for each other: fewer than these at once would wait for ever.
    let goOn: () => void = () => undefined;
    const together = new Promise<void>((resolve) => (goOn = resolve));
    const history = new RunHistory(async () => {
      most = Math.max(most, ++reading);
      mostFiles = Math.max(mostFiles, openFiles());
      if (reading === width) goOn();
      await together;
      reading--;
      return undefined;
    });
    expect(await history.read(folders, haste)).toHaveLength(count);
    expect(most).toBe(width);
    // One of each, and the folder that is counted.
    expect(mostFiles - before).toBeLessThanOrEqual(width + 1);
  });

  it('reads anew what has changed, and nothing else', async () => {
    const read = vi.fn(nothing);
    const history = new RunHistory(read);
    await history.read(folders);
    read.mockClear();
    const changed = join(folders[1]!, names[7]!);
    const temporary = join(changed, 'result.tmp');
    writeFileSync(temporary, files[0]![1]);
    rmSync(temporary);
    utimesSync(changed, new Date(), new Date(Date.now() + 2000));
    await history.read(folders);
    expect(read.mock.calls).toEqual([[changed]]);
  });

  it('sees a broken record mended in place', async () => {
    const directory = join(root, 'broken', '20260101-000000-quick-mfd');
    cpSync(join(folders[0]!, names[0]!), directory, { recursive: true });
    const good = readFileSync(join(directory, 'run.json'));
    const history = new RunHistory(nothing);
    writeFileSync(join(directory, 'run.json'), '{');
    expect((await history.read([join(root, 'broken')]))[0]?.kind).toBe('broken');
    writeFileSync(join(directory, 'run.json'), good);
    expect((await history.read([join(root, 'broken')]))[0]?.kind).toBe('run');
  });
});

describe('bounded work', () => {
  it('keeps the order, and begins nothing after a failure', async () => {
    expect(await mapBounded([3, 1, 2], 2, (value) => Promise.resolve(10 * value))).toEqual([30, 10, 20]);
    const begun: number[] = [];
    const work = (value: number): Promise<void> => {
      begun.push(value);
      return value === 2 ? Promise.reject(new Error('two')) : Promise.resolve();
    };
    await expect(mapBounded([1, 2, 3, 4, 5, 6, 7, 8, 9], 1, work)).rejects.toThrow('two');
    expect(begun).toEqual([1, 2]);
  });
});
