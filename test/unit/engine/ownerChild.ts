/** A process that owns an engine as an editor's host does, for `orphans.test.ts`, which bundles it and kills it. */

import { EngineProcess } from '../../../src/engine/client';
import type { FromEngine, ToEngine } from '../../../src/shared/protocol';

export interface OwnerTask {
  /** The built engine. */
  readonly script: string;
  readonly messages: readonly ToEngine[];
}

const { script, messages } = JSON.parse(process.argv[2] ?? '') as OwnerTask;
const engine = new EngineProcess({ script });
engine.onMessage(({ type }: FromEngine) => process.stdout.write(`${type}\n`));
for (const message of messages) engine.send(message);
