import type { Random } from '../../shared/random';
import type { ScoreField } from '../fields/scoreField';

const steps = 150;
/** A chain's step grows by this after a move that was accepted and shrinks after one that was not: in balance at an acceptance of .57. */
const [growth, shrinkage] = [1.09, 0.89];

/**
 * Rows around maxima: chains of the Metropolis-adjusted Langevin algorithm (Roberts and Tweedie 1996), one a start, each with a step of
 * its own. They know the shape of the mode that they started in and nothing of its weight.
 * @param starts row-major [n, dim]
 * @param scale lengths of the region: steps are the same in all coordinates in these units
 * @returns where the chains end, [n, dim]
 */
export async function localDraws(field: ScoreField, starts: Float64Array, scale: readonly number[], random: Random): Promise<Float64Array> {
  const { dim } = field;
  const n = starts.length / dim;
  const current = { at: starts.slice(), ...(await field.at(starts)) };
  const widest = Math.max(...scale) ** 2;
  const step = current.laplacian.map((l) => 0.5 / Math.max((Math.abs(l) * widest) / dim, 1e-6));
  const unit = (i: number): number => scale[i % dim]!;
  for (let round = 0; round < steps; round++) {
    const noise = new Float64Array(n * dim);
    random.fillNormal(noise);
    const drift = (at: Float64Array, score: Float64Array, i: number): number => {
      const h = step[Math.floor(i / dim)]!;
      return at[i]! + h * unit(i) ** 2 * score[i]!;
    };
    const proposed = noise.map((z, i) => drift(current.at, current.score, i) + Math.sqrt(2 * step[Math.floor(i / dim)]!) * unit(i) * z);
    const next = await field.at(proposed);
    const back = new Float64Array(n);
    for (let i = 0; i < n * dim; i++) {
      const row = Math.floor(i / dim);
      const reverse = (current.at[i]! - drift(proposed, next.score, i)) / unit(i);
      back[row]! += noise[i]! ** 2 / 2 - reverse ** 2 / (4 * step[row]!);
    }
    for (let row = 0; row < n; row++) {
      const log = next.logDensity[row]! - current.logDensity[row]! + back[row]!;
      const accepted = Math.log(random.uniform() + 1e-300) < log;
      step[row]! *= accepted ? growth : shrinkage;
      if (!accepted) continue;
      current.logDensity[row] = next.logDensity[row]!;
      for (let i = row * dim; i < (row + 1) * dim; i++) {
        current.at[i] = proposed[i]!;
        current.score[i] = next.score[i]!;
      }
    }
  }
  return current.at;
}
