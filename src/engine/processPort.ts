import type { FromEngine } from '../shared/protocol';
import { type OwnerWatch, watchOwner } from './ownerWatch';
import type { SessionPort } from './session';

/** Time that a run that does not outlive its host may take to finish its directory. */
export const farewellMs = 9000;

let watch: OwnerWatch | undefined;
/** Messages that have not left yet. */
let waiting = 0;
let exitStatus: number | undefined;

function leaveWhenDone(): void {
  if (exitStatus === undefined || waiting > 0) return;
  const status = exitStatus;
  // Native thread pools and GPU devices may keep the process alive, so it must be ended.
  process.stderr.write('', () => process.exit(status));
}

/** The channel and the pipes of this process. */
export const processPort: SessionPort = {
  send(message: FromEngine, written?: () => void): void {
    if (!process.connected || !process.send) return written?.();
    waiting++;
    // The channel may close while the message is on its way: that is no error here.
    process.send(message, undefined, undefined, () => {
      waiting--;
      written?.();
      leaveWhenDone();
    });
  },
  log(line: string): void {
    process.stderr.write(`${line}\n`);
  },
  endWithOwner(ends: boolean): void {
    if (!ends) watch?.release();
    watch = ends ? (watch ?? watchOwner(farewellMs)) : undefined;
  },
  exit(status: number): void {
    exitStatus ??= status;
    if (!process.connected) waiting = 0;
    leaveWhenDone();
  },
};
