import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { fuzz } from './fuzz';
import { type FuzzTarget, fuzzTargets } from './targets';

const targets = fuzzTargets();
afterAll(() => targets.forEach(({ close }) => close?.()));

describe('damaged input', () => {
  it.each(targets.map((target) => [target.name, target] as const))(
    'neither breaks nor exhausts the reader of: %s',
    async (_, target) => expect(await fuzz(target, 500, 20261122)).toEqual([]),
    120_000,
  );
});

describe('the fuzzer', () => {
  class Refusal extends Error {}
  const held: unknown[] = [];
  const faults = async (run: () => unknown): Promise<readonly string[]> => {
    const target: FuzzTarget = { name: 'made', refusal: Refusal, inputs: fc.constant({ bytes: new Uint8Array(3), run }) };
    return (await fuzz(target, 1, 1)).map(({ what }) => what);
  };
  const throwing = (error: unknown) => (): never => {
    throw error;
  };

  it.each<[string, () => unknown, RegExp]>([
    ['an error of another class', throwing(new TypeError('x')), /^it threw TypeError: x$/],
    ['a rejection', () => Promise.reject(new RangeError('y')), /^it threw RangeError: y$/],
    ['a message of two lines', throwing(new Refusal('a\nb')), /not one line/],
    ['a stack in a message', throwing(new Refusal('a at run (file.js:1:1)')), /not for users/],
    ['a slip of the reader in a message', throwing(new Refusal('Cannot read properties of undefined')), /not for users/],
    ['memory that was only claimed', () => held.push(new Float64Array(2 ** 24)), /^it took \d+ MB for 3 bytes$/],
  ])('sees %s', async (_, run, says) => {
    expect(await faults(run)).toEqual([expect.stringMatching(says)]);
  });

  it('lets a value and a refusal pass', async () => {
    expect(await faults(() => 5)).toEqual([]);
    expect(await faults(throwing(new Refusal('The file is cut off.')))).toEqual([]);
  });

  it.each(targets.map((target) => [target.name, target] as const))('makes inputs of both kinds for %s', async (_, { inputs, refusal }) => {
    const counts = { read: 0, refused: 0 };
    for (const { run } of fc.sample(inputs, { seed: 3, numRuns: 400 })) {
      const refused = await Promise.resolve()
        .then(run)
        .then(
          (value) => Array.isArray(value) && value[0] === false,
          () => true,
        );
      counts[refused ? 'refused' : 'read']++;
    }
    expect(counts.read).toBeGreaterThan(20);
    expect(counts.refused).toBeGreaterThan(20);
    expect(refusal === undefined).toBe(_ === 'protocol');
  });
});
