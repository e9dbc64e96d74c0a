/** The engine process: started by the editor side with an IPC channel, computes, and ends with that channel. */

import { watchOwner } from './ownerWatch';
import { processPort } from './processPort';
import { EngineSession } from './session';

/** Time that a run may take to finish its directory once the host is gone. */
const farewellMs = 9000;

const ignore = (): void => undefined;

function main(): void {
  const session = new EngineSession(processPort);
  // Nobody reads the pipes of a host that is gone.
  process.stdout.on('error', ignore);
  process.stderr.on('error', ignore);
  process.on('message', (message: unknown) => session.receive(message));
  process.on('disconnect', () => {
    setTimeout(() => process.exit(1), farewellMs).unref();
    session.disconnected();
  });
  // An interrupt at a terminal goes to the whole group; whoever started this process decides for it.
  process.on('SIGINT', ignore);
  processPort.send({ type: 'ready' });
  watchOwner(farewellMs);
  session.warmUp().catch((error: unknown) => processPort.log(String(error)));
}

main();
