import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { latestRunOf } from '../../../src/engine/latestRunOf';
import * as files from '../../../src/runs/readFile';

vi.mock(import('../../../src/runs/readFile'), { spy: true });

const stored = 'test/fixtures/workspace/storedRun';
const project = mkdtempSync(join(tmpdir(), 'unblind-latest-'));
const runs = join(project, '.unblind/runs');
const file = join(project, 'some.energy.ts');
const record = JSON.parse(readFileSync(join(stored, 'run.json'), 'utf8')) as object;

function makeRun(name: string, createdAt: string, energy: string): string {
  const directory = join(runs, name);
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'run.json'), JSON.stringify({ ...record, createdAt, energy, file }));
  for (const part of ['result.json', 'events.ndjson']) cpSync(join(stored, part), join(directory, part));
  return directory;
}

const dayOf = (i: number): string => new Date(Date.UTC(2026, 0, 1 + i)).toISOString();
const nameOf = (iso: string): string => `${iso.slice(0, 10).replaceAll('-', '')}-${iso.slice(11, 19).replaceAll(':', '')}`;

beforeAll(() => {
  for (let i = 0; i < 100; i++) makeRun(`${nameOf(dayOf(i))}-${i % 2 === 0 ? 'even' : 'odd'}-mfd`, dayOf(i), i % 2 === 0 ? 'even' : 'odd');
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

describe('the latest run of an energy', () => {
  it('is found among the newest, without reading the others', () => {
    vi.mocked(files.readBytes).mockClear();
    expect(latestRunOf(file, 'even', () => true)?.record.createdAt).toBe(dayOf(98));
    const looked = vi.mocked(files.readBytes).mock.calls.length;
    expect(looked).toBeGreaterThan(0);
    expect(looked).toBeLessThan(10);
  });

  it('is the newest that is wanted, and none where none is', () => {
    const seen: string[] = [];
    const found = latestRunOf(file, 'odd', ({ record: { createdAt } }) => {
      seen.push(createdAt);
      return createdAt < dayOf(94);
    });
    expect(seen).toEqual([99, 97, 95, 93].map(dayOf));
    expect(found?.record.createdAt).toBe(dayOf(93));
    expect(latestRunOf(file, 'odd', () => false)).toBeUndefined();
    expect(latestRunOf(file, 'neither', () => true)).toBeUndefined();
    expect(latestRunOf(join(project, 'other.energy.ts'), 'odd', () => true)).toBeUndefined();
    expect(latestRunOf(join(tmpdir(), 'nowhere', 'a.energy.ts'), 'odd', () => true)).toBeUndefined();
  });

  it('does not depend on the time zone of whoever wrote, on names without a date, or on damaged runs', () => {
    // Begun at 10:00 UTC in Kiritimati, where it was 00:00 of the next day, and an hour later in Honolulu, where it was 01:00.
    const first = makeRun('20260601-000000-even-mfd', '2026-05-31T10:00:00.000Z', 'even');
    const second = makeRun('20260531-010000-even-mfd', '2026-05-31T11:00:00.000Z', 'even');
    const damaged = makeRun('20260602-000000-even-mfd', '2026-06-02T00:00:00.000Z', 'even');
    writeFileSync(join(damaged, 'run.json'), '{ "energy": "even", ');
    expect(latestRunOf(file, 'even', () => true)?.directory).toBe(second);
    const named = makeRun('best', '2026-05-31T10:30:00.000Z', 'even');
    expect(latestRunOf(file, 'even', () => true)?.directory).toBe(second);
    expect(latestRunOf(file, 'even', ({ directory }) => directory !== second)?.directory).toBe(named);
    for (const directory of [first, second, damaged, named]) rmSync(directory, { recursive: true });
  });
});
