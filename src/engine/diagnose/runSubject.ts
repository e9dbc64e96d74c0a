import { RunError } from '../../runs/runError';
import type { Run } from '../../runs/runReader';
import type { TracedEnergy } from '../../energy/traced';
import { objectives } from '../../objectives/objectives';
import { prepareFit } from '../fit/prepare';
import { modelTarget } from '../modelTarget';
import { mixingFor } from './mixingFor';
import type { Subject, SubjectOptions } from './subject';

/** The fitted, corrected density of a run. Throws RunError where the run is another energy's or has no density. */
export async function runSubject(traced: TracedEnergy, run: Run, { file }: SubjectOptions, notes: readonly string[]): Promise<Subject> {
  const { record, result, directory } = run;
  if (record.energy !== traced.name)
    throw new RunError(
      'unsupported',
      `The run ${directory} is of ${record.energy}, not of ${traced.name}; choose another run or --energy.`,
    );
  const problem = await prepareFit(traced, { file, seed: record.seed, overrides: record.settings });
  const { density, unnormalised } = modelTarget(problem, run);
  const mixing = mixingFor(traced, problem.source);
  const corrected = objectives[record.objective].models === 'bridged';
  return {
    of: 'run',
    title: `the ${corrected ? 'corrected ' : ''}density that ${record.objective} fitted, seed ${record.seed}`,
    runDir: directory,
    field: undefined,
    target: density,
    unnormalised,
    source: problem.source,
    bridging: { beta: record.settings.beta, ...(mixing && { mixing }) },
    bridged: objectives[record.objective].bridged,
    negativeMass: result?.negativeMass ?? undefined,
    notes,
  };
}
