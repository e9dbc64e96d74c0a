import type { Target } from '../../data/target';
import { scored } from '../../data/target';
import type { LoopProgram } from '../../executors/executor';
import { add, mul } from '../../graph/ops';
import { createGraph } from '../../graph/table';
import type { NoisyTarget } from '../../samplers/noisyTarget';

/** Most rows: as many as samplers compute together. */
const mostRows = 4096;

export interface Trial {
  readonly loop: LoopProgram;
  readonly inputs: { readonly state: Float32Array[]; readonly perStep: (steps: number) => Float32Array[] };
}

/** A Langevin step of next to no size: what every sampler spends its time on, for choosing the fastest executor. */
export function trialLoop(target: Target, noisy: NoisyTarget | undefined, start: Float64Array): Trial {
  const { dim } = target;
  const rows = Math.min(start.length / dim, mostRows);
  const graph = createGraph();
  const x = graph.input('x', [rows, dim]);
  const normal = graph.input('normal', [rows, dim]);
  const score = noisy ? noisy.score(x, graph.constant(1)) : scored(target, x).score;
  const next = add(x, mul(1e-6, add(score, normal)));
  return {
    loop: { state: [{ input: x, next }], perStep: [normal], records: [] },
    inputs: {
      state: [Float32Array.from(start.subarray(0, rows * dim))],
      perStep: (steps) => [new Float32Array(steps * rows * dim).fill(0.5)],
    },
  };
}
