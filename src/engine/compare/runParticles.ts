import type { Run } from '../../runs/runReader';
import { RunError } from '../../runs/runError';
import type { Random } from '../../shared/random';
import { someRows } from '../diagnose/steinTests';
import { cellDraws } from '../fit/frames';

/**
 * Draws of a run's model from its last snapshot, row-major [at most count, dim], in the user's units: in one or two dimensions from the
 * picture of its corrected density, uniform inside a cell; else the snapshot's samples.
 * @throws RunError where the run has no snapshot to draw from, or its density is not finite
 */
export function runParticles(run: Run, count: number, random: Random): Float64Array {
  const { record, directory } = run;
  const step = run.snapshots().at(-1)?.step;
  if (step === undefined) throw new RunError('missing-snapshot', `${directory} has no snapshot to compare.`);
  const { density, extent, samples } = run.readSnapshot(step);
  if (samples) return someRows(Float64Array.from(samples.data), record.dim, count, random);
  const usable = density?.data.every(Number.isFinite) && density.data.some((v) => v > 0);
  if (!density || !extent || !usable)
    throw new RunError('malformed', `The last snapshot of ${directory} has neither samples nor a density.`);
  const axes = {
    low: extent.filter((_, i) => i % 2 === 0),
    high: extent.filter((_, i) => i % 2 === 1),
    cells: [...density.shape].reverse(),
  };
  const values = Float32Array.from(density.data);
  // Systematic draws from cells are in the cells' order; shuffled, any part of them is a sample.
  return shuffled(cellDraws(axes, values, count, random.split('cells')), record.dim, random.split('order'));
}

function shuffled(rows: Float64Array, dim: number, random: Random): Float64Array {
  const n = rows.length / dim;
  const order = Int32Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return Float64Array.from({ length: rows.length }, (_, k) => rows[order[Math.floor(k / dim)]! * dim + (k % dim)]!);
}
