/** A run's fitted density as a target, in the user's coordinates. */

import type { Target } from '../data/target';
import { neg } from '../graph/ops';
import { flatSize } from '../objectives/trainingStep';
import { objectives } from '../objectives/objectives';
import type { Run } from '../runs/runReader';
import { RunError } from '../runs/runError';
import { changedSince } from './changedSince';
import { constantParameters, correctedTarget, standardised } from './correctedTarget';
import type { FitProblem } from './fit/problem';

export interface FittedDensity {
  /** log p_theta, corrected where the run modelled the bridged density; normalised up to the mass that the correction clamps. */
  readonly density: Target;
  /** -E as it was fitted: exp of it is the bridged density where that was modelled, up to its normaliser. */
  readonly unnormalised: Target;
}

const sentences = {
  parameters: (energy: string) => `The parameters of ${energy} have changed`,
  data: (energy: string) => `The data of ${energy} have changed`,
  'mixing density': (energy: string) => `The mixing density of ${energy} has changed`,
};

/**
 * The density of a finished run with the parameters of its last snapshot.
 * @param problem the run's, prepared anew from its energy file with the run's seed and settings
 * @throws RunError where the run is not finished, has no density, or its energy file has changed since
 */
export function modelTarget(problem: FitProblem, run: Run): FittedDensity {
  const { record, result, directory } = run;
  const { model, standardization } = problem;
  const { dim } = problem.source;
  const logZ = result?.logZ ?? null;
  if (result === null) throw new RunError('unsupported', `The run ${directory} has not finished; wait for it, or fit again.`);
  if (!('energy' in model) || logZ === null || !Number.isFinite(logZ))
    throw new RunError('unsupported', `The run ${directory} has no density: its normaliser is not known.`);
  const changed = changedSince(problem, record);
  if (changed) throw new RunError('unsupported', `${sentences[changed.what](record.energy)} since the run ${directory}; fit it again.`);
  const flat = Float32Array.from(run.readSnapshot(run.snapshots().at(-1)?.step ?? result.steps).params.data);
  const size = flatSize(model, false);
  if (flat.length < size || !flat.every(Number.isFinite))
    throw new RunError('malformed', `The last snapshot of ${directory} does not hold the parameters of ${record.energy}.`);
  const bridged = objectives[record.objective].models === 'bridged';
  return {
    unnormalised: {
      dim,
      logDensity: (x) => neg(model.energy(standardised(x, standardization), constantParameters(x.graph, model, flat))),
    },
    density: correctedTarget(problem, model, flat, logZ, bridged ? record.settings.beta : undefined),
  };
}
