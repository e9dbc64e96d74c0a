import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The built files of the sandbox. */
export interface SandboxPaths {
  /** Entry of the process. */
  readonly child: string;
  /** What runs in the context before the energy file. */
  readonly prelude: string;
}

/** The files in a folder. */
export function sandboxPathsIn(folder: string): SandboxPaths {
  return { child: join(folder, 'sandboxChild.js'), prelude: join(folder, 'sandboxPrelude.js') };
}

/** The files beside the running bundle, or in dist/ where the sources run. */
export function defaultSandboxPaths(): SandboxPaths {
  const beside = sandboxPathsIn(__dirname);
  return existsSync(beside.child) ? beside : sandboxPathsIn(join(__dirname, '..', '..', '..', 'dist'));
}
