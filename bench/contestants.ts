/** Who takes part: each executor and thread count, and each way to write the step in PyTorch. One process each. */

import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { ExecutorId } from '../src/executors/executor';
import type { BenchArguments } from './arguments';
import type { Hello } from './protocol';
import { type Command, WorkerError, WorkerProcess } from './workerProcess';

/** Contestants of one family differ in threads only; ratios take a family's fastest. */
export type Family = ExecutorId | 'torch autograd' | 'torch forward';

export interface Candidate {
  readonly name: string;
  readonly family: Family;
  readonly command: Command;
}

export interface Contestant extends Candidate {
  readonly detail: string;
  /** A WebGPU device that is no GPU. */
  readonly software: boolean;
  readonly worker: WorkerProcess;
}

/** Why a candidate does not take part. */
export interface Absentee {
  readonly name: string;
  readonly family: Family;
  readonly why: string;
}

function threadCounts(cores: number): number[] {
  return cores > 1 ? [1, 2] : [1];
}

function threadsText(threads: number): string {
  return `${threads} thread${threads === 1 ? '' : 's'}`;
}

/** ONNX Runtime sizes its own thread pool, the rest of our executors have one thread. */
export function executorCandidates(executors: readonly ExecutorId[], counts: readonly number[]): Candidate[] {
  const worker = join(__dirname, 'worker.cjs');
  const one = (id: ExecutorId, threads: number, name: string): Candidate => ({
    name,
    family: id,
    command: { file: process.execPath, args: ['--expose-gc', '--min-semi-space-size=16', worker, id, String(threads)], env: {} },
  });
  return executors.flatMap((id) => (id === 'onnx' ? counts.map((n) => one(id, n, `${id}, ${threadsText(n)}`)) : [one(id, 1, id)]));
}

/**
 * torch.set_num_threads does not reach the threads of OpenBLAS: the environment does. PyTorch's own threads would spin on the
 * cores that those need, and be several times slower: passive ones sleep.
 */
function threadsEnvironment(threads: number): Record<string, string> {
  const counts = ['OMP', 'OPENBLAS', 'MKL', 'BLIS'].map((library) => [`${library}_NUM_THREADS`, String(threads)] as const);
  return { ...Object.fromEntries(counts), OMP_WAIT_POLICY: 'PASSIVE' };
}

/** PyTorch, written in two ways. */
export function torchCandidates(root: string, python: string, counts: readonly number[]): Candidate[] {
  return ['autograd', 'forward'].flatMap((mode) =>
    counts.map((threads) => ({
      name: `torch ${mode}, ${threadsText(threads)}`,
      family: `torch ${mode}` as Family,
      command: { file: python, args: [join(root, 'bench', 'torch_step.py'), mode, String(threads)], env: threadsEnvironment(threads) },
    })),
  );
}

/** Where Debian's Chromium tells the Vulkan loader about its software device. */
const softwareVulkan = '/usr/lib/chromium/vk_swiftshader_icd.json';

function isWebgpu({ family }: Candidate): boolean {
  return family.endsWith('webgpu');
}

async function start(candidate: Candidate, webgpu: boolean): Promise<{ worker: WorkerProcess; hello: Hello }> {
  try {
    return await WorkerProcess.start(candidate.command);
  } catch (error) {
    const software = webgpu && isWebgpu(candidate) && process.env['VK_ICD_FILENAMES'] === undefined && existsSync(softwareVulkan);
    if (!software || !(error instanceof WorkerError) || error.reason !== 'no-device') throw error;
    return WorkerProcess.start({ ...candidate.command, env: { VK_ICD_FILENAMES: softwareVulkan } });
  }
}

/** Starts the candidates one after another; who cannot start is absent. A software device takes part only where `webgpu`. */
export async function startAll(
  candidates: readonly Candidate[],
  webgpu: boolean,
): Promise<{ contestants: Contestant[]; absentees: Absentee[] }> {
  const contestants: Contestant[] = [];
  const absentees: Absentee[] = [];
  for (const candidate of candidates) {
    try {
      const { worker, hello } = await start(candidate, webgpu);
      const software = hello.software === true;
      if (software && !webgpu) {
        worker.stop();
        absentees.push({ ...absent(candidate), why: 'its device is software, not a GPU; --webgpu measures it all the same' });
        continue;
      }
      const mark = software ? ' (software device, not a GPU figure)' : '';
      contestants.push({ ...candidate, name: `${candidate.name}${mark}`, detail: hello.detail, software, worker });
    } catch (error) {
      if (!(error instanceof WorkerError)) throw error;
      absentees.push({ ...absent(candidate), why: error.message });
    }
  }
  return { contestants, absentees };
}

function absent({ name, family }: Candidate): Omit<Absentee, 'why'> {
  return { name, family };
}

/** All who could take part in a run with these arguments; for memory PyTorch does not, and each executor once, as in a fit. */
export function candidatesOf({ executors, python, memory }: BenchArguments, root: string): Candidate[] {
  const cores = availableParallelism();
  if (memory) return executorCandidates(executors, [Math.min(cores, 8)]);
  const counts = threadCounts(cores);
  return [...executorCandidates(executors, counts), ...torchCandidates(root, python, counts)];
}
