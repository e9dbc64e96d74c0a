import { samplerLabel } from '../../shared/samplers/samplerForms';
import type { NamedArray } from '../arrays';
import type { RunData } from '../checkArrays';
import { RunError } from '../runError';
import type { SampleRun } from '../runReader';

/** A sampler run with what a report draws of it, read once. */
export interface SampleView {
  readonly run: SampleRun;
  /** What people call the sampler. */
  readonly label: string;
  /** Particles [n, dim] before the first step and after the last. */
  readonly start: NamedArray;
  readonly end: NamedArray;
  readonly endStep: number;
  readonly data: RunData | null;
}

/** Colours of what all figures show. */
export const colours = { end: 'c-run0', start: 'c-run1', density: 'c-truth', data: 'c-data' } as const;

/** Reads what a report needs. Throws RunError where a part is damaged or there are no particles. */
export function viewSampleRun(run: SampleRun): SampleView {
  const entries = run.snapshots();
  const [first, last] = [entries[0], entries.at(-1)];
  if (!first || !last) throw new RunError('missing-snapshot', `${run.directory} holds no particles: it has no snapshot.`);
  return {
    run,
    label: samplerLabel(run.record.sampler),
    start: run.readSnapshot(first.step).samples,
    end: run.readSnapshot(last.step).samples,
    endStep: last.step,
    data: run.readData(),
  };
}
