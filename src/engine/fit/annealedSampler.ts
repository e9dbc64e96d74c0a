/** Draws of a score network whose parameters change: annealed Langevin dynamics as one compiled loop. */

import type { CompiledLoop, Executor } from '../../executors/executor';
import { add, broadcastTo, mul, reshape, sqrt } from '../../graph/ops';
import { createGraph } from '../../graph/table';
import { flatSize, type ScoreModel, unflatten } from '../../objectives/trainingStep';
import type { Random } from '../../shared/random';

/** How particles are annealed. */
export interface Annealing {
  /** Noise levels from the largest to the smallest, in the coordinates of the network. */
  readonly levels: readonly number[];
  /** Langevin steps at each level. */
  readonly stepsPerLevel: number;
  /** Step size at the smallest level, in units of that level's variance; at the others it grows with their variance. */
  readonly stepSize: number;
}

/** How draws that count are annealed. Own choice; step sizes of 0.1 to 0.3 are usual. */
export const annealed = { stepsPerLevel: 50, stepSize: 0.2 } as const;

/** Sees the particles [count, dim] of a draw after each level. */
export type Watch = (level: number, x: Float32Array) => void;

/**
 * x + (alpha / 2) s(x, sigma) + sqrt(alpha) z with alpha = eps sigma^2 / sigma_L^2 (Song and Ermon 2019, algorithm 1), then
 * one denoising step x + sigma_L^2 s(x, sigma_L), which is Tweedie's formula (Jolicoeur-Martineau et al. 2021).
 */
export class AnnealedSampler {
  private constructor(
    private readonly loop: CompiledLoop,
    private readonly dim: number,
    private readonly count: number,
  ) {}

  /** @param count particles of every draw */
  static async create(executor: Executor, model: ScoreModel, count: number): Promise<AnnealedSampler> {
    const graph = createGraph();
    const size = flatSize(model, false);
    const x = graph.input('x', [count, model.dim]);
    const params = graph.input('params', [size]);
    const noise = graph.input('noise', [count, model.dim]);
    // sigma, the factor of the score and the factor of the noise.
    const sigma = graph.input('sigma', [1]);
    const drift = graph.input('drift', [1]);
    const spread = graph.input('spread', [1]);
    const score = model.score(x, broadcastTo(reshape(sigma, [1, 1]), [count, 1]), unflatten(params, model.paramShapes));
    const next = add(x, add(mul(score, drift), mul(noise, sqrt(spread))));
    const loop = await executor.compileLoop({
      state: [
        { input: x, next },
        { input: params, next: params },
      ],
      perStep: [noise, sigma, drift, spread],
      records: [],
    });
    return new AnnealedSampler(loop, model.dim, count);
  }

  /**
   * Particles [count, dim] in the coordinates of the network, from normal noise of the largest level.
   * @param watch is given the particles after each level, and once more, as level `levels.length`, when they are denoised; it must not keep them
   */
  async draw(params: Float32Array, annealing: Annealing, random: Random, watch?: Watch): Promise<Float32Array> {
    const { levels, stepsPerLevel, stepSize } = annealing;
    const size = this.count * this.dim;
    let x = new Float32Array(size);
    random.fillNormal(x);
    x = x.map((v) => v * levels[0]!);
    const perLevel = new Float32Array(stepsPerLevel * size);
    for (const [level, sigma] of levels.entries()) {
      const alpha = stepSize * sigma * sigma;
      random.fillNormal(perLevel);
      const fill = (value: number): Float32Array => new Float32Array(stepsPerLevel).fill(value);
      const { state } = await this.loop.run(stepsPerLevel, [x, params], [perLevel, fill(sigma), fill(alpha / 2), fill(alpha)]);
      x = Float32Array.from(state[0]!);
      watch?.(level, x);
    }
    const last = levels[levels.length - 1]!;
    const one = (value: number): Float32Array => Float32Array.of(value);
    const denoised = await this.loop.run(1, [x, params], [new Float32Array(size), one(last), one(last * last), one(0)]);
    watch?.(levels.length, denoised.state[0]!);
    return denoised.state[0]!;
  }

  dispose(): Promise<void> {
    return this.loop.dispose();
  }
}
