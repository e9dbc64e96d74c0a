/** A disk that refuses: the system's calls are made to fail as they do on a full, a read-only or a vanished one. */

import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { RunError } from '../../../src/runs/runError';
import { readRun } from '../../../src/runs/runReader';
import { RunWriter } from '../../../src/runs/runWriter';
import { recordOf, resultOf, temporaryFolder } from './analyticRuns';

const failing = vi.hoisted(() => ({ code: undefined as string | undefined, calls: [] as string[], after: 0 }));

vi.mock('node:fs', async (original) => {
  const real = await original<typeof fs>();
  const refuse = (call: string): void => {
    if (failing.code === undefined || !failing.calls.includes(call)) return;
    if (failing.after-- > 0) return;
    throw Object.assign(new Error(`${failing.code}: made to fail`), { code: failing.code });
  };
  return {
    ...real,
    writeSync: (descriptor: number, bytes: Uint8Array, offset: number) => {
      if (failing.code === 'ENOSPC' && failing.calls.includes('writeSync') && failing.after === 0 && bytes.length > 8 && offset === 0)
        // A full disk takes what still fits.
        return real.writeSync(descriptor, bytes, 0, 4);
      refuse('writeSync');
      return real.writeSync(descriptor, bytes, offset);
    },
    openSync: (...args: Parameters<typeof real.openSync>) => {
      if (args[1] !== 'r') refuse('openSync');
      return real.openSync(...args);
    },
    mkdirSync: (...args: Parameters<typeof real.mkdirSync>) => {
      refuse('mkdirSync');
      return real.mkdirSync(...args);
    },
  };
});

afterEach(() => {
  failing.code = undefined;
});

function failWith(code: string, ...calls: string[]): void {
  Object.assign(failing, { code, calls, after: 0 });
}

const kl = { type: 'kl', step: 1, kl: 0.5 } as const;
const params = { shape: [1], data: Float32Array.of(1) };

const cases = [
  ['ENOSPC', 'writeSync', /the disk is full; make room, then resume or repeat the run\.$/],
  ['EDQUOT', 'writeSync', /the disk quota is used up; make room/],
  ['EROFS', 'openSync', /the file system is read-only; make it writable, then resume or repeat the run\.$/],
  ['EACCES', 'openSync', /permission denied; make it writable/],
  ['ENOENT', 'openSync', /the run directory was deleted or moved while the run went on; start a new run\.$/],
] as const;

describe('a run on a disk that fails', () => {
  for (const [code, call, sentence] of cases)
    it(`ends with a sentence of path and cure, and keeps what there is: ${code}`, () => {
      const directory = join(temporaryFolder(), 'run');
      const writer = RunWriter.create(directory, recordOf(2));
      writer.event(kl);
      writer.snapshot(1, { params });
      writer.result(resultOf(recordOf(2), { steps: 1 }));
      failWith(code, call);
      for (const [file, write] of [
        ['snapshots/step-0000002.npz', () => writer.snapshot(2, { params })],
        ['result.json', () => writer.result(resultOf(recordOf(2), { steps: 2 }))],
      ] as const) {
        expect(write).toThrow(RunError);
        expect(write).toThrow(join(directory, file));
        expect(write).toThrow(sentence);
      }
      writer.abandon('the disk failed');
      failing.code = undefined;
      const run = readRun(directory);
      expect(run).toMatchObject({ live: false, result: { steps: 1 }, skippedLines: 0 });
      expect(run.snapshots()).toHaveLength(1);
      expect(fs.readdirSync(directory).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    });

  it('has no half line in its log that the next one would be glued to', () => {
    const directory = join(temporaryFolder(), 'run');
    const writer = RunWriter.create(directory, recordOf(2));
    writer.event(kl);
    failWith('ENOSPC', 'writeSync');
    expect(() => writer.event({ ...kl, step: 2 })).toThrow(/events\.ndjson: the disk is full/);
    failing.code = undefined;
    writer.event({ ...kl, step: 3 });
    writer.close();
    const { events, skippedLines } = readRun(directory);
    expect(events.map((event) => 'step' in event && event.step)).toEqual([1, 3]);
    expect(skippedLines).toBe(0);
  });

  for (const call of ['mkdirSync', 'openSync', 'writeSync'])
    it(`does not begin where ${call} is refused, and says what to do`, () => {
      failWith(call === 'writeSync' ? 'ENOSPC' : 'EROFS', call);
      const directory = join(temporaryFolder(), 'run');
      const begin = (): unknown => RunWriter.create(directory, recordOf(2));
      expect(begin).toThrow(
        /^Cannot make the run directory .*run: the (file system is read-only|disk is full); choose another directory\.$/,
      );
      expect(fs.existsSync(join(directory, 'run.json'))).toBe(false);
      expect(fs.existsSync(join(directory, 'owner.json'))).toBe(false);
    });
});
