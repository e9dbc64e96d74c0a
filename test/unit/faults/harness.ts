/** Tries many faults, a few at a time. */

import { build, type BuildOptions } from 'esbuild';
import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Fault, faultOf } from './plan';
import type { Programs } from './programs';
import { SmallDisk } from './smallDisk';
import { makeSubjects, type Subject } from './subjects';
import { type Outcome, tryFault } from './tryFault';

/** One fault that was tried. */
export interface Tried extends Outcome {
  readonly index: number;
  readonly fault: Fault;
}

const options = { bundle: true, platform: 'node', format: 'cjs', target: 'node20', mainFields: ['module', 'main'] } satisfies BuildOptions;
const external = ['esbuild', 'onnxruntime-node', 'webgpu', '@tensorflow/tfjs-node', '@tensorflow/tfjs-node-gpu'];

async function makePrograms(root: string, folder: string): Promise<Programs> {
  const entry = (name: string): string => join(root, 'test/unit/faults', name);
  await build({ ...options, entryPoints: [entry('child.ts'), entry('injection.ts')], outdir: folder, external, logLevel: 'error' });
  return { child: join(folder, 'child.js'), injection: join(folder, 'injection.js'), dist: join(root, 'dist') };
}

/** All that faults need; to be closed. */
export class Harness {
  private constructor(
    private readonly programs: Programs,
    private readonly subjects: readonly Subject[],
    private readonly folder: string,
    private readonly bundles: string,
    private readonly canMount: boolean,
  ) {}

  /** @param root of the repository, which must be built */
  static async open(root = resolve('.')): Promise<Harness> {
    await mkdir(join(root, '.cache'), { recursive: true });
    const folder = mkdtempSync(join(tmpdir(), 'unblind faults '));
    // Beside node_modules, where what is not bundled is found.
    const bundles = mkdtempSync(join(root, '.cache', 'faults-'));
    const programs = await makePrograms(root, bundles);
    return new Harness(programs, await makeSubjects(programs, folder), folder, bundles, SmallDisk.available(folder));
  }

  /** Without file systems to mount, what they would do is done by injection. */
  private possible(fault: Fault): Fault {
    if (fault.room === undefined || this.canMount) return fault;
    const { room, ...others } = fault;
    return { ...others, blows: [{ kind: 'refuse', at: room, among: 'all', code: 'ENOSPC', bytes: room }] };
  }

  private async one(seed: number, index: number): Promise<Tried> {
    const fault = this.possible(faultOf(seed, index));
    try {
      return { index, fault, ...(await tryFault(this.programs, this.subjects, fault, join(this.folder, `fault ${index}`))) };
    } catch (error) {
      const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
      return { index, fault, lost: [what], bytesLost: 0, story: [] };
    }
  }

  /** Tries the faults of some numbers, `parallel` at a time. `each` is told of each one as it is done. */
  async tryAll(
    seed: number,
    indices: readonly number[],
    parallel: number,
    each: (tried: Tried) => void = () => undefined,
  ): Promise<Tried[]> {
    const waiting = [...indices];
    const done: Tried[] = [];
    const worker = async (): Promise<void> => {
      for (let index = waiting.shift(); index !== undefined; index = waiting.shift()) {
        const tried = await this.one(seed, index);
        done.push(tried);
        each(tried);
      }
    };
    await Promise.all(Array.from({ length: parallel }, worker));
    return done;
  }

  close(): void {
    for (const folder of [this.folder, this.bundles]) rmSync(folder, { recursive: true, force: true });
  }
}

/** The line that ends a report. */
export function lastLine(tried: readonly Tried[]): string {
  const runs = tried.filter(({ lost }) => lost.length > 0).length;
  const bytes = tried.reduce((sum, one) => sum + one.bytesLost, 0);
  return `faults tried ${tried.length}, runs lost ${runs}, bytes lost ${bytes}`;
}
