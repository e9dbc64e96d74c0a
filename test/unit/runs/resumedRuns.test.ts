import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { encodeNpz, type NamedArrays } from '../../../src/runs/arrays';
import { type Checkpoint, decodeCheckpoint, encodeCheckpoint, readCheckpoint } from '../../../src/runs/checkpoint';
import { liveOwner, Ownership } from '../../../src/runs/owner';
import { processStart } from '../../../src/runs/processStart';
import { RunError } from '../../../src/runs/runError';
import { readRun } from '../../../src/runs/runReader';
import { defaultRunDirectory, RunWriter } from '../../../src/runs/runWriter';
import { Random } from '../../../src/shared/random';
import { recordOf, resultOf, temporaryFolder } from './analyticRuns';

const random = new Random(3);
random.normal();
const checkpoint: Checkpoint = {
  step: 7,
  seconds: 1.25,
  vectors: [Float32Array.of(1, -2), Float32Array.of(0.1, 0.2), Float32Array.of(0, 1e-30), Float32Array.of(3, 4)],
  streams: { data: random.state(), bridge: random.split('a').state(), noise: random.split('b').state(), levels: random.split('c').state() },
  rowsDrawn: 7 * 64,
  losses: { recent: [0.1, 1 / 3], loss: 1e-300, norm: Math.PI },
  program: '00ff'.repeat(16),
};

function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof RunError) return error.code;
    throw error;
  }
  return 'none';
}

/** A run whose process has gone without a word. */
function abandonedRun(): { directory: string; writer: RunWriter } {
  const directory = join(temporaryFolder(), 'run');
  return { directory, writer: RunWriter.create(directory, recordOf(2), checkpoint) };
}

describe('a checkpoint', () => {
  it('is read back to the bit, words of streams and stored normals too', () => {
    const read = decodeCheckpoint(encodeCheckpoint(checkpoint), 'c.npz');
    expect(read).toStrictEqual(checkpoint);
    expect(Random.fromState(read.streams.data).normal()).toBe(random.normal());
  });

  it('is there before the record: whatever is a run can be resumed', () => {
    const { directory, writer } = abandonedRun();
    expect(readCheckpoint(directory)).toStrictEqual(checkpoint);
    writer.checkpoint({ ...checkpoint, step: 8 });
    expect(readCheckpoint(directory).step).toBe(8);
    writer.dropCheckpoint();
    expect(codeOf(() => readCheckpoint(directory))).toBe('not-resumable');
    writer.close();
  });

  const vector = (...values: number[]): NamedArrays[string] => ({ shape: [values.length], data: Float32Array.from(values) });
  const doubles = (...values: number[]): NamedArrays[string] => ({ shape: [values.length], data: Float64Array.from(values) });
  const arrays: Record<string, NamedArrays[string]> = {
    ...{
      format: doubles(1),
      step: doubles(7),
      seconds: doubles(1),
      rowsDrawn: doubles(9),
      recentLosses: doubles(),
      openBlock: doubles(0, 0),
    },
    ...{
      program: doubles(...new Array<number>(32).fill(9)),
      params: vector(1),
      firstMoment: vector(1),
      secondMoment: vector(1),
      average: vector(1),
    },
    ...{ dataStream: doubles(1, 2, 3, 4, 0, 0), bridgeStream: doubles(1, 2, 3, 4, 0, 0) },
    ...{ noiseStream: doubles(1, 2, 3, 4, 0, 0), levelsStream: doubles(1, 2, 3, 4, 0, 0) },
  };
  const wrong: readonly (readonly [string, string, NamedArrays[string] | undefined, string])[] = [
    ['of another version', 'format', doubles(2), 'unsupported'],
    ['without parameters', 'params', undefined, 'malformed'],
    ['with a parameter that is no number', 'params', vector(NaN), 'malformed'],
    ['with parameters in float64', 'params', doubles(1), 'malformed'],
    ['with moments of another length', 'firstMoment', vector(1, 2), 'malformed'],
    ['with a negative second moment', 'secondMoment', vector(-1), 'malformed'],
    ['with half a step', 'step', doubles(0.5), 'malformed'],
    ['with a time that is infinite', 'seconds', doubles(Infinity), 'malformed'],
    ['with a stream of two words', 'noiseStream', doubles(1, 2), 'malformed'],
    ['with a digest that is none', 'program', doubles(...new Array<number>(32).fill(256)), 'malformed'],
    ['with more losses than a log keeps', 'recentLosses', doubles(...new Array<number>(1001).fill(1)), 'malformed'],
  ];
  it('of the right shape is read', () => {
    expect(decodeCheckpoint(encodeNpz(arrays), 'c.npz').step).toBe(7);
  });
  for (const [what, name, value, code] of wrong)
    it(`${what} is refused`, () => {
      const { [name]: _, ...others } = arrays;
      const bytes = encodeNpz(value === undefined ? others : { ...others, [name]: value });
      expect(codeOf(() => decodeCheckpoint(bytes, 'c.npz'))).toBe(code);
      expect(codeOf(() => decodeCheckpoint(bytes.subarray(0, bytes.length / 2), 'c.npz'))).toBe('malformed');
    });
});

describe('a resumed run', () => {
  it('appends to its log without a torn line, a step twice or a former end, and goes on in time', () => {
    const { directory, writer } = abandonedRun();
    const progress = { type: 'progress', loss: 1, gradientNorm: 1, learningRate: 1, stepsPerSecond: 1 } as const;
    for (const step of [5, 10]) writer.event({ ...progress, step, time: step });
    writer.event({ type: 'kl', step: 10, kl: 0.5 });
    writer.result(resultOf(recordOf(2), { steps: 10 }));
    writer.event({ type: 'end', status: 'interrupted', time: 20 });
    writer.close();
    appendFileSync(join(directory, 'events.ndjson'), '{"type":"progr');
    writeFileSync(join(directory, '.result.json.123.0123abcd.tmp'), 'torn');
    expect(readRun(directory).events.at(-1)).toMatchObject({ type: 'end' });

    const again = RunWriter.resume(directory);
    expect(readRun(directory)).toMatchObject({ live: true, result: { steps: 10 } });
    again.resumed(7, 'onnx');
    for (const step of [10, 15]) again.event({ ...progress, step });
    again.event({ type: 'kl', step: 10, kl: 0.5 });
    const { events, result, skippedLines } = readRun(directory);
    expect(skippedLines).toBe(0);
    expect(result).toBeNull();
    expect(events.map((event) => ['step' in event ? event.step : null, event.type])).toEqual([
      [5, 'progress'],
      [10, 'progress'],
      [10, 'kl'],
      [7, 'resume'],
      [15, 'progress'],
    ]);
    expect(events.every(({ time }, i) => i === 0 || time >= events[i - 1]!.time || events[i]!.type === 'kl')).toBe(true);
    expect(events.at(-1)!.time).toBeGreaterThanOrEqual(20);
    again.close();
    expect(readdirSync(directory).sort()).toEqual(['checkpoint.npz', 'events.ndjson', 'run.json', 'snapshots']);
  });

  it('loses no event to a damaged line that claims a step to come', () => {
    const { directory, writer } = abandonedRun();
    for (const step of [7, 8]) writer.event({ type: 'kl', step, kl: 0.5 });
    writer.close();
    const path = join(directory, 'events.ndjson');
    writeFileSync(path, readFileSync(path, 'utf8').replace('"step":8', '"step":80'));
    const again = RunWriter.resume(directory);
    for (const step of [7, 8, 9, 10]) again.event({ type: 'kl', step, kl: 0.5 });
    again.close();
    expect(readRun(directory).events.map((event) => 'step' in event && event.step)).toEqual([7, 80, 8, 9, 10]);
  });

  it('is not kept from going on by a damaged result, which it removes', () => {
    const { directory, writer } = abandonedRun();
    writer.close();
    writeFileSync(join(directory, 'result.json'), '{"runDir": 3');
    expect(codeOf(() => readRun(directory))).toBe('malformed');
    const again = RunWriter.resume(directory);
    again.resumed(7, 'onnx');
    again.close();
    expect(readRun(directory).result).toBeNull();
  });

  it('cannot be taken over while its process writes to it', () => {
    const { directory, writer } = abandonedRun();
    expect(readRun(directory).live).toBe(true);
    const before = readFileSync(join(directory, 'events.ndjson'));
    expect(() => RunWriter.resume(directory)).toThrow(new RegExp(`still going on, in process ${process.pid}; stop it there first`));
    expect(readFileSync(join(directory, 'events.ndjson'))).toEqual(before);
    writer.close();
    expect(readRun(directory).live).toBe(false);
    RunWriter.resume(directory).close();
  });
});

describe('a clock that is set back', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('takes no name from an earlier run and no order from a log', () => {
    const base = temporaryFolder();
    const named = (): string => defaultRunDirectory(base, 'one', 'mfd', new Date());
    vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 22, 12) });
    const first = RunWriter.create(named(), recordOf(2), checkpoint);
    first.event({ type: 'kl', step: 1, kl: 1 });
    vi.setSystemTime(Date.UTC(2026, 10, 22, 11));
    first.event({ type: 'kl', step: 2, kl: 1 });
    vi.setSystemTime(Date.UTC(2026, 10, 22, 12));
    const second = RunWriter.create(named(), recordOf(2), checkpoint);
    expect(second.directory).toBe(`${first.directory}-2`);
    const [one, two] = readRun(first.directory).events;
    expect(two!.time).toBeGreaterThanOrEqual(one!.time);
    expect(two!.time).toBeLessThan(60);
    for (const writer of [first, second]) writer.close();
  });
});

describe('the mark of an owner', () => {
  const own = { pid: process.pid, host: hostname(), started: processStart(process.pid) ?? null };
  function marked(mark: object, ageMs = 0): string {
    const directory = join(temporaryFolder(), 'run');
    mkdirSync(directory);
    const path = join(directory, 'owner.json');
    writeFileSync(path, JSON.stringify(mark));
    const then = new Date(Date.now() - ageMs);
    utimesSync(path, then, then);
    return directory;
  }
  const hour = 3600_000;

  it('is alive with its process, however old or new the file says that it is', () => {
    expect(liveOwner(marked(own))).toMatchObject({ pid: process.pid });
    // Where the system tells when processes began, the clock of the machine does not matter.
    if (own.started !== null) for (const age of [hour, -hour]) expect(liveOwner(marked(own, age))).toMatchObject({ pid: process.pid });
  });

  it('is stale where the number has gone to another process', () => {
    expect(liveOwner(marked({ ...own, started: 'another boot 1' }, hour))).toBeUndefined();
    expect(liveOwner(marked({ ...own, started: null }, hour))).toBeUndefined();
    expect(liveOwner(marked({ ...own, started: null }))).toMatchObject({ pid: process.pid });
  });

  it('is believed of another machine as long as it is touched', () => {
    const elsewhere = { ...own, host: 'elsewhere.example' };
    expect(liveOwner(marked(elsewhere))).toMatchObject({ host: 'elsewhere.example' });
    expect(liveOwner(marked(elsewhere, hour))).toBeUndefined();
    expect(() => Ownership.claim(marked(elsewhere))).toThrow(/in process \d+ on elsewhere.example/);
  });

  it('dies with its process, also where nobody has taken note of that yet', async () => {
    // The shell becomes a program that never asks after its child, which stays behind as a zombie.
    const parent = spawn('sh', ['-c', 'sleep 60 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] });
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const pid = Number(line.toString());
    const directory = marked({ pid, host: hostname(), started: processStart(pid) ?? null });
    expect(liveOwner(directory)).toMatchObject({ pid });
    process.kill(pid, 'SIGKILL');
    // The kernel ends it in its own time.
    while (liveOwner(directory) !== undefined) await new Promise((resolve) => setTimeout(resolve, 5));
    Ownership.claim(directory).release();
    expect(existsSync(join(directory, 'owner.json'))).toBe(false);
    parent.kill('SIGKILL');
  });

  it('is nobody where it is none', () => {
    const directory = join(temporaryFolder(), 'run');
    mkdirSync(directory);
    for (const text of ['', '[]', '{"pid":"1"}', '{"pid":-1,"host":"a","started":null}']) {
      writeFileSync(join(directory, 'owner.json'), text);
      expect(liveOwner(directory)).toBeUndefined();
    }
    Ownership.claim(directory).release();
  });
});
