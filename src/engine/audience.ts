/** Who follows the run of an engine process, and who of them steers it. */

import type { FromEngine, Work } from '../shared/protocol';
import { RunMemory } from './runMemory';

/** Somebody that messages can be sent to. */
export interface Listener {
  /** @param written is called once the message has left, or could not */
  send(message: FromEngine, written?: () => void): void;
}

/** A listener's place. */
export class Seat {
  /** Frames that have not left yet. */
  framesOnTheirWay = 0;

  constructor(readonly listener: Listener) {}
}

/** A listener who is so many frames behind gets no more of them until one has left. */
const mostFrames = 4;

export class Audience {
  /** In the order in which they came. */
  private readonly seats: Seat[] = [];
  private steering: Seat | undefined;
  private readonly memory = new RunMemory();

  /** @param onAlone the last listener has gone */
  constructor(private readonly onAlone: () => void) {}

  get isEmpty(): boolean {
    return this.seats.length === 0;
  }

  /** Whether somebody waits for a frame. */
  get wantsFrame(): boolean {
    return this.seats.some(({ framesOnTheirWay }) => framesOnTheirWay === 0);
  }

  steers(seat: Seat): boolean {
    return this.steering === seat;
  }

  /** Who comes first steers. */
  join(listener: Listener): Seat {
    const seat = new Seat(listener);
    this.seats.push(seat);
    this.steering ??= seat;
    return seat;
  }

  /** Tells a newcomer what was said before. */
  greet(seat: Seat, work: Work): void {
    seat.listener.send({ type: 'attached', work, steers: this.steers(seat), said: this.memory.said });
  }

  /** Where the one who steers goes, who came next does. */
  leave(seat: Seat): void {
    const at = this.seats.indexOf(seat);
    if (at < 0) return;
    this.seats.splice(at, 1);
    if (this.steers(seat)) this.hand(this.seats[0]);
    if (this.isEmpty) this.onAlone();
  }

  /** Somebody else steers from now on; whoever did is told. */
  hand(seat: Seat | undefined): void {
    const former = this.steering;
    if (former === seat) return;
    this.steering = seat;
    if (former !== undefined && this.seats.includes(former)) former.listener.send({ type: 'steering', yours: false });
    seat?.listener.send({ type: 'steering', yours: true });
  }

  /** Tells everybody. */
  send(message: FromEngine): void {
    this.memory.take(message);
    const isFrame = message.type === 'frame' || message.type === 'sample-frame';
    for (const seat of [...this.seats]) {
      if (!isFrame) seat.listener.send(message);
      else if (seat.framesOnTheirWay < mostFrames) {
        seat.framesOnTheirWay++;
        seat.listener.send(message, () => seat.framesOnTheirWay--);
      }
    }
  }
}
