import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ArgumentsError, help, parseArguments } from '../../../bench/arguments';
import { executorIds } from '../../../src/executors/executor';

function messageOf(...args: string[]): string {
  try {
    parseArguments(args);
  } catch (error) {
    if (error instanceof ArgumentsError) return error.message;
    throw error;
  }
  return '';
}

describe('parseArguments', () => {
  it('measures all sizes on all executors by default', () => {
    expect(parseArguments([])).toMatchObject({
      rounds: 5,
      seconds: 1,
      sizes: ['a', 'b', 'c'],
      executors: executorIds,
      memory: false,
      webgpu: false,
      json: undefined,
    });
  });

  it('reads every option', () => {
    const json = join(tmpdir(), 'bench.json');
    const args = '--rounds 7 --seconds=0.5 --sizes c,a --executors onnx,tfjs-cpu --memory --webgpu --python py --json'.split(' ');
    expect(parseArguments([...args, json])).toEqual({
      rounds: 7,
      seconds: 0.5,
      sizes: ['a', 'c'],
      executors: ['onnx', 'tfjs-cpu'],
      memory: true,
      webgpu: true,
      python: 'py',
      json,
    });
  });

  it('answers a question for help', () => {
    expect(parseArguments(['--help'])).toBe('help');
    expect(help).toContain('--rounds N');
  });

  it('says what an impossible value should be', () => {
    expect(messageOf('--rounds', '0')).toBe('--rounds wants a whole number from 1 to 1000, not "0".');
    expect(messageOf('--rounds', '2.5')).toContain('"2.5"');
    expect(messageOf('--rounds', '')).toContain('not ""');
    expect(messageOf('--seconds', 'long')).toBe('--seconds wants seconds, from 0.01 to 600, not "long".');
    expect(messageOf('--sizes', 'a,d')).toBe('--sizes knows a, b, c, not "d".');
    expect(messageOf('--executors', 'cuda')).toContain('onnx, onnx-webgpu');
    expect(messageOf('--json', '/no/such/folder/out.json')).toBe(
      '--json cannot write /no/such/folder/out.json: there is no folder /no/such/folder.',
    );
    expect(messageOf('--json', tmpdir())).toContain('it is a folder');
  });

  it('refuses what it does not know, in one line', () => {
    expect(messageOf('--fast')).toBe("Unknown option '--fast'; npm run bench -- --help lists the options.");
    expect(messageOf('--rounds')).toMatch(/^Option '--rounds <value>' argument missing; /);
    expect(messageOf('extra')).toMatch(/^Unexpected argument 'extra'/);
    expect(messageOf('extra')).not.toContain('\n');
  });
});
