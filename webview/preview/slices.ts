/** Slices of the preview's models. */

import type { FrameSlice, SliceView } from '../../src/shared/protocol';
import type { ObjectiveName } from '../../src/shared/settings';
import { densityAt } from './mixture';
import { modelAt, type ProblemName, problems } from './fitRuns';

/** The model on a plane of its space. */
export function sliceAt(problem: ProblemName, objective: ObjectiveName, step: number, view: SliceView, cells = 128): FrameSlice {
  const { truth, low, high } = problems[problem];
  const model = modelAt(problem, objective, step);
  const on = (count: number, write: (x: readonly number[], index: number) => void): void => {
    for (let index = 0; index < count * count; index++) {
      const x = [...view.point];
      x[view.axes[0]] = low + (((index % count) + 0.5) / count) * (high - low);
      x[view.axes[1]] = low + ((Math.floor(index / count) + 0.5) / count) * (high - low);
      write(x, index);
    }
  };
  const [values, exact, score] = [new Float32Array(cells * cells), new Float32Array(cells * cells), new Float32Array(800)];
  on(cells, (x, index) => {
    values[index] = densityAt(model, x).density;
    exact[index] = densityAt(truth, x).density;
  });
  on(20, (x, index) => {
    const at = densityAt(model, x);
    score.set([at.score[view.axes[0]] ?? 0, at.score[view.axes[1]] ?? 0], 2 * index);
  });
  return {
    view,
    density: { shape: [cells, cells], extent: [low, high, low, high], values },
    score: { shape: [20, 20, 2], values: score },
    truth: exact,
  };
}
