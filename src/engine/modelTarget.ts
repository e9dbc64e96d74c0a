/** A run's fitted density as a target, in the user's coordinates. */

import type { Target } from '../data/target';
import { densityFloor } from '../diagnose/density';
import type { Node } from '../graph/graph';
import { add, div, exp, log, maximum, minimum, mul, neg, sub } from '../graph/ops';
import { objectives } from '../objectives/objectives';
import { type Model, unflatten } from '../objectives/trainingStep';
import type { Run } from '../runs/runReader';
import { RunError } from '../runs/runError';
import type { FitProblem } from './fit/problem';
import { logVolume } from './fit/standardization';

/** log m - log p~ counts up to here: its exponential stays finite in float32, with its derivatives. */
const largestGap = 60;
/** Relative difference of standardisations that rounding in JSON cannot explain. */
const tolerance = 1e-6;

export interface FittedDensity {
  /** log p_theta, corrected where the run modelled the bridged density; normalised up to the mass that the correction clamps. */
  readonly density: Target;
  /** -E as it was fitted: exp of it is the bridged density where that was modelled, up to its normaliser. */
  readonly unnormalised: Target;
}

function checkSame({ paramNames, model, standardization, mixing, dim }: FitProblem & { dim: number }, { record, directory }: Run): void {
  const changed = (what: string): RunError => new RunError('unsupported', `${what} since the run ${directory}; fit it again.`);
  const shapes = model.paramShapes.map((shape, i) => `${paramNames[i] ?? ''} ${shape.join(' x ')}`).join();
  if (record.dim !== dim || shapes !== record.params.map(({ name, shape }) => `${name} ${shape.join(' x ')}`).join())
    throw changed(`The parameters of ${record.energy} have changed`);
  const same = (a: Float64Array, b: readonly number[]): boolean =>
    a.every((v, j) => Math.abs(v - (b[j] ?? NaN)) <= tolerance * (Math.abs(v) + standardization.scale[j]!));
  if (!same(standardization.mean, record.standardization.mean) || !same(standardization.scale, record.standardization.scale))
    throw changed(`The data of ${record.energy} have changed`);
  if (record.mixing && record.mixing.description !== mixing.description)
    throw changed(`The mixing density of ${record.energy} has changed`);
}

/**
 * The density of a finished run with the parameters of its last snapshot, by the formula of `correctedLogDensity`.
 * @param problem the run's, prepared anew from its energy file with the run's seed and settings
 * @throws RunError where the run is not finished, has no density, or its energy file has changed since
 */
export function modelTarget(problem: FitProblem, run: Run): FittedDensity {
  const { record, result, directory } = run;
  const { model, standardization, mixing } = problem;
  const { dim } = problem.source;
  const logZ = result?.logZ ?? null;
  if (result === null) throw new RunError('unsupported', `The run ${directory} has not finished; wait for it, or fit again.`);
  if (!('energy' in model) || logZ === null || !Number.isFinite(logZ))
    throw new RunError('unsupported', `The run ${directory} has no density: its normaliser is not known.`);
  checkSame({ ...problem, dim }, run);
  const flat = run.readSnapshot(run.snapshots().at(-1)?.step ?? result.steps).params.data;
  const size = model.paramShapes.reduce((n, shape) => n + shape.reduce((a, b) => a * b, 1), 0);
  if (flat.length < size || !flat.every(Number.isFinite))
    throw new RunError('malformed', `The last snapshot of ${directory} does not hold the parameters of ${record.energy}.`);
  const params = Float64Array.from(flat.subarray(0, size));
  const standard = (x: Node): Node =>
    div(sub(x, x.graph.constant(Array.from(standardization.mean), [dim])), x.graph.constant(Array.from(standardization.scale), [dim]));
  const negativeEnergy = (z: Node, at: Model): Node => neg(at.energy(z, unflatten(z.graph.constant(params, [size]), at.paramShapes)));
  const { beta } = record.settings;
  const bridged = objectives[record.objective].models === 'bridged';
  const volume = logVolume(standardization);
  return {
    unnormalised: { dim, logDensity: (x) => negativeEnergy(standard(x), model) },
    density: {
      dim,
      logDensity: (x) => {
        const z = standard(x);
        const logModel = sub(negativeEnergy(z, model), logZ);
        if (!bridged) return logModel;
        const gap = minimum(sub(sub(mixing.logDensity(z), volume), logModel), largestGap);
        const share = maximum(sub(1, mul(1 - beta, exp(gap))), densityFloor);
        return add(logModel, sub(log(share), Math.log(beta)));
      },
    },
  };
}
