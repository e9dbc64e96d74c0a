/** The density, or the scores, of a finished fit as a target. */

import type { TracedEnergy } from '../../energy/traced';
import { broadcastTo, mul, reshape } from '../../graph/ops';
import { objectives } from '../../objectives/objectives';
import type { Model, ScoreModel } from '../../objectives/trainingStep';
import type { NoisyTarget } from '../../samplers/noisyTarget';
import { constantParameters, correctedTarget, standardised } from '../correctedTarget';
import { annealed } from '../fit/annealedSampler';
import { type FittedRun, fittedRun, latestFit } from './runParameters';
import { SampleError } from './sampleError';
import { type KnownWeight, type SampleTarget, withoutDensity } from './sampleTarget';

/** What the fit measured of its own density; none where the snapshot is not the one that was measured. */
function measuredWeights({ run, step }: FittedRun): readonly KnownWeight[] | null {
  if (run.result?.steps !== step || run.result.modes.length === 0) return null;
  return run.result.modes.map(({ label, weight, weightStdErr }) => ({ label, weight, stdErr: weightStdErr }));
}

function densityTarget(fitted: FittedRun, model: Model): Pick<SampleTarget, 'target' | 'weights' | 'annealing'> {
  const { run, params, problem, step } = fitted;
  const { settings } = problem;
  const bridged = objectives[settings.objective].models === 'bridged';
  const logZ = run.result?.steps === step ? run.result.logZ : null;
  if (bridged && logZ === null)
    throw new SampleError(
      'run',
      `${run.directory} has no log Z, which the correction of ${settings.objective} needs; let the fit end, or fit again.`,
    );
  const target = correctedTarget(problem, model, params, logZ ?? 0, bridged ? settings.beta : undefined);
  return { target, weights: measuredWeights(fitted), annealing: {} };
}

/** s(x, sigma) in the user's units is that of z at sigma / scale, over the scale, which is the same in all coordinates. */
function scoreTarget(
  { params, problem }: FittedRun,
  model: ScoreModel,
): Pick<SampleTarget, 'target' | 'noisyTarget' | 'weights' | 'annealing'> {
  const { standardization, levels } = problem;
  const scale = standardization.scale[0] ?? 1;
  const noisyTarget: NoisyTarget = {
    dim: model.dim,
    score: (x, sigma) => {
      const rows = x.shape[0] ?? 1;
      const own = broadcastTo(reshape(mul(sigma, 1 / scale), [1, 1]), [rows, 1]);
      return mul(model.score(standardised(x, standardization), own, constantParameters(x.graph, model, params)), 1 / scale);
    },
  };
  const [largest = 1, smallest = 1] = [levels[0], levels.at(-1)].map((level) => (level ?? 1) * scale);
  return {
    target: withoutDensity(model.dim),
    noisyTarget,
    weights: null,
    annealing: {
      largestNoise: largest,
      smallestNoise: smallest,
      levels: Math.max(2, levels.length),
      stepsPerLevel: annealed.stepsPerLevel,
      stepSize: annealed.stepSize * smallest * smallest,
    },
  };
}

/**
 * The fit in a directory, or the project's newest of the energy. Throws RunError, SampleError, EnergyFileError, DataError.
 * @param directory absolute; undefined looks for the newest
 */
export async function runTarget(traced: TracedEnergy, file: string, directory: string | undefined): Promise<SampleTarget> {
  const fitted = await fittedRun(traced, file, directory ?? latestFit(traced, file));
  const { run, step, problem } = fitted;
  const { model, settings } = problem;
  const parts = 'energy' in model ? densityTarget(fitted, model) : scoreTarget(fitted, model);
  const what =
    'energy' in model ? (objectives[settings.objective].models === 'bridged' ? 'corrected density' : 'density') : 'score network';
  return {
    ...parts,
    record: {
      kind: 'energy' in model ? 'run' : 'score',
      description: `the ${what} of the ${settings.objective} fit ${run.record.id}, step ${step}`,
      run: { directory: run.directory, step },
    },
    source: problem.source,
    notes: directory === undefined ? [`no --run was given: sampled is the newest finished fit, ${run.directory}`] : [],
  };
}
