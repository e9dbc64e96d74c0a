/** What a run measures and shows of its network, whatever the network is. */

import type { Estimate } from '../../diagnose/density';
import type { Executor } from '../../executors/executor';
import type { NamedArrays } from '../../runs/arrays';
import type { ModeRecord, ScoreErrorRecord } from '../../runs/record';
import type { SliceView } from '../../shared/protocol';
import { ModelEvaluation } from './evaluation';
import type { FrameContent } from './frames';
import type { FitProblem } from './problem';
import { ScoreEvaluation } from './scoreEvaluation';

/** The figures of a result. */
export interface Evaluation {
  /** log of the integral of exp(-E) over the user's coordinates; null for a score network. */
  readonly logZ: Estimate | null;
  readonly negativeMass: number | null;
  /** KL(data || model) in nats; null where the data's or the model's density is unknown. */
  readonly kl: Estimate | null;
  /** Mass of the data's density on the grid; null above two dimensions or where it is unknown. */
  readonly gridMass: number | null;
  readonly modes: ModeRecord[];
  /** Where the data's score is known, in one or two dimensions. */
  readonly scoreError: ScoreErrorRecord | null;
  readonly notes: string[];
}

/** Arrays of data.npz. */
export interface DataArrays {
  /** Rows of the data, [n, dim]. */
  readonly sample: { readonly shape: readonly number[]; readonly data: Float32Array };
  /** The true density on the grid of the pictures; absent where it is unknown or above two dimensions. */
  readonly truth?: { readonly shape: readonly number[]; readonly data: Float32Array };
}

/** Measures one problem's network at any flat parameters. Made once a run; owns compiled programs. */
export interface RunEvaluation {
  dataArrays(): DataArrays;
  /** KL on the way, for the curve; undefined where it is not known. */
  quickKl(flat: Float32Array): Promise<number | undefined>;
  /** All figures of the result. */
  evaluate(flat: Float32Array): Promise<Evaluation>;
  /**
   * A live picture, in the user's units; the caller owns its arrays. Coarser than `evaluate`, and does not disturb it.
   * @param view the slice that it has, where the network has a density; null for none
   */
  frame(flat: Float32Array, view?: SliceView | null): Promise<FrameContent>;
  /** Arrays of a snapshot: the parameters, and pictures of them. */
  snapshot(flat: Float32Array): Promise<NamedArrays>;
  dispose(): Promise<void>;
}

/** The evaluation that a problem's network needs. */
export async function createEvaluation(executor: Executor, problem: FitProblem): Promise<RunEvaluation> {
  const { model } = problem;
  return 'energy' in model ? new ModelEvaluation(executor, problem, model) : ScoreEvaluation.create(executor, problem, model);
}
