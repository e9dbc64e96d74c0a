/** Tests of samples that say where they misfit, and whether the density would share them out over its modes differently. */

import type { Target } from '../../data/target';
import { DiagnoseError } from '../../diagnose/diagnoseError';
import { modesAt } from '../../diagnose/modes/modesAt';
import type { ModeSurvey } from '../../diagnose/modes/surveyModes';
import { fssd } from '../../diagnose/stein/fssd';
import { ModelRows } from '../../diagnose/stein/modelRows';
import { largestWitness } from '../../diagnose/stein/steinWitness';
import type { Executor } from '../../executors/executor';
import { SamplerError } from '../../samplers/samplerError';
import { temperingTest } from '../../samplers/temperingTest';
import type { FssdRecord, TemperingRecord } from '../../shared/diagnosis';
import { showsMisfit } from '../../shared/misfit';
import type { Random } from '../../shared/random';
import { someRows } from './steinTests';
import type { Watch } from './watch';

/** Own choices, for tests of about a second: rows, places to look at, and places times dimensions, whose cube FSSD takes. */
const [fssdRows, mostPlaces, mostFeatures] = [4000, 5, 200];
/** Samples at which it is looked for the largest misfit. Own choice. */
const candidates = 400;
/** Own choices: as many steps in all as the particles of the basins take. */
const [temperedRows, rounds, steps] = [500, 4, 75];
/** Step of MALA in squares of the narrowest width of a mode. Own choice: most proposals are accepted. */
const firstStep = 0.3;
/** Barriers are heated down to this height, but not below the coolest and hottest. Own choices. */
const [passable, coolest, hottest] = [1, 0.5, 0.02];

/** FSSD of samples [n, dim]; a sentence instead where it cannot be had. */
export async function fssdTest(target: Target, executor: Executor, samples: Float64Array, random: Random): Promise<FssdRecord | string> {
  const { dim } = target;
  if (dim > mostFeatures) return `no FSSD test: it is made in at most ${mostFeatures} dimensions, not in ${dim}`;
  const rows = someRows(samples, dim, fssdRows, random.split('rows'));
  try {
    const places = Math.min(mostPlaces, Math.floor(mostFeatures / dim));
    const { statistic, pValue, locations, bandwidth } = await fssd(executor, target, rows, random.split('fssd'), { locations: places });
    const looked: FssdRecord = { statistic, pValue, rows: rows.length / dim, locations: locations.map(({ at }) => at) };
    if (!showsMisfit(looked)) return looked;
    return { ...looked, locations: await misfitPlaces(executor, { target, rows, bandwidth, looked: looked.locations, random }) };
  } catch (error) {
    if (error instanceof DiagnoseError) return `no FSSD test: ${error.message}`;
    throw error;
  }
}

/**
 * Where the features are largest, at the test's bandwidth, of the places where it looked and of some of the samples. The test's own
 * locations are those of the most power, which may lie in tails that few samples reach.
 */
async function misfitPlaces(
  executor: Executor,
  of: { target: Target; rows: Float64Array; bandwidth: number; looked: FssdRecord['locations']; random: Random },
): Promise<FssdRecord['locations']> {
  const { target, rows, bandwidth, looked, random } = of;
  const { dim } = target;
  const some = someRows(rows, dim, candidates, random.split('candidates'));
  const starts = Array.from({ length: some.length / dim }, (_, i) => Array.from(some.subarray(i * dim, (i + 1) * dim)));
  const model = await ModelRows.create(executor, target, rows.length / dim);
  try {
    const scores = await model.scores(rows);
    return largestWitness({ dim, points: rows, scores }, bandwidth, [...looked, ...starts], mostPlaces);
  } finally {
    await model.dispose();
  }
}

/** The inverse temperature at which the highest barrier can be passed. */
function inverseTemperature({ barriers }: ModeSurvey): number {
  const highest = barriers.reduce((most, { height }) => Math.max(most, height), 0);
  return Math.min(coolest, Math.max(hottest, passable / highest));
}

/**
 * The tempering test of independent samples [n, dim] of two or more modes; a sentence instead where samplers cannot start at them.
 */
export async function temperingOf(
  { target, executor, watch, seed }: { target: Target; executor: Executor; watch: Watch; seed: number },
  survey: ModeSurvey,
  samples: Float64Array,
  random: Random,
): Promise<TemperingRecord | string> {
  const data = someRows(samples, target.dim, temperedRows, random.split('rows'));
  const narrowest = survey.components.std.reduce((a, b) => Math.min(a, b), Infinity);
  const heat = inverseTemperature(survey);
  const problem = {
    ...{ executor, target, data, seed, modes: survey.modes.length },
    modeOf: (rows: Float64Array) => modesAt(survey, rows),
    turn: () => watch.turn(),
  };
  try {
    const found = await temperingTest(problem, { hottest: heat, steps, rounds, stepSize: firstStep * narrowest ** 2 });
    const { before, after, moved, acceptance, pValue } = found;
    return { before, after, moved, acceptance, hottest: heat, pValue, rows: data.length / target.dim };
  } catch (error) {
    if (error instanceof SamplerError) return `no tempering test: ${error.message}`;
    throw error;
  }
}
