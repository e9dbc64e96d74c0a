/** A session in this process, and what it said. */

import { EngineSession } from '../../../src/engine/session';
import type { FromEngine, ToEngine } from '../../../src/shared/protocol';

type Of<T extends FromEngine['type']> = Extract<FromEngine, { type: T }>;

/** A session whose messages are kept; whether they have left is the test's to say. */
export class FakeSession {
  readonly messages: FromEngine[] = [];
  readonly log: string[] = [];
  /** Frames that are on their way while `holding`. */
  readonly held: (() => void)[] = [];
  holding = false;
  readonly exited: Promise<number>;
  private readonly session: EngineSession;
  private readonly waiting = new Set<() => void>();

  constructor() {
    let resolve: (status: number) => void = () => undefined;
    this.exited = new Promise((settle) => (resolve = settle));
    this.session = new EngineSession({
      send: (message, written) => {
        this.messages.push(message);
        if (this.holding && written) this.held.push(written);
        else written?.();
        for (const look of [...this.waiting]) look();
      },
      log: (line) => {
        this.log.push(line);
      },
      endWithOwner: () => undefined,
      exit: (status) => {
        resolve(status);
      },
    });
  }

  send(message: ToEngine): void {
    this.session.receive(message);
  }

  all<T extends FromEngine['type']>(type: T): Of<T>[] {
    return this.messages.filter((message): message is Of<T> => message.type === type);
  }

  /** The first message of a type from the given number on that holds, said or yet to be said. */
  first<T extends FromEngine['type']>(type: T, from = 0, holds: (message: Of<T>) => boolean = () => true): Promise<Of<T>> {
    return new Promise((resolve) => {
      const look = (): void => {
        const found = this.messages.slice(from).find((message): message is Of<T> => message.type === type && holds(message as Of<T>));
        if (!found) return;
        this.waiting.delete(look);
        resolve(found);
      };
      this.waiting.add(look);
      look();
    });
  }
}
