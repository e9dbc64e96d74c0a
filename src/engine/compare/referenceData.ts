import { resolve } from 'node:path';
import { DataError } from '../../data/dataError';
import { distributionOf } from '../../data/distributions';
import type { Distribution } from '../../data/distribution';
import { EnergyFileError } from '../../energy/errors';
import { loadEnergyFile } from '../../energy/load';
import { RunError } from '../../runs/runError';
import type { Run } from '../../runs/runReader';

/** What runs of one data set are compared with. */
export interface ReferenceData {
  /** Rows of the data, [n, dim]. */
  readonly sample: Float64Array;
  /** The exact distribution, where it is known and the energy file still says it. */
  readonly exact: Distribution | undefined;
}

/** The built-in data of a run's energy file; undefined where the file is gone, does not load, or has other data by now. */
async function exactData({ record }: Run): Promise<Distribution | undefined> {
  if (!record.data.known) return undefined;
  try {
    const { energies } = await loadEnergyFile(resolve(record.file), { energy: record.energy });
    const spec = energies[0]?.data;
    if (!spec || spec.kind === 'file' || spec.kind === 'samples') return undefined;
    const distribution = distributionOf(spec);
    return distribution.dim === record.dim ? distribution : undefined;
  } catch (error) {
    if (error instanceof EnergyFileError || error instanceof DataError) return undefined;
    throw error;
  }
}

/** The rows that a run keeps of its data, and the exact distribution where it can be had. Throws RunError where the run kept no rows. */
export async function referenceData(run: Run): Promise<ReferenceData> {
  const sample = run.readData()?.sample;
  if (!sample) throw new RunError('malformed', `${run.directory} kept no rows of its data to compare with.`);
  return { sample: Float64Array.from(sample.data), exact: await exactData(run) };
}
