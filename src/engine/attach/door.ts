/** The way into an engine process whose window is gone, or of another window: a local socket that its run directory names. */

import { randomBytes, timingSafeEqual } from 'node:crypto';
import { rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { removeDoorMark, writeDoorMark } from '../../runs/doorMark';
import type { FromEngine } from '../../shared/protocol';
import { version } from '../../shared/version';
import type { Listener, Seat } from '../audience';
import { newDoorAddress } from './doorPlace';
import { isHello, longestHello } from './hello';
import { encodeMessage, MessageReader, readMessages } from './messageStream';

/** What a door leads to. */
export interface DoorHost {
  /** A visitor who may come in listens from now on. */
  join(listener: Listener): Seat;
  leave(seat: Seat): void;
  receive(message: unknown, seat: Seat): void;
}

/** Time to say hello. */
const helloMs = 5000;
/** A visitor who takes nothing for so many bytes is let go. */
const mostUnread = 2 ** 26;
/** Time for the last messages to be read. */
const farewellMs = 1000;

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

export class Door {
  private readonly visitors = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly directory: string,
    private readonly token: string,
    private readonly host: DoorHost,
  ) {
    server.on('connection', (socket) => this.welcome(socket));
  }

  /** Opens a door and names it in the run directory. Rejects with the system's error, or an Error, where there can be none. */
  static async open(directory: string, host: DoorHost): Promise<Door> {
    const address = newDoorAddress();
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(address, resolve);
    });
    // The run keeps the process, not its door.
    server.unref();
    const token = randomBytes(16).toString('hex');
    const door = new Door(server, directory, token, host);
    process.once('exit', () => rmSync(address, { force: true }));
    writeDoorMark(directory, { address, token, version });
    return door;
  }

  /** Lets no one in any more; resolves once everybody has read what was said, or a second later. */
  async close(): Promise<void> {
    removeDoorMark(this.directory);
    this.server.close();
    const gone = [...this.visitors].map((socket) => new Promise((resolve) => socket.once('close', resolve).end()));
    await Promise.race([Promise.all(gone), new Promise((resolve) => setTimeout(resolve, farewellMs))]);
  }

  private welcome(socket: Socket): void {
    this.visitors.add(socket);
    let seat: Seat | undefined;
    let reader = new MessageReader(longestHello);
    const timer = setTimeout(() => socket.destroy(), helloMs);
    const take = (message: unknown): void => {
      if (seat !== undefined) this.host.receive(message, seat);
      else if (isHello(message) && sameText(message.token, this.token) && message.version === version) {
        clearTimeout(timer);
        reader = new MessageReader();
        seat = this.host.join(listenerOf(socket));
      } else socket.destroy();
    };
    // A visitor waits for the answer to the hello: nothing else can be in its bytes.
    readMessages(socket, () => reader, take);
    socket.on('close', () => {
      clearTimeout(timer);
      this.visitors.delete(socket);
      if (seat !== undefined) this.host.leave(seat);
    });
  }
}

function listenerOf(socket: Socket): Listener {
  return {
    send(message: FromEngine, written?: () => void): void {
      if (socket.writableLength > mostUnread) socket.destroy();
      if (socket.writable) socket.write(encodeMessage(message), () => written?.());
      else written?.();
    },
  };
}
