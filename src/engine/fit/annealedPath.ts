/** Where a few annealed particles are after some of the noise levels: what a reader is shown of the way from noise to data. */

import type { NamedArrays } from '../../runs/arrays';
import { type Standardization, unstandardize } from './standardization';

const shownParticles = 8;
const shownLevels = 8;

/** Watches one draw of an annealed sampler. */
export class AnnealedPath {
  private readonly chosen: readonly number[];
  private readonly rows: Float32Array[] = [];
  private readonly noise: number[] = [];

  /** @param levels noise levels of the sampler, in the coordinates of the network */
  constructor(
    private readonly levels: readonly number[],
    private readonly standardization: Standardization,
  ) {
    const count = Math.min(shownLevels, levels.length);
    this.chosen = Array.from({ length: count }, (_, i) => Math.round(count > 1 ? (i * (levels.length - 1)) / (count - 1) : 0));
  }

  /** Called after each level with its number and the particles [n, dim], and with the number of levels after the denoising step. */
  readonly watch = (level: number, x: Float32Array): void => {
    if (level < this.levels.length && !this.chosen.includes(level)) return;
    const { mean, scale } = this.standardization;
    const first = Float64Array.from(x.subarray(0, shownParticles * mean.length));
    this.rows.push(Float32Array.from(unstandardize(first, this.standardization)));
    this.noise.push((this.levels[level] ?? 0) * scale[0]!);
  };

  /** `path` [levels shown + 1, particles shown, dim] and `pathNoise`, the noise of each in the user's units: zero at the last, which is denoised. */
  arrays(): NamedArrays {
    const dim = this.standardization.mean.length;
    const data = new Float32Array(this.rows.reduce((total, row) => total + row.length, 0));
    let begin = 0;
    for (const row of this.rows) {
      data.set(row, begin);
      begin += row.length;
    }
    return {
      path: { shape: [this.rows.length, (this.rows[0]?.length ?? 0) / dim, dim], data },
      pathNoise: { shape: [this.noise.length], data: Float64Array.from(this.noise) },
    };
  }
}
