import { appendFileSync, chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodeNpz } from '../../../src/runs/arrays';
import { writeFileAtomic } from '../../../src/runs/atomicFile';
import type { RunRecord } from '../../../src/runs/record';
import { RunError } from '../../../src/runs/runError';
import { readRun } from '../../../src/runs/runReader';
import { defaultRunDirectory, RunWriter } from '../../../src/runs/runWriter';
import { recordOf, resultOf, temporaryFolder } from './analyticRuns';

const params = { shape: [3], data: Float32Array.of(1, 2, 3) };
const density = { shape: [2, 2], data: Float32Array.of(0.1, 0.2, 0.3, 0.4) };
const extent = { shape: [4], data: Float64Array.of(-1, 1, -2, 2) };

function freshRun(record: RunRecord = recordOf(2)): { directory: string; writer: RunWriter } {
  const directory = join(temporaryFolder(), 'run');
  return { directory, writer: RunWriter.create(directory, record) };
}

function failure(action: () => unknown): RunError {
  try {
    action();
  } catch (error) {
    if (error instanceof RunError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('a run directory', () => {
  it('is read back as it was written', () => {
    const record = recordOf(2);
    const { directory, writer } = freshRun(record);
    writer.event({ type: 'progress', time: 0.5, step: 10, loss: 1.5, gradientNorm: 2, learningRate: 1e-3, stepsPerSecond: 20 });
    writer.event({ type: 'kl', time: 0.6, step: 10, kl: 0.2 });
    writer.snapshot(100, { params, density, extent });
    writer.snapshot(2, { params });
    writer.data({ sample: { shape: [1, 2], data: Float32Array.of(5, 6) } });
    const result = resultOf(record, {
      modes: [{ label: 'a', center: [1, 2], weight: 0.3, weightStdErr: 0.01, dataWeight: 0.25, dataWeightStdErr: 0.02 }],
    });
    writer.result(result);
    writer.event({ type: 'end', time: 2, status: 'interrupted', reason: 'stopped by the user' });
    writer.close();
    writer.close();

    const run = readRun(directory);
    expect(run.record).toStrictEqual(record);
    expect(run.result).toStrictEqual(result);
    expect(run.skippedLines).toBe(0);
    expect(run.events.map((event) => event.type)).toEqual(['progress', 'kl', 'snapshot', 'snapshot', 'end']);
    expect(run.events[0]).toStrictEqual({
      type: 'progress',
      time: 0.5,
      step: 10,
      loss: 1.5,
      gradientNorm: 2,
      learningRate: 1e-3,
      stepsPerSecond: 20,
    });
    expect(run.events[4]).toStrictEqual({ type: 'end', time: 2, status: 'interrupted', reason: 'stopped by the user' });
    expect(run.snapshots()).toEqual([
      { step: 2, file: 'snapshots/step-0000002.npz' },
      { step: 100, file: 'snapshots/step-0000100.npz' },
    ]);
    const snapshot = run.readSnapshot(100);
    expect(snapshot.params).toStrictEqual(params);
    expect(snapshot.density).toStrictEqual(density);
    expect(snapshot.extent).toEqual([-1, 1, -2, 2]);
    expect(snapshot.score).toBeNull();
    expect(run.readData()?.sample?.data).toEqual(Float32Array.of(5, 6));
  });

  it('is readable while the run goes on, without result and data', () => {
    const { directory, writer } = freshRun();
    writer.event({ type: 'note', level: 'info', text: 'begun' });
    const run = readRun(directory);
    expect(run.result).toBeNull();
    expect(run.readData()).toBeNull();
    expect(run.snapshots()).toEqual([]);
    expect(run.events).toHaveLength(1);
    expect(run.events[0]?.time).toBeGreaterThanOrEqual(0);
    expect(run.events[0]?.time).toBeLessThan(60);
    writer.close();
  });

  it('stores numbers that are not finite and gives them back as NaN', () => {
    const { directory, writer } = freshRun();
    writer.event({ type: 'progress', step: 1, loss: Number.NaN, gradientNorm: Infinity, learningRate: 0.1, stepsPerSecond: 1 });
    writer.result(resultOf(recordOf(2), { finalLoss: Number.NaN }));
    writer.close();
    const run = readRun(directory);
    expect(run.skippedLines).toBe(0);
    expect(run.events[0]).toMatchObject({ loss: Number.NaN, gradientNorm: Number.NaN });
    expect(run.result?.finalLoss).toBeNaN();
  });

  it('is not written over', () => {
    const { directory, writer } = freshRun();
    const error = failure(() => RunWriter.create(directory, recordOf(2)));
    expect(error.code).toBe('already-exists');
    expect(error.message).toContain('already holds a run');
    writer.close();
    expect(failure(() => writer.event({ type: 'kl', step: 1, kl: 1 })).code).toBe('closed');
    expect(readRun(directory).events).toEqual([]);
  });

  it('goes to one of two writers that begin at once', () => {
    const directory = join(temporaryFolder(), 'run');
    mkdirSync(directory);
    // The other writer has the event log and has not come to its record yet.
    writeFileSync(join(directory, 'events.ndjson'), '');
    const error = failure(() => RunWriter.create(directory, recordOf(2)));
    expect(error.code).toBe('already-exists');
    expect(error.message).toBe(`${directory} holds a run that has only begun; choose another directory, or remove it first.`);
  });

  it('holds no temporary files, also where a write failed', () => {
    const { directory, writer } = freshRun();
    writer.snapshot(1, { params });
    writer.snapshot(1, { params: { shape: [1], data: Float32Array.of(9) } });
    writer.result(resultOf(recordOf(2)));
    mkdirSync(join(directory, 'data.npz', 'full'), { recursive: true });
    expect(failure(() => writer.data({ sample: { shape: [1, 2], data: new Float32Array(2) } })).code).toBe('not-writable');
    writer.close();
    expect(readdirSync(directory).sort()).toEqual(['data.npz', 'events.ndjson', 'result.json', 'run.json', 'snapshots']);
    expect(readdirSync(join(directory, 'snapshots'))).toEqual(['step-0000001.npz']);
    expect(readRun(directory).readSnapshot(1).params.data).toEqual(Float32Array.of(9));
  });

  it('keeps the old file where a new one cannot be written', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'a.json');
    writeFileAtomic(path, 'old');
    expect(() => writeFileAtomic(join(folder, 'missing', 'a.json'), 'new')).toThrow('it does not exist');
    chmodSync(path, 0o444);
    writeFileAtomic(path, 'new');
    expect(readFileSync(path, 'utf8')).toBe('new');
    expect(readdirSync(folder)).toEqual(['a.json']);
  });
});

describe('the event log', () => {
  it('leaves out a torn last line and counts a damaged one in the middle', () => {
    const { directory, writer } = freshRun();
    writer.event({ type: 'kl', step: 1, kl: 0.5 });
    writer.close();
    const log = join(directory, 'events.ndjson');
    appendFileSync(
      log,
      '{"type":"kl","time":1,"st\n{"type":"kl","time":1,"step":-4,"kl":1}\n{"type":"kl","time":2,"step":2,"kl":0.25}\n{"type":"kl","time":3,"step":3,"k',
    );
    const run = readRun(directory);
    expect(run.events.map((event) => ('step' in event ? event.step : null))).toEqual([1, 2]);
    expect(run.skippedLines).toBe(2);
  });
});

describe('a malformed run directory', () => {
  const record = recordOf(2);
  const result = resultOf(record);
  const cases: [string, string, string | Uint8Array, string, RegExp][] = [
    ['an empty record', 'run.json', '', 'malformed', /run\.json is not valid JSON/],
    ['a record that is a list', 'run.json', '[]', 'malformed', /is not a JSON object/],
    ['a newer format', 'run.json', JSON.stringify({ ...record, format: 2 }), 'unsupported', /newer Unblind/],
    ['a dimension that is a text', 'run.json', JSON.stringify({ ...record, dim: '2' }), 'malformed', /'dim' in .* is not a finite number/],
    ['a dimension of zero', 'run.json', JSON.stringify({ ...record, dim: 0 }), 'malformed', /'dim'/],
    ['an unknown objective', 'run.json', JSON.stringify({ ...record, objective: 'magic' }), 'malformed', /'objective'/],
    [
      'a standardization of another length',
      'run.json',
      JSON.stringify({ ...record, standardization: { mean: [0], scale: [1, 1] } }),
      'malformed',
      /'mean'.*list of 2 numbers/,
    ],
    [
      'a setting of another type',
      'run.json',
      JSON.stringify({ ...record, settings: { ...record.settings, schedule: 'step' } }),
      'malformed',
      /'schedule'/,
    ],
    ['an energy name of a megabyte', 'run.json', JSON.stringify({ ...record, energy: 'x'.repeat(1e6) }), 'malformed', /'energy'/],
    ['a result without modes', 'result.json', JSON.stringify({ ...result, modes: 4 }), 'malformed', /'modes'/],
    [
      'a mode in another space',
      'result.json',
      JSON.stringify({ ...result, modes: [{ label: 'a', center: [1], weight: 1, weightStdErr: 0, dataWeight: 1, dataWeightStdErr: 0 }] }),
      'malformed',
      /'center' in modes\[0\]/,
    ],
    ['a snapshot that is no archive', 'snapshots/step-0000001.npz', 'hello', 'malformed', /not a readable/],
    ['a snapshot without parameters', 'snapshots/step-0000001.npz', encodeNpz({ density, extent }), 'malformed', /'params'/],
    [
      'a density that is a vector',
      'snapshots/step-0000001.npz',
      encodeNpz({ params, density: params, extent }),
      'malformed',
      /'density' .* shape \[3\], not \[any, any\]/,
    ],
    [
      'an image of another size',
      'run.json',
      JSON.stringify({ ...record, image: { width: 2, height: 2, channels: 1 } }),
      'malformed',
      /'image'.* 2 numbers/,
    ],
    [
      'an image of two channels',
      'run.json',
      JSON.stringify({ ...record, image: { width: 1, height: 2, channels: 2 } }),
      'malformed',
      /'image'/,
    ],
    [
      'an error of the score that is none',
      'result.json',
      JSON.stringify({ ...result, scoreError: { data: 'small' } }),
      'malformed',
      /'data' in 'scoreError'/,
    ],
    [
      'a path without noise levels',
      'snapshots/step-0000001.npz',
      encodeNpz({ params, path: { shape: [1, 1, 2], data: new Float32Array(2) } }),
      'malformed',
      /no noise levels/,
    ],
    ['an error map without extent', 'snapshots/step-0000001.npz', encodeNpz({ params, scoreError: density }), 'malformed', /no extent/],
    ['a density without extent', 'snapshots/step-0000001.npz', encodeNpz({ params, density }), 'malformed', /no extent/],
    [
      'an extent that is upside down',
      'snapshots/step-0000001.npz',
      encodeNpz({ params, density, extent: { shape: [4], data: Float64Array.of(1, -1, 0, 1) } }),
      'malformed',
      /'extent'/,
    ],
    [
      'data of another dimension',
      'data.npz',
      encodeNpz({ sample: { shape: [2, 3], data: new Float32Array(6) } }),
      'malformed',
      /'sample' .* not \[any, 2\]/,
    ],
  ];

  it.each(cases)('is refused in one sentence: %s', (_, file, content, code, words) => {
    const { directory, writer } = freshRun(record);
    writer.close();
    writeFileSync(join(directory, file), content);
    const error = failure(() => {
      const run = readRun(directory);
      run.readData();
      run.readSnapshot(1);
    });
    expect(error.code).toBe(code);
    expect(error.message).toMatch(words);
    expect(error.message).not.toMatch(/\n|^ *at /);
    expect(error.message.endsWith('.')).toBe(true);
  });

  it('names what is not there', () => {
    expect(failure(() => readRun(temporaryFolder())).code).toBe('not-a-run');
    const { directory, writer } = freshRun();
    writer.close();
    expect(failure(() => readRun(directory).readSnapshot(7)).code).toBe('missing-snapshot');
  });

  it('never opens a path that an event names', () => {
    const { directory, writer } = freshRun();
    writer.event({ type: 'snapshot', step: 1, file: '../../../etc/passwd' });
    writer.close();
    writeFileSync(join(directory, 'snapshots', 'step-9.npz'), 'x');
    writeFileSync(join(directory, 'snapshots', '.step-0000004.npz.1.tmp'), 'x');
    expect(readRun(directory).snapshots()).toEqual([]);
  });

  it('takes the default of a setting that an older version did not know', () => {
    const { clip: _, ...older } = record.settings;
    const { directory, writer } = freshRun(record);
    writer.close();
    writeFileSync(join(directory, 'run.json'), JSON.stringify({ ...record, settings: { ...older, beta: 0.9 } }));
    expect(readRun(directory).record.settings).toStrictEqual({ ...record.settings, beta: 0.9 });
  });
});

describe('the default directory', () => {
  it('is named after time, energy and objective, and steps aside where that is taken', () => {
    const base = temporaryFolder();
    const date = new Date(2026, 10, 22, 14, 15, 3);
    const first = defaultRunDirectory(base, 'fourModes', 'mfd', date);
    expect(first).toBe(join(base, '.unblind', 'runs', '20261122-141503-fourModes-mfd'));
    mkdirSync(first, { recursive: true });
    expect(defaultRunDirectory(base, 'fourModes', 'mfd', date)).toBe(`${first}-2`);
    mkdirSync(`${first}-2`);
    expect(defaultRunDirectory(base, 'fourModes', 'mfd', date)).toBe(`${first}-3`);
    expect(defaultRunDirectory(base, '../$été/x', 'mfd', date)).toBe(join(base, '.unblind', 'runs', '20261122-141503-t-x-mfd'));
  });
});
