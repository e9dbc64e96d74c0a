/** Least milliseconds between two frames where the owner says nothing: ten a second. */
const usualInterval = 100;
/** Milliseconds of other work that each millisecond spent on a frame asks for: frames take a quarter of the time. */
const workPerFrame = 3;

/** Decides when the next live frame may be made, from what the last ones cost. Times are milliseconds of one clock. */
export class FrameSchedule {
  private next = -Infinity;
  /** Step of the last frame; none yet is -1. */
  private drawn = -1;

  /** @param leastInterval milliseconds between the beginnings of two frames */
  constructor(private readonly leastInterval = usualInterval) {}

  /** Whether a frame of a step may be made now: the first always. */
  due(now: number): boolean {
    return now >= this.next;
  }

  /** Whether the last frame shows this step. */
  shows(step: number): boolean {
    return this.drawn === step;
  }

  /** Says that a frame has been made. The first loads and compiles what the others use: what it cost says nothing of them. */
  made(step: number, began: number, ended: number): void {
    const cost = this.drawn < 0 ? 0 : ended - began;
    this.drawn = step;
    this.next = Math.max(began + this.leastInterval, ended + workPerFrame * cost);
  }
}
