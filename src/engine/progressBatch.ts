import type { FromEngine } from '../shared/protocol';
import type { FitProgress } from './fit/hooks';

/** Least milliseconds between two messages: twenty a second. */
const leastInterval = 50;

type ProgressMessage = Extract<FromEngine, { type: 'progress' }>;

/** Gathers the progress of chunks into messages. Every chunk becomes one point of one message, in order. */
export class ProgressBatch {
  private points: FitProgress[] = [];
  private sent = -Infinity;

  constructor(
    private readonly send: (message: ProgressMessage) => void,
    private readonly now: () => number = () => performance.now(),
  ) {}

  add(progress: FitProgress): void {
    this.points.push(progress);
    if (this.now() - this.sent >= leastInterval) this.flush();
  }

  /** Sends what is waiting, before a message that must not overtake it. */
  flush(): void {
    const { points } = this;
    const last = points.at(-1);
    if (!last) return;
    this.points = [];
    this.sent = this.now();
    this.send({
      type: 'progress',
      step: last.step,
      stepsPerSecond: last.stepsPerSecond,
      secondsLeft: last.secondsLeft,
      points: {
        steps: Float64Array.from(points, ({ step }) => step),
        losses: Float64Array.from(points, ({ loss }) => loss),
        gradientNorms: Float64Array.from(points, ({ gradientNorm }) => gradientNorm),
      },
    });
  }
}
