import type { Target } from '../../data/target';
import { chosenRows } from '../../diagnose/chosenRows';
import { DiagnoseError } from '../../diagnose/diagnoseError';
import { ksd } from '../../diagnose/stein/ksd';
import { spKsd } from '../../diagnose/stein/perturbedKsd';
import type { Executor } from '../../executors/executor';
import type { TestRecord } from '../../shared/diagnosis';
import type { Random } from '../../shared/random';
import type { Watch } from './watch';

/** Rows that are tested at most: the tests take time in proportion to their square. */
const mostRows = 1000;
const fewestRows = 8;

export interface SteinTests {
  readonly ksd: TestRecord;
  readonly perturbedKsd: TestRecord;
}

/** `count` rows of [n, dim] at random, in their order. */
export function someRows(rows: Float64Array, dim: number, count: number, random: Random): Float64Array {
  const chosen = chosenRows(rows.length / dim, count, random);
  const out = new Float64Array(chosen.length * dim);
  chosen.forEach((row, i) => {
    out.set(rows.subarray(row * dim, (row + 1) * dim), i * dim);
  });
  return out;
}

/** KSD and perturbed KSD of samples [n, dim]; a sentence instead where the density or its score is not finite at them. */
export async function steinTests(
  target: Target,
  executor: Executor,
  samples: Float64Array,
  random: Random,
  watch: Watch,
): Promise<SteinTests | string> {
  const rows = someRows(samples, target.dim, mostRows, random.split('rows'));
  const count = rows.length / target.dim;
  if (count < fewestRows) return `Stein tests need at least ${fewestRows} samples, not ${count}`;
  try {
    const plain = await ksd(executor, target, rows, random.split('ksd'));
    await watch.turn();
    const perturbed = await spKsd(executor, target, rows, random.split('perturbed'));
    return {
      ksd: { statistic: plain.uStatistic, pValue: plain.pValue, rows: count },
      perturbedKsd: { statistic: perturbed.statistic, pValue: perturbed.pValue, rows: count },
    };
  } catch (error) {
    if (error instanceof DiagnoseError) return `no Stein tests: ${error.message}`;
    throw error;
  }
}
