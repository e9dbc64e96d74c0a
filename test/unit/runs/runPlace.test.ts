import { expect, it } from 'vitest';
import { RunError } from '../../../src/runs/runError';
import { inFreeDirectory } from '../../../src/runs/runPlace';

const taken = new RunError('already-exists', 'It is taken.');

/** Names one after the other, and which of them were tried. */
function names(free: (name: string) => boolean): {
  readonly tried: string[];
  readonly next: () => string;
  readonly make: (name: string) => string;
} {
  const tried: string[] = [];
  let count = 0;
  return {
    tried,
    next: () => `run-${++count}`,
    make: (name) => {
      tried.push(name);
      if (!free(name)) throw taken;
      return name;
    },
  };
}

it('takes another name where a process was faster, and gives up after ten', () => {
  const third = names((name) => name === 'run-3');
  expect(inFreeDirectory(third.next, third.make)).toBe('run-3');
  const none = names(() => false);
  expect(() => inFreeDirectory(none.next, none.make)).toThrow(taken);
  expect(none.tried).toHaveLength(10);
});

it('keeps to a directory that was named, and passes other mistakes on', () => {
  const none = names(() => false);
  expect(() => inFreeDirectory('mine', none.make)).toThrow(taken);
  expect(none.tried).toEqual(['mine']);
  const broken = new RunError('not-writable', 'The disk is full.');
  let calls = 0;
  const fail = (): never => {
    calls++;
    throw broken;
  };
  expect(() => inFreeDirectory(() => 'any', fail)).toThrow(broken);
  expect(calls).toBe(1);
});
