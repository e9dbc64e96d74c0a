/** What a diagnosis is of: a density, with data if there are any. */

import { resolve } from 'node:path';
import type { ResolvedMixing } from '../../data/mixing';
import type { Target } from '../../data/target';
import type { ScoreField } from '../../diagnose/fields/scoreField';
import { neg } from '../../graph/ops';
import { EnergyFileError } from '../../energy/errors';
import type { TracedEnergy } from '../../energy/traced';
import { readRun } from '../../runs/runReader';
import { modelOf, sourceOf } from '../fit/prepare';
import type { DataSource } from '../fit/source';
import { latestRunOf } from '../latestRunOf';
import { dataSubject } from './dataSubject';
import { mixingFor } from './mixingFor';
import { runSubject } from './runSubject';
import type { DiagnosisRecord } from '../../shared/diagnosis';

export interface Subject {
  readonly of: DiagnosisRecord['of'];
  /** In words, for a heading. */
  readonly title: string;
  readonly runDir: string | undefined;
  /** In closed form where there is one; else an executor evaluates the target. */
  readonly field: ScoreField | undefined;
  /** The density as a graph: what Stein tests and samplers need. */
  readonly target: Target | undefined;
  /** What the log normaliser is bracketed of; undefined where the density is normalised as it is. */
  readonly unnormalised: Target | undefined;
  readonly source: DataSource | undefined;
  /** The beta and m of a fit; what is left out is advised. */
  readonly bridging: { readonly beta?: number; readonly mixing?: ResolvedMixing };
  /** Whether it is the density of a run whose objective bridges, and so sees the weights. */
  readonly bridged: boolean;
  /** Mass that the run's correction clamped; undefined where nothing was corrected. */
  readonly negativeMass: number | undefined;
  readonly notes: readonly string[];
}

export interface SubjectOptions {
  /** Absolute path of the energy file. */
  readonly file: string;
  readonly seed: number;
  /** A run directory whose fitted density is meant. */
  readonly run?: string;
}

async function energySubject(traced: TracedEnergy, options: SubjectOptions): Promise<Subject> {
  const model = modelOf(traced);
  if (!('energy' in model)) throw new TypeError('a score network has no energy');
  const source = traced.data ? await sourceOf(traced.data, traced, 2, options) : undefined;
  const mixing = traced.mixing && source && mixingFor(traced, source);
  const target: Target = { dim: traced.dim, logDensity: (x) => neg(model.energy(x, [])) };
  return {
    of: 'energy',
    title: 'its density',
    runDir: undefined,
    field: undefined,
    target,
    unnormalised: target,
    source,
    bridging: { ...(mixing && { mixing }), ...(traced.fit.beta !== undefined && { beta: traced.fit.beta }) },
    bridged: false,
    negativeMass: undefined,
    notes: [],
  };
}

/**
 * The density that a diagnosis of an energy is about: that of the given run; of an energy without parameters its own; else that of its
 * latest finished run, or where nothing was fitted yet the data's own, which an objective has to see.
 * @throws EnergyFileError, DataError or RunError where there is no such density
 */
export async function subjectOf(traced: TracedEnergy, options: SubjectOptions): Promise<Subject> {
  const { file, run } = options;
  if (traced.network === 'score')
    throw new EnergyFileError(
      'argument',
      `"${traced.name}" is a score network, which has no density to diagnose; diagnose an energy.`,
      traced.source,
    );
  if (run !== undefined) return runSubject(traced, readRun(resolve(run)), options, []);
  if (traced.params.length === 0) return energySubject(traced, options);
  const latest = latestRunOf(file, traced.name, ({ result }) => result !== null && result.logZ !== null);
  if (latest) return runSubject(traced, latest, options, [`the latest finished run of ${traced.name}; choose another with --run`]);
  const known = await dataSubject(traced, options);
  if (known) return known;
  throw new EnergyFileError(
    'argument',
    `"${traced.name}" has parameters and no finished run, and the density of its data is not known; fit it first: unblind fit.`,
    traced.source,
  );
}
