/** The last diagnosis of each energy of which no run holds it, in a folder of the extension: a reload leaves it behind. No VS Code in here. */

import { createHash } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { diagnosisFiguresFile, diagnosisFile } from '../runs/layout';
import type { StoredDiagnosis } from '../runs/diagnosisFiles';
import { energyKey, type EnergyRef } from './energyRef';
import type { DiagnosisReader } from './runOpener';

/** More than this is not kept; the oldest go. */
export interface KeptLimits {
  readonly diagnoses: number;
  readonly bytes: number;
}

const usualLimits: KeptLimits = { diagnoses: 20, bytes: 32e6 };

interface Kept {
  readonly directory: string;
  readonly bytes: number;
  readonly time: number;
}

export class KeptDiagnoses {
  /**
   * @param folder need not be there; undefined keeps nothing
   * @param read checks what it reads
   */
  constructor(
    private readonly folder: string | undefined,
    private readonly read: DiagnosisReader,
    private readonly limits = usualLimits,
  ) {}

  /** Where the diagnosis of an energy lies, and another one is to be written. */
  directoryOf(energy: EnergyRef): string | undefined {
    return this.folder && join(this.folder, createHash('sha256').update(energyKey(energy)).digest('hex').slice(0, 32));
  }

  /** The diagnosis of an energy is of no use any more. */
  async forget(energy: EnergyRef): Promise<void> {
    const directory = this.directoryOf(energy);
    if (directory !== undefined) await remove(directory);
  }

  /** Removes the oldest, where there are more than are kept. */
  async prune(): Promise<void> {
    await this.within();
  }

  /** All whose energy file is there, newest first. What cannot be read, or is of another energy, is removed. */
  async *all(): AsyncGenerator<StoredDiagnosis> {
    for (const { directory } of await this.within()) {
      const found = await this.read(directory).catch(() => undefined);
      const energy = found && { file: found.record.file, name: found.record.energy };
      if (!energy || this.directoryOf(energy) !== directory || found.record.runDir !== null) await remove(directory);
      else if (await sizeOf(energy.file)) yield found;
    }
  }

  /** What is kept within the limits, newest first. */
  private async within(): Promise<readonly Kept[]> {
    const { folder, limits } = this;
    if (folder === undefined) return [];
    const names = await readdir(folder).catch((): string[] => []);
    const found = await Promise.all(names.map((name) => keptIn(join(folder, name))));
    let bytes = 0;
    const fits = found
      .sort((a, b) => b.time - a.time)
      .map((kept, rank) => ({ kept, inside: rank < limits.diagnoses && (bytes += kept.bytes) <= limits.bytes }));
    await Promise.all(fits.filter(({ inside }) => !inside).map(({ kept }) => remove(kept.directory)));
    return fits.filter(({ inside }) => inside).map(({ kept }) => kept);
  }
}

async function keptIn(directory: string): Promise<Kept> {
  const files = await Promise.all([diagnosisFile, diagnosisFiguresFile].map((name) => sizeOf(join(directory, name))));
  return {
    directory,
    bytes: files.reduce((total, file) => total + (file?.size ?? 0), 0),
    time: files[0]?.mtimeMs ?? 0,
  };
}

/** Undefined where there is no such file. */
async function sizeOf(path: string): Promise<{ readonly size: number; readonly mtimeMs: number } | undefined> {
  return stat(path).catch(() => undefined);
}

/** What cannot be removed stays: it is looked at again the next time. */
async function remove(directory: string): Promise<void> {
  await rm(directory, { recursive: true, force: true }).catch(() => undefined);
}
