/** What a run has said that still holds, for those who join later. What it has said of each step lies in its directory. */

import type { FromEngine } from '../shared/protocol';

/** In the order in which they are said again. */
const kept = [
  ['started', 'sample-started'],
  ['frame', 'sample-frame'],
  ['progress', 'sample-progress'],
  ['sample-summary'],
  ['paused', 'resumed'],
  ['stage'],
] as const;

type Kept = (typeof kept)[number][number];

const slotOf = new Map<string, number>(kept.flatMap((types, slot) => types.map((type): [Kept, number] => [type, slot])));
const stageSlot = kept.length - 1;

export class RunMemory {
  private readonly last = new Map<number, FromEngine>();

  /** The latest message of each kind that a newcomer needs. */
  get said(): readonly FromEngine[] {
    return [...this.last].sort(([a], [b]) => a - b).map(([, message]) => message);
  }

  take(message: FromEngine): void {
    // A stage is over once there is progress.
    if (
      message.type === 'started' ||
      message.type === 'progress' ||
      message.type === 'sample-started' ||
      message.type === 'sample-progress'
    )
      this.last.delete(stageSlot);
    const slot = slotOf.get(message.type);
    if (slot !== undefined) this.last.set(slot, message);
  }
}
