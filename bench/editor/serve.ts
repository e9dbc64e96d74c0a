/** The end of the link to a script that lies in the extension host. */

import { createConnection } from 'node:net';
import { createInterface } from 'node:readline';

/** What VS Code runs: answers requests, one line of JSON each, until the script hangs up. */
export function serve(actions: Readonly<Record<string, (args: never) => unknown>>): () => Promise<void> {
  return () => {
    const socket = createConnection(process.env['UNBLIND_BENCH_SOCKET'] ?? '');
    const answer = async (line: string): Promise<void> => {
      const { id, action, args } = JSON.parse(line) as { id: number; action: string; args: never };
      const reply = await Promise.resolve()
        .then(() => actions[action]?.(args))
        .then(
          (value) => ({ id, value }),
          (error: unknown) => ({ id, error: String(error) }),
        );
      socket.write(`${JSON.stringify(reply)}\n`);
    };
    createInterface({ input: socket }).on('line', (line) => void answer(line));
    return new Promise((resolve) => {
      socket.on('close', () => resolve());
      socket.on('error', () => resolve());
    });
  };
}
