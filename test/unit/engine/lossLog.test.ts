import { describe, expect, it } from 'vitest';
import { LossLog } from '../../../src/engine/fit/lossLog';
import type { LossState } from '../../../src/runs/checkpoint';

const losses = Float32Array.from({ length: 1234 }, (_, i) => Math.sin(i) + i);
const norms = losses.map((v) => 2 * v);

function logged(chunk: number): { blocks: unknown[]; final: number } {
  const log = new LossLog(losses.length);
  const blocks = [];
  for (let i = 0; i < losses.length; i += chunk) blocks.push(...log.add(losses.subarray(i, i + chunk), norms.subarray(i, i + chunk)));
  return { blocks: [...blocks, ...log.flush()], final: log.final };
}

describe('the log of losses', () => {
  it('does not depend on how many steps ran in one call', () => {
    const one = logged(1);
    for (const chunk of [2, 7, 50, 1234]) expect(logged(chunk)).toEqual(one);
  });

  it('holds means of blocks of fixed length, and what is left at the end', () => {
    const { blocks, final } = logged(10);
    expect(blocks).toHaveLength(Math.ceil(1234 / 3));
    expect(blocks[0]).toEqual({
      step: 3,
      loss: (losses[0]! + losses[1]! + losses[2]!) / 3,
      gradientNorm: (norms[0]! + norms[1]! + norms[2]!) / 3,
    });
    expect(blocks.at(-1)).toEqual({ step: 1234, loss: losses[1233], gradientNorm: norms[1233] });
    expect(final).toBeCloseTo(losses.slice(-100).reduce((a, b) => a + b, 0) / 100, 6);
  });

  it('goes on from its state, after a way through JSON, as if it had not been cut', () => {
    const one = logged(1);
    for (const cut of [0, 1, 50, 1000]) {
      const first = new LossLog(losses.length);
      const before = first.add(losses.subarray(0, cut), norms.subarray(0, cut));
      const second = LossLog.from(losses.length, cut, JSON.parse(JSON.stringify(first.state)) as LossState);
      const after = second.add(losses.subarray(cut), norms.subarray(cut));
      expect({ blocks: [...before, ...after, ...second.flush()], final: second.final }).toEqual(one);
    }
    expect(() => LossLog.from(1234, 7, { recent: [1], loss: 0, norm: 0 })).toThrow(RangeError);
  });

  it('is empty before the first step', () => {
    const log = new LossLog(10);
    expect(log.flush()).toEqual([]);
    expect(log.final).toBeNaN();
  });
});
