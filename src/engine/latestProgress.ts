import type { FromEngine } from '../shared/protocol';
import type { SampleProgress } from '../shared/sampleProtocol';

/** Least milliseconds between two messages: twenty a second. */
const leastInterval = 50;

type ProgressMessage = Extract<FromEngine, { type: 'sample-progress' }>;

/** Passes on how far a sampler is, the latest only. */
export class LatestProgress {
  private waiting: SampleProgress | undefined;
  private sent = -Infinity;

  constructor(
    private readonly send: (message: ProgressMessage) => void,
    private readonly now: () => number = () => performance.now(),
  ) {}

  add(progress: SampleProgress): void {
    this.waiting = progress;
    if (this.now() - this.sent >= leastInterval) this.flush();
  }

  /** Sends what is waiting, before a message that must not overtake it. */
  flush(): void {
    const progress = this.waiting;
    if (!progress) return;
    this.waiting = undefined;
    this.sent = this.now();
    this.send({ type: 'sample-progress', progress });
  }
}
