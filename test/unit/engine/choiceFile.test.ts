import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { cacheFolder, ChoiceFile } from '../../../src/engine/choiceFile';
import type { RememberedChoice } from '../../../src/executors/choiceMemory';

const folder = mkdtempSync(join(tmpdir(), 'unblind-choices-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const hour = 3600 * 1000;
const start = Date.parse('2026-03-01T12:00:00Z');

function choice(at = start): RememberedChoice {
  const candidates = [
    { name: 'onnx (1 thread)', stepsPerSecond: 812.5, refusal: undefined },
    { name: 'tfjs-webgpu', stepsPerSecond: undefined, refusal: 'no device' },
  ];
  return { id: 'onnx', threads: 1, candidates, measuredAt: new Date(at).toISOString() };
}

describe('the file of choices', () => {
  it('gives back what was kept, to another process as well, for a day', () => {
    const path = join(folder, 'new', 'choices.json');
    new ChoiceFile(path, () => start).keep('a', choice());
    const later = (ms: number) => new ChoiceFile(path, () => start + ms);
    expect(later(23 * hour).recall('a')).toEqual(choice());
    expect(later(23 * hour).recall('b')).toBeUndefined();
    expect(later(24 * hour).recall('a')).toBeUndefined();
    expect(later(-hour).recall('a')).toBeUndefined();
  });

  it('keeps the newest two hundred', () => {
    const path = join(folder, 'many.json');
    const choices = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`k${i}`, choice()]));
    writeFileSync(path, JSON.stringify({ format: 1, choices }));
    const file = new ChoiceFile(path, () => start);
    for (const key of ['k200', 'k201']) file.keep(key, choice());
    expect(['k0', 'k1', 'k2', 'k201'].map((key) => file.recall(key) !== undefined)).toEqual([false, false, true, true]);
  });

  it.each([
    ['no JSON', '{"format": 1, "choi'],
    ['another format', JSON.stringify({ format: 2, choices: { a: choice() } })],
    ['an unknown executor', JSON.stringify({ format: 1, choices: { a: { ...choice(), id: 'abacus' } } })],
    ['candidates without names', JSON.stringify({ format: 1, choices: { a: { ...choice(), candidates: [{}] } } })],
  ])('counts as empty where it holds %s, and is written anew', (name, content) => {
    const path = join(folder, `${name}.json`);
    writeFileSync(path, content);
    const file = new ChoiceFile(path, () => start);
    expect(file.recall('a')).toBeUndefined();
    file.keep('b', choice());
    expect(file.recall('b')).toEqual(choice());
  });

  it('does without where it cannot be written', () => {
    const path = join(folder, 'plain.txt');
    writeFileSync(path, 'a file');
    const file = new ChoiceFile(join(path, 'choices.json'), () => start);
    file.keep('a', choice());
    expect(file.recall('a')).toBeUndefined();
    expect(readFileSync(path, 'utf8')).toBe('a file');
  });

  it.each([
    ['linux', { XDG_CACHE_HOME: '/caches' }, join('/caches', 'unblind')],
    ['win32', { LOCALAPPDATA: 'C:\\Local' }, join('C:\\Local', 'unblind')],
  ] as const)('lies where caches lie on %s', (platform, env, expected) => {
    expect(cacheFolder(env, platform)).toBe(expected);
  });
});
