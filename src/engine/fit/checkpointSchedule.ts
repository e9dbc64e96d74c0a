/** Milliseconds between the beginnings of two checkpoints: with the chunk and the picture in between, a killed run loses less than five seconds. */
const usualInterval = 4000;
/**
 * Milliseconds of other work that each millisecond spent on a checkpoint asks for: on a slow disk, or with very many parameters, checkpoints
 * take at most a fiftieth of the time and come less often instead. Up to 80 ms each they come at the usual interval.
 */
const workPerCheckpoint = 50;

/** Decides when the next checkpoint is written, from what the last one cost. Times are milliseconds of one clock that never goes back. */
export class CheckpointSchedule {
  private next: number;

  /** @param now when training begins, of which a checkpoint is there already */
  constructor(
    now: number,
    private readonly interval = usualInterval,
  ) {
    this.next = now + interval;
  }

  due(now: number): boolean {
    return now >= this.next;
  }

  /** Says that a checkpoint has been written. */
  made(began: number, ended: number): void {
    this.next = Math.max(began + this.interval, ended + workPerCheckpoint * (ended - began));
  }
}
