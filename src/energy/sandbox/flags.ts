/** How the sandbox process is started, and which of its protections the running Node.js has. */

import { watchesMemory } from './memoryWatch';
import type { SandboxPaths } from './paths';

/** What keeps an energy file in. */
export interface SandboxProtections {
  /** Node's permission model: no writes, no processes, no addons, no reads outside the sandbox's own files. */
  readonly permissions: boolean;
  /** A watch over all memory of the process; elsewhere only V8's heap is limited, not the typed arrays beside it. */
  readonly memoryWatch: boolean;
}

const permissionFlags = ['--permission', '--experimental-permission'];

function permissionFlag(): string | undefined {
  return permissionFlags.find((flag) => process.allowedNodeEnvironmentFlags.has(flag));
}

let permissionsRefused = false;

/** Remembers that this runtime (some builds of Electron) does not start with the permission flags. */
export function refusePermissions(): void {
  permissionsRefused = true;
}

/** Which protections hold in the running Node.js. The bare context and the limits of time and memory always hold. */
export function sandboxProtections(): SandboxProtections {
  return { permissions: !permissionsRefused && permissionFlag() !== undefined, memoryWatch: watchesMemory };
}

/** Flags of Node.js for the sandbox process. */
export function sandboxFlags({ child, prelude }: SandboxPaths, heapMb: number): string[] {
  const permission = sandboxProtections().permissions ? permissionFlag() : undefined;
  return [
    ...(permission === undefined ? [] : [permission, `--allow-fs-read=${child}`, `--allow-fs-read=${prelude}`]),
    `--max-old-space-size=${heapMb}`,
    // Code that got out of the context could not make functions from text.
    '--disallow-code-generation-from-strings',
    '--no-warnings',
  ];
}

/** The environment of the sandbox process: empty, but for what the runtime needs to start as Node.js. */
export function sandboxEnvironment(): NodeJS.ProcessEnv {
  const root = process.env['SystemRoot'];
  return {
    ...(process.versions['electron'] !== undefined && { ELECTRON_RUN_AS_NODE: '1' }),
    ...(process.platform === 'win32' && root !== undefined && { SystemRoot: root }),
  };
}
