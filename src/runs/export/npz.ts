import type { NamedArray, NamedArrays } from '../arrays';
import { encodeNpz } from '../arrays';
import { writeFileAtomic } from '../atomicFile';
import type { KlEvent, ProgressEvent } from '../record';
import type { Run } from '../runReader';
import { outputFile } from './outputFile';

/** Numbers as a float64 array of one axis. */
export function vector(values: readonly number[]): NamedArray {
  return { shape: [values.length], data: Float64Array.from(values) };
}

/**
 * Writes a run as one .npz file: `out`, or `run.npz` in it where it is a directory. It holds the loss as `loss_*`, KL as `kl_*`, modes as `mode_*`, the data as `data_*`,
 * every snapshot as `step_<step>_*`, and the texts `run.json` and `result.json`, which NumPy hands out as bytes. Throws RunError.
 */
export async function exportNpz(run: Run, out: string): Promise<string[]> {
  const progress = run.events.filter((event): event is ProgressEvent => event.type === 'progress');
  const kl = run.events.filter((event): event is KlEvent => event.type === 'kl');
  const modes = run.result?.modes ?? [];
  const arrays: Record<string, NamedArray> = {
    loss_step: vector(progress.map((event) => event.step)),
    loss_time: vector(progress.map((event) => event.time)),
    loss_value: vector(progress.map((event) => event.loss)),
    loss_gradientNorm: vector(progress.map((event) => event.gradientNorm)),
    loss_learningRate: vector(progress.map((event) => event.learningRate)),
    kl_step: vector(kl.map((event) => event.step)),
    kl_value: vector(kl.map((event) => event.kl)),
    mode_center: { shape: [modes.length, run.record.dim], data: Float64Array.from(modes.flatMap((mode) => mode.center)) },
    mode_weight: vector(modes.map((mode) => mode.weight)),
    mode_weightStdErr: vector(modes.map((mode) => mode.weightStdErr)),
    mode_dataWeight: vector(modes.map((mode) => mode.dataWeight)),
    mode_dataWeightStdErr: vector(modes.map((mode) => mode.dataWeightStdErr)),
    ...prefixed('data', run.readData()?.arrays ?? {}),
  };
  for (const { step } of run.snapshots()) Object.assign(arrays, prefixed(`step_${step}`, run.readSnapshot(step).arrays));
  const texts = { 'run.json': JSON.stringify(run.record), ...(run.result === null ? {} : { 'result.json': JSON.stringify(run.result) }) };
  const path = outputFile(out, 'run.npz');
  writeFileAtomic(path, encodeNpz(arrays, texts));
  return Promise.resolve([path]);
}

/** The same arrays under longer names. */
export function prefixed(prefix: string, arrays: NamedArrays): NamedArrays {
  return Object.fromEntries(Object.entries(arrays).map(([name, array]) => [`${prefix}_${name}`, array]));
}
