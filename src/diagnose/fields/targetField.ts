import { scored, type Target } from '../../data/target';
import type { Executor } from '../../executors/executor';
import { RowFunction } from '../../executors/rowFunction';
import { neg } from '../../graph/ops';
import { gradientAndLaplacian } from '../../objectives/scoreMatching';
import type { ScoreField } from './scoreField';

/** Ascents and paths ask for a few hundred rows at a time, grids for many. */
const rowsPerCall = 512;

/** A target evaluated by an executor, in float32. Whoever opens one disposes it. */
export async function openTargetField(target: Target, executor: Executor): Promise<ScoreField & { dispose(): Promise<void> }> {
  const rowFunction = await RowFunction.create(
    executor,
    target.dim,
    (x) => {
      const { logDensity, score } = scored(target, x);
      return [logDensity, score, neg(gradientAndLaplacian((rows) => neg(target.logDensity(rows)), x).laplacian)];
    },
    rowsPerCall,
  );
  return {
    dim: target.dim,
    async at(rows) {
      const [logDensity, score, laplacian] = await rowFunction.at(rows);
      if (!logDensity || !score || !laplacian) throw new RangeError('a density has a value, a score and a Laplacian');
      return { logDensity, score, laplacian };
    },
    dispose: () => rowFunction.dispose(),
  };
}
