/** Messages on a stream of bytes: each as structured clone writes it (typed arrays and numbers that are not finite stay what they are), after its length. */

import type { Socket } from 'node:net';
import { deserialize, serialize } from 'node:v8';

const lengthBytes = 4;
/** A picture with its data is a few megabytes. */
const longestMessage = 2 ** 28;

export function encodeMessage(message: unknown): Buffer {
  const body = serialize(message);
  const head = Buffer.alloc(lengthBytes);
  head.writeUInt32LE(body.length);
  return Buffer.concat([head, body]);
}

/** Puts messages together from what arrives. */
export class MessageReader {
  private chunks: Buffer[] = [];
  private held = 0;

  /** @param longest bytes of the longest message that is taken */
  constructor(private readonly longest = longestMessage) {}

  /** The messages that are complete with these bytes. Throws an Error where the bytes are no messages; what comes after them cannot be read then. */
  push(chunk: Buffer): unknown[] {
    this.chunks.push(chunk);
    this.held += chunk.length;
    const messages: unknown[] = [];
    for (let length = this.nextLength(); length !== undefined && this.held >= lengthBytes + length; length = this.nextLength()) {
      const bytes = this.joined();
      messages.push(deserialize(bytes.subarray(lengthBytes, lengthBytes + length)));
      const rest = bytes.subarray(lengthBytes + length);
      this.chunks = [rest];
      this.held = rest.length;
    }
    return messages;
  }

  /** Bytes of the message at hand; undefined before its length has arrived. */
  private nextLength(): number | undefined {
    if (this.held < lengthBytes) return undefined;
    const first = this.chunks[0]!;
    const length = (first.length >= lengthBytes ? first : this.joined()).readUInt32LE();
    if (length > this.longest) throw new Error(`a message of ${length} bytes is too long`);
    return length;
  }

  private joined(): Buffer {
    const bytes = this.chunks.length === 1 ? this.chunks[0]! : Buffer.concat(this.chunks);
    this.chunks = [bytes];
    return bytes;
  }
}

/**
 * Takes each message that arrives on a socket; one that sends what is no message is closed.
 * @param reader the one for the bytes that arrive now
 */
export function readMessages(socket: Socket, reader: () => MessageReader, take: (message: unknown) => void): void {
  socket.on('data', (chunk) => {
    try {
      for (const message of reader().push(chunk)) take(message);
    } catch {
      socket.destroy();
    }
  });
  socket.on('error', () => socket.destroy());
}
