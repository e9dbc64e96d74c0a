/** Engine processes for tests: the built engine over real forks, and what they said. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { EngineProcess } from '../../../src/engine/client';
import type { EngineLink } from '../../../src/engine/engineLink';
import type { FitRequest, FromEngine, RunEnd, ToEngine } from '../../../src/shared/protocol';

export const script = join(__dirname, '../../../dist/engine.js');

type Of<T extends FromEngine['type']> = Extract<FromEngine, { type: T }>;

const started: Listened[] = [];

afterEach(() => {
  for (const { engine } of started.splice(0)) engine.kill();
});

type LoggedEngine = EngineLink & { readonly log: string };

/** An engine with all its messages. */
export class Listened<Engine extends LoggedEngine = LoggedEngine> {
  readonly messages: FromEngine[] = [];
  readonly ended: Promise<{ readonly end: RunEnd; readonly notes: readonly string[] }>;

  constructor(readonly engine: Engine) {
    engine.onMessage((message) => this.messages.push(message));
    this.ended = new Promise((resolve) => engine.onEnd((end, notes) => resolve({ end, notes })));
    started.push(this);
  }

  all<T extends FromEngine['type']>(type: T): Of<T>[] {
    return this.messages.filter((message): message is Of<T> => message.type === type);
  }

  /** The next message of a type that holds, from now on. Fails where the run ends first. */
  next<T extends FromEngine['type']>(type: T, holds: (message: Of<T>) => boolean = () => true): Promise<Of<T>> {
    return new Promise((resolve, reject) => {
      const subscription = this.engine.onMessage((message) => {
        if (message.type !== type || !holds(message as Of<T>)) return;
        subscription.dispose();
        resolve(message as Of<T>);
      });
      this.engine.onEnd((end) => reject(new Error(`ended before ${type}: ${JSON.stringify(end)}\n${this.engine.log}`)));
    });
  }

  send(message: ToEngine): void {
    this.engine.send(message);
  }

  fit(file: string, request: Partial<FitRequest> = {}): void {
    this.send({
      type: 'fit',
      request: { file, energy: 'one', executor: 'onnx', seed: 1, overrides: {}, warmFrom: undefined, ...request },
    });
  }
}

/** Starts an engine; it is killed after the test. */
export function startEngine(heapMb?: number): Listened<EngineProcess> {
  if (!existsSync(script)) throw new Error('dist/engine.js is missing: npm run build');
  return new Listened(new EngineProcess({ script, ...(heapMb !== undefined && { heapMb }) }));
}

/** Whether a process is there. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
