/** The engine process: started by the editor side with an IPC channel, computes, and ends with that channel, but for a run that outlives it. */

import { farewellMs, processPort } from './processPort';
import { EngineSession } from './session';

const ignore = (): void => undefined;

function main(): void {
  const session = new EngineSession(processPort);
  // Nobody reads the pipes of a host that is gone.
  process.stdout.on('error', ignore);
  process.stderr.on('error', ignore);
  process.on('message', (message: unknown) => session.receive(message));
  process.on('disconnect', () => {
    if (!session.disconnected()) setTimeout(() => process.exit(1), farewellMs).unref();
  });
  // An interrupt at a terminal goes to the whole group; whoever started this process decides for it.
  process.on('SIGINT', ignore);
  processPort.endWithOwner(true);
  processPort.send({ type: 'ready' });
  session.warmUp().catch((error: unknown) => processPort.log(String(error)));
}

main();
