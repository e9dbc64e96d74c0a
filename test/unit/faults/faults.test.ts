/** The short form of `npm run test:faults`, and whether the harness sees what it looks for. */

import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordOf, resultOf } from '../runs/analyticRuns';
import { RunWriter } from '../../../src/runs/runWriter';
import { differences } from './compare';
import { inflict, touchedLines } from './damage';
import { bytesLost, changes, digests } from './files';
import { Harness, lastLine, type Tried } from './harness';
import { isSentence } from './inspect';
import { type Damage, faultOf, kinds } from './plan';

const seed = 20261122;

describe('a run at random moments', { timeout: 240_000 }, () => {
  let harness: Harness;
  const tried = new Map<number, Promise<Tried>>();
  beforeAll(async () => {
    harness = await Harness.open();
    // Two at a time, told as each is done.
    const settle = new Map<number, (one: Tried) => void>();
    const indices = kinds.map((_, index) => index);
    for (const index of indices) tried.set(index, new Promise((resolve) => settle.set(index, resolve)));
    void harness.tryAll(seed, indices, 2, (one) => settle.get(one.index)!(one));
  });
  afterAll(() => harness.close());

  it.each(kinds.map(([name], index) => [index, name] as const))('loses nothing: %i, %s', async (index) => {
    const { lost, bytesLost: bytes, story } = (await tried.get(index))!;
    expect({ lost, bytes }, story.join('\n')).toEqual({ lost: [], bytes: 0 });
  });
});

describe('the plan of faults', () => {
  it('is drawn from the seed, each fault by itself', () => {
    expect(faultOf(3, 7)).toEqual(faultOf(3, 7));
    expect(faultOf(3, 7)).not.toEqual(faultOf(4, 7));
    expect(faultOf(3, 0)).not.toEqual(faultOf(3, kinds.length));
  });
});

describe('the harness', () => {
  let folder: string;
  let whole: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'unblind faults '));
    whole = join(folder, 'whole');
    const writer = RunWriter.create(whole, recordOf(1));
    writer.data({ sample: { shape: [2, 1], data: Float32Array.of(1, 2) } });
    for (const step of [1, 2]) {
      writer.event({ type: 'kl', step, kl: 1 / step });
      writer.snapshot(step, { params: { shape: [3], data: Float32Array.of(step, 2, 3) } });
    }
    writer.result(resultOf(recordOf(1), { steps: 2 }));
    writer.event({ type: 'end', status: 'done' });
    writer.close();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const events = (directory: string): string => join(directory, 'events.ndjson');
  const edit = (path: string, from: string, to: string): void => writeFileSync(path, readFileSync(path, 'utf8').replace(from, to));
  const another = '{"type":"kl","step":2,"kl":0.5,"time":1}\n';

  it.each<[string, (directory: string) => void, RegExp]>([
    ['a figure of the result', (run) => edit(join(run, 'result.json'), '"steps": 2', '"steps": 3'), /^result\.json has other figures$/],
    ['a missing result', (run) => rmSync(join(run, 'result.json')), /^result\.json has other figures$/],
    ['a figure of an event', (run) => edit(events(run), '"kl":0.5', '"kl":0.25'), /^events\.ndjson has another event "kl 2"$/],
    ['a missing event', (run) => edit(events(run), '"kl":0.5', '"kl":"'), /^events\.ndjson has no event "kl 2"$/],
    ['an event twice', (run) => appendFileSync(events(run), another), /^events\.ndjson has the event "kl 2" twice$/],
    ['an event of another step', (run) => appendFileSync(events(run), another.replace('2', '3')), /has a strange event "kl 3"$/],
    ['a missing snapshot', (run) => rmSync(join(run, 'snapshots/step-0000001.npz')), /^snapshots are of other steps$/],
    [
      'a byte of a snapshot',
      (run) => appendFileSync(join(run, 'snapshots/step-0000001.npz'), 'x'),
      /^snapshots\/step-0000001\.npz differs$/,
    ],
  ])('sees in a run %s', (name, disturb, says) => {
    const directory = join(folder, name);
    cpSync(whole, directory, { recursive: true });
    expect(differences(directory, whole)).toEqual([]);
    disturb(directory);
    expect(differences(directory, whole)).toContainEqual(expect.stringMatching(says));
  });

  it('counts the bytes that a log has lost from where it is another', () => {
    const bytes = (text: string): Buffer => Buffer.from(text);
    expect(bytesLost(bytes('a\nb\n'), bytes('a\nb\nc\n'))).toBe(0);
    expect(bytesLost(bytes('a\nb\n'), bytes('a\n'))).toBe(2);
    expect(bytesLost(bytes('a\nb\n'), bytes('a\nc\n'))).toBe(2);
    expect(bytesLost(bytes('a\n'), bytes(''))).toBe(2);
  });

  it('does each damage to one file, and knows the lines that it touched', () => {
    const directory = join(folder, 'damaged');
    cpSync(whole, directory, { recursive: true });
    const before = digests(directory);
    const damage: Damage = { kind: 'zeros', file: 0, which: 0, place: 0.5, amount: 0 };
    const { file, first } = inflict(directory, ['events.ndjson'], damage);
    expect(changes(before, digests(directory))).toEqual([file]);
    expect(readFileSync(events(directory))[first]).toBe(0);
    const log = { file: 'events.ndjson', before: Buffer.from('one\ntwo\nthree\n'), last: 5 };
    expect(touchedLines({ ...log, first: 5 })).toEqual(['two']);
    expect(touchedLines({ ...log, first: 3 })).toEqual(['one', 'two']);
    const cut = inflict(directory, ['snapshots/step-0000002.npz'], { ...damage, kind: 'truncate', place: 0 });
    expect(readFileSync(join(directory, cut.file))).toHaveLength(0);
  });

  it('takes one line for a sentence, and no stack', () => {
    expect(isSentence('Cannot write /a b/run.json: the disk is full; make room.')).toBe(true);
    for (const text of ['', 'no end', 'two\nlines.', 'internal error: x.', 'Cannot read properties of undefined.', 'at run (a.js:1:1).'])
      expect(isSentence(text), text).toBe(false);
  });

  it('counts runs and bytes', () => {
    const one: Tried = { index: 0, fault: faultOf(1, 0), lost: [], bytesLost: 0, story: [] };
    expect(lastLine([one, { ...one, lost: ['a', 'b'] }, { ...one, bytesLost: 7 }])).toBe('faults tried 3, runs lost 1, bytes lost 7');
  });
});
