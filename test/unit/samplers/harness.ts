import type { ExecutorId } from '../../../src/executors/executor';
import { mixtureTarget } from '../../../src/samplers/mixtureTarget';
import type { OptionValue } from '../../../src/shared/samplerForm';
import type { SamplerProblem, SamplerResult, SamplerRun } from '../../../src/samplers/sampler';
import { samplerNamed } from '../../../src/samplers/samplers';
import { Random } from '../../../src/shared/random';
import { executorOf } from '../support/executors';

type Options = Readonly<Record<string, OptionValue>>;
export type Problem = Omit<SamplerProblem, 'executor'> & { readonly executor?: ExecutorId };

export async function startRun(name: string, problem: Problem, options: Options = {}): Promise<SamplerRun> {
  return samplerNamed(name).start({ ...problem, executor: await executorOf(problem.executor ?? 'onnx') }, options);
}

/** Runs to the end in pieces of `piece` steps. */
export async function runAll(name: string, problem: Problem, options: Options = {}, piece = 1000): Promise<SamplerResult> {
  const run = await startRun(name, problem, options);
  try {
    while (!run.progress.done) await run.advance(piece);
    return await run.result();
  } finally {
    await run.dispose();
  }
}

/** N(1, std^2 I) in `dim` dimensions. */
export const gaussian = (dim: number, std: number) => mixtureTarget({ means: [new Array<number>(dim).fill(1)], std: [std], weights: [1] });

/** Rows of N(0, std^2 I). */
export function cloud(seed: number, n: number, dim: number, std = 1): Float64Array {
  const random = new Random(seed);
  return new Float64Array(n * dim).map(() => std * random.normal());
}

/** Mean and variance of all numbers. */
export function moments(values: ArrayLike<number>): { mean: number; variance: number } {
  const all = Array.from(values);
  const mean = all.reduce((total, value) => total + value, 0) / all.length;
  return { mean, variance: all.reduce((total, value) => total + (value - mean) ** 2, 0) / all.length };
}

/** Share of rows whose numbers sum to more than 0. */
export function shareAbove(values: ArrayLike<number>, dim: number): number {
  const rows = values.length / dim;
  return (
    Array.from({ length: rows }, (_, i) => Array.from({ length: dim }, (__, d) => values[i * dim + d] ?? 0).reduce((a, b) => a + b)).filter(
      (sum) => sum > 0,
    ).length / rows
  );
}

/** Forty Gaussians with means uniform on [-40, 40]^2 and deviation softplus(1). */
export function fortyGaussians(seed: number) {
  const random = new Random(seed);
  const means = Array.from({ length: 40 }, () => [80 * random.uniform() - 40, 80 * random.uniform() - 40]);
  return { means, std: [Math.log(1 + Math.E)], weights: means.map(() => 1 / 40) };
}
