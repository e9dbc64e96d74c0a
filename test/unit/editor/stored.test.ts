import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { diagnosticItems } from '../../../src/editor/diagnosticItems';
import { RunHistory } from '../../../src/editor/runHistory';
import { storedFacts } from '../../../src/editor/storedFacts';
import { readStoredFrame, StoredRun } from '../../../src/editor/storedRun';
import { untranslated as t } from '../../../src/editor/translate';

const stored = 'test/fixtures/workspace/storedRun';
const folder = mkdtempSync(join(tmpdir(), 'unblind-history-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the history of a workspace', () => {
  it('reads good runs, says why others cannot be read, and sees changes', async () => {
    cpSync(stored, join(folder, '20250103-120000-quick-mfd'), { recursive: true });
    const half = join(folder, '20250102-120000-half');
    mkdirSync(half);
    writeFileSync(join(half, 'run.json'), '{ "format": 1,');
    mkdirSync(join(folder, '20250101-120000-empty'));
    const history = new RunHistory(() => Promise.resolve(undefined));
    const entries = await history.read([folder, join(folder, 'nowhere'), folder]);
    expect(entries.map(({ kind }) => kind)).toEqual(['run', 'broken', 'broken']);
    expect(entries[0]).toMatchObject({ record: { energy: 'quick' }, end: { status: 'done' } });
    expect(entries[1]).toMatchObject({ reason: expect.stringContaining('not valid JSON') });
    expect(entries[2]).toMatchObject({ reason: 'It has no run.json.' });
    expect((await history.read([folder]))[0]).toBe(entries[0]);
    rmSync(half, { recursive: true });
    expect(await history.read([folder])).toHaveLength(2);
  });

  it('knows which runs have a checkpoint to go on from', async () => {
    const directory = join(folder, '20250104-120000-cut-off');
    cpSync(stored, directory, { recursive: true });
    const events = readFileSync(join(stored, 'events.ndjson'), 'utf8').trimEnd().split('\n');
    const history = new RunHistory(() => Promise.resolve(undefined));
    const seen = async (): Promise<boolean | undefined> => {
      const entry = (await history.read([folder])).find((each) => each.directory === directory);
      return entry?.kind === 'run' ? entry.checkpoint : undefined;
    };
    writeFileSync(join(directory, 'checkpoint.npz'), 'a checkpoint');
    expect(await seen()).toBe(false);
    writeFileSync(join(directory, 'events.ndjson'), `${events.slice(0, -1).join('\n')}\n`);
    expect(await seen()).toBe(true);
    rmSync(join(directory, 'checkpoint.npz'));
    expect(await seen()).toBe(false);
    rmSync(directory, { recursive: true });
  });

  it('tells the Diagnostics view what is on disk', async () => {
    const entries = await new RunHistory(() => Promise.resolve(undefined)).read([folder]);
    const [found] = [...storedFacts(entries).values()];
    const ids = diagnosticItems({ ...found!.facts, checkLines: [] }, t).map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(['executor', 'weights', 'kl', 'logZ']));
  });
});

describe('a stored run in a panel', () => {
  it('has its curve, its last picture and its end', () => {
    const run = StoredRun.open(stored, t);
    const shown = run.panelRun('MFD');
    expect(shown).toMatchObject({ label: 'MFD', steps: 50, snapshots: [0, 50], state: { kind: 'ended', end: { kind: 'done' } } });
    expect(shown.frame?.step).toBe(50);
    expect(shown.frame?.modes).toHaveLength(2);
    expect(shown.points.steps.length).toBeGreaterThan(3);
    expect(shown.info?.sample.length).toBeGreaterThan(0);
    expect(run.energy.name).toBe('quick');
  });

  it('shows earlier steps, and nothing for those that are not there', async () => {
    expect((await StoredRun.open(stored, t).frameAt(0))?.density).toBeDefined();
    expect(readStoredFrame(stored, 7)).toBeUndefined();
    expect(readStoredFrame('nowhere', 0)).toBeUndefined();
  });

  it('has draws of each stored density, near where that is', async () => {
    const frame = (await StoredRun.open(stored, t).frameAt(50))!;
    const { values, extent, shape } = frame.density!;
    expect(frame.particles.length).toBe(2000 * shape.length);
    expect(frame.logZ).not.toBeNull();
    const [low, high] = extent as [number, number];
    const n = shape.at(-1)!;
    const place = (i: number): number => low + (((i % n) + 0.5) / n) * (high - low);
    const mass = values.reduce((a, b) => a + b, 0);
    const mean = values.reduce((sum, value, i) => sum + value * place(i), 0) / mass;
    const spread = Math.sqrt(values.reduce((sum, value, i) => sum + value * (place(i) - mean) ** 2, 0) / mass);
    const xs = frame.particles.filter((_, i) => i % shape.length === 0);
    // The mean of 2000 independent draws has a standard error of spread / sqrt(2000); systematic draws have less.
    expect(Math.abs(xs.reduce((a, b) => a + b, 0) / 2000 - mean)).toBeLessThan((4 * spread) / Math.sqrt(2000));
    expect((await StoredRun.open(stored, t).frameAt(0))?.logZ).toBeNull();
  });

  it('refuses what is no run in a sentence', () => {
    expect(() => StoredRun.open('src', t)).toThrow(/holds no run/);
  });
});
