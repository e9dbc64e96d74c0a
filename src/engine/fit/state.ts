import { objectives } from '../../objectives/objectives';
import { flatSize } from '../../objectives/trainingStep';
import type { FitProblem } from './problem';

/** What training carries from step to step. */
export interface State {
  /** params, firstMoment, secondMoment, average */
  readonly vectors: readonly Float32Array[];
  readonly step: number;
}

/** Where training starts: initial parameters, no moments. */
export function initialState(problem: FitProblem): State {
  const size = flatSize(problem.model, objectives[problem.settings.objective].selfNormalised);
  const params = new Float32Array(size);
  params.set(problem.initial);
  return { vectors: [params, new Float32Array(size), new Float32Array(size), params.slice()], step: 0 };
}

/** Parameters that are evaluated: the average where one is kept. */
export function evaluated(problem: FitProblem, state: State): Float32Array {
  return state.vectors[problem.settings.ema > 0 ? 3 : 0]!;
}
