import { describe, expect, it } from 'vitest';
import { isFromEngine, isToEngine } from '../../../src/engine/validate';

const base = { file: '/a.energy.ts', energy: 'one', executor: 'auto', seed: 0, run: undefined };
const sample = { ...base, sampler: undefined, options: { steps: 3, adapt: true, kernel: 'rbf' }, particles: undefined, start: undefined };
const bridge = { mode: 0, beta: 0.5, width: 1 };

describe('messages to the engine', () => {
  it.each([
    { type: 'sample', request: sample },
    { type: 'sample', request: { ...sample, sampler: 'hmc', particles: 10, start: 'data', run: '/run' } },
    { type: 'diagnose', id: 1, request: base },
    { type: 'cancel-diagnose', id: 1 },
    { type: 'bridge', id: 1, request: bridge },
  ])('%j is understood', (message) => {
    expect(isToEngine(message)).toBe(true);
  });

  it.each([
    { type: 'sample' },
    { type: 'sample', request: { ...sample, seed: 0.5 } },
    { type: 'sample', request: { ...sample, file: 7 } },
    { type: 'sample', request: { ...sample, sampler: 7 } },
    { type: 'sample', request: { ...sample, options: [1] } },
    { type: 'sample', request: { ...sample, options: { steps: { deep: 1 } } } },
    { type: 'sample', request: { ...sample, options: Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`o${i}`, 1])) } },
    { type: 'sample', request: { ...sample, particles: 0 } },
    { type: 'sample', request: { ...sample, particles: 1e12 } },
    { type: 'sample', request: { ...sample, start: 7 } },
    { type: 'diagnose', request: base },
    { type: 'diagnose', id: '1', request: base },
    { type: 'diagnose', id: 1, request: { ...base, run: 7 } },
    { type: 'diagnose', id: 1, request: null },
    { type: 'cancel-diagnose' },
    { type: 'bridge', id: 1, request: { ...bridge, mode: -1 } },
    { type: 'bridge', id: 1, request: { ...bridge, beta: 1 } },
    { type: 'bridge', id: 1, request: { ...bridge, beta: Number.NaN } },
    { type: 'bridge', id: 1, request: { ...bridge, beta: '0.5' } },
    { type: 'bridge', id: 1, request: { ...bridge, width: 0 } },
    { type: 'bridge', id: 1, request: { ...bridge, width: Infinity } },
    { type: 'bridge', id: 1, request: { ...bridge, width: [1] } },
  ])('%j is not', (message) => {
    expect(isToEngine(message)).toBe(false);
  });
});

it.each(['sample-started', 'sample-progress', 'sample-frame', 'sample-summary', 'diagnose-stage', 'diagnosed', 'bridged'])(
  'what the engine says is understood: %s',
  (type) => {
    expect(isFromEngine({ type })).toBe(true);
    expect(isFromEngine({ type: `${type}!` })).toBe(false);
  },
);
