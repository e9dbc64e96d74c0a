/** A sandbox process started ahead: it has loaded what energy files need, and waits for its only request. */

import type { SandboxPaths } from './paths';
import { type SandboxLimits, SandboxProcess } from './sandboxProcess';

interface Spare {
  readonly paths: SandboxPaths;
  readonly limits: SandboxLimits;
  readonly process: Promise<SandboxProcess>;
}

let spare: Spare | undefined;

function suits(candidate: Spare, paths: SandboxPaths, limits: SandboxLimits): boolean {
  return (
    candidate.paths.child === paths.child &&
    candidate.paths.prelude === paths.prelude &&
    candidate.limits.heapMb === limits.heapMb &&
    candidate.limits.timeoutMs === limits.timeoutMs
  );
}

/** Starts a spare, if there is none. For processes that end by themselves: the spare ends with the process that started it. */
export function startSpare(paths: SandboxPaths, limits: SandboxLimits): void {
  spare ??= { paths, limits, process: SandboxProcess.startChecked(paths, limits) };
}

/** The spare where it suits and is alive, else a new process. */
export async function takeSandbox(paths: SandboxPaths, limits: SandboxLimits): Promise<SandboxProcess> {
  if (spare && suits(spare, paths, limits)) {
    const taken = spare;
    spare = undefined;
    const process = await taken.process;
    if (process.isRunning) return process;
  }
  return SandboxProcess.startChecked(paths, limits);
}
