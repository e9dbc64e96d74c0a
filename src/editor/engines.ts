/** The engine processes of this window: loaded at the first need, shared between checks and fits. */

import type { EnginePool } from '../engine/client';
import { Disposable } from './disposable';
import type { EnginePort } from './enginePort';

/** Where engine processes come from. */
export interface EngineSource {
  acquire(): EnginePort;
}

export class Engines extends Disposable {
  private pool: Promise<EnginePool> | undefined;

  /** @param script path of the built engine */
  constructor(private readonly script: string) {
    super();
    this.register({ dispose: () => void this.pool?.then((pool) => pool.dispose()) });
  }

  /** Starts a process ahead, if none waits. */
  async warm(): Promise<void> {
    (await this.open()).warm();
  }

  /** The pool, made at the first call. */
  source(): Promise<EngineSource> {
    return this.open();
  }

  private open(): Promise<EnginePool> {
    return (this.pool ??= import('../engine/client').then(({ EnginePool }) => new EnginePool({ script: this.script })));
  }
}
