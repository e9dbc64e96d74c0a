import { describe, expect, it } from 'vitest';
import { encodeMessage, MessageReader } from '../../../src/engine/attach/messageStream';

const messages = [{ type: 'a', values: Float32Array.of(1, NaN, -Infinity) }, 'two', { nothing: undefined, none: null }];

describe('messages on a stream', () => {
  it('arrive as they were sent, however their bytes are cut', () => {
    const bytes = Buffer.concat(messages.map(encodeMessage));
    for (const size of [1, 2, 3, 5, 7, bytes.length - 1, bytes.length]) {
      const reader = new MessageReader();
      const read: unknown[] = [];
      for (let at = 0; at < bytes.length; at += size) read.push(...reader.push(bytes.subarray(at, at + size)));
      expect(read).toEqual(messages);
    }
  });

  it('are given as soon as they are whole, and not before', () => {
    const bytes = encodeMessage('whole');
    const reader = new MessageReader();
    expect(reader.push(bytes.subarray(0, -1))).toEqual([]);
    expect(reader.push(bytes.subarray(-1))).toEqual(['whole']);
  });

  it('are refused where they claim to be too long, before they have arrived', () => {
    const reader = new MessageReader(100);
    expect(reader.push(encodeMessage('x'.repeat(50)))).toEqual(['x'.repeat(50)]);
    expect(() => reader.push(encodeMessage('x'.repeat(100)).subarray(0, 4))).toThrow('too long');
    expect(() => new MessageReader().push(Buffer.from([0xff, 0xff, 0xff, 0xff]))).toThrow('too long');
  });

  it('are refused where they are none', () => {
    expect(() => new MessageReader().push(Buffer.from('\x04\0\0\0!!!!'))).toThrow();
  });
});
