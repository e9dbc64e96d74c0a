/** What an energy file tries that wants out of the sandbox. */

/**
 * What would be seen where it succeeded: a file that is written, a connection to a listener, the text of a secret in what the file says,
 * an Object.prototype that has more, more time than the limit, more memory than the limit.
 */
export type Effect = 'write' | 'connect' | 'read' | 'pollute' | 'spin' | 'memory';

/** One energy file. Its code finds `proof` (a path to write), `secret` (a folder), `port` and `leak(text)`. */
export interface Escape {
  readonly name: string;
  readonly effect: Effect;
  /** Import declarations. */
  readonly imports?: string;
  readonly code?: string;
  /** The definition of the energy, where the attack is in there. */
  readonly definition?: string;
  /** Whether plain Node.js, without a sandbox, lets the same file succeed; false where it needs the bundler or a reader to be fooled. */
  readonly control?: false;
}

/** Bytes of typed arrays that attacks on memory take, and the limit of the JavaScript heap in megabytes: one is well beyond the other. */
export const hugeBytes = 1.5 * 2 ** 30;
export const heapMb = 64;

const harmless = 'dim: 1, energy: (x) => x.sum(1)';

/** The text of a file. */
export function sourceOf({ name, imports = '', code = '', definition = harmless }: Escape): string {
  return `import { data, defineEnergy, mixing } from 'unblind';
import { port, proofs, secret } from './targets.js';
${imports}
const proof = proofs + ${JSON.stringify(name)};
const leak = (text) => console.log(String(text));
const quietly = (run) => { try { return run(); } catch (error) { leak(error); } };
${code}
void [data, mixing, port, proof, secret, quietly];
export const stray = defineEnergy({ ${definition} });
`;
}
