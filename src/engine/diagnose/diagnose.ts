/** The blindness report of an energy, a run of it, or its data: one way for the command line and the editor. */

import { dirname } from 'node:path';
import { readData } from '../../data/readers/readTable';
import type { FileDataSpec } from '../../data/spec';
import { openTargetField } from '../../diagnose/fields/targetField';
import type { ScoreField } from '../../diagnose/fields/scoreField';
import { blindnessReport } from '../../diagnose/report/blindnessReport';
import { regionOf } from '../../diagnose/modes/region';
import { type Measured, measure } from '../../diagnose/report/measure';
import type { BlindnessInput } from '../../diagnose/report/reportTypes';
import type { DiagnosisFigures, DiagnosisRecord, ReportLine } from '../../shared/diagnosis';
import { resample } from '../../diagnose/points';
import type { TracedEnergy } from '../../energy/traced';
import type { ExecutorChoice } from '../../executors/choose';
import type { Executor } from '../../executors/executor';
import { Random } from '../../shared/random';
import { version } from '../../shared/version';
import { checkTraced } from '../check/checkTraced';
import { openChosen } from '../openExecutor';
import { followParticles, type FollowedParticles } from './basins';
import { bracketLogZ } from './bracket';
import { acceptanceLine, correctionLine, drawsLine, gradientLine } from './extraLines';
import { BridgedFigures } from './figures';
import { fssdTest, temperingOf } from './misfitTests';
import { nextStep, reportRecord } from './record';
import { someRows, steinTests } from './steinTests';
import { type Subject, type SubjectOptions, subjectOf } from './subject';
import { type DiagnoseHooks, Watch } from './watch';

export interface DiagnoseOptions extends SubjectOptions {
  /** A file of samples that stand in for the energy's data; its path is absolute. */
  readonly samples?: FileDataSpec;
  /** Weight of the data in the bridged density; else the fit's, or the advised one. */
  readonly beta?: number;
  readonly executor: ExecutorChoice;
  /** Whether to compute what a page draws. */
  readonly figures?: boolean;
  readonly hooks?: DiagnoseHooks;
}

export interface Diagnosis {
  readonly record: DiagnosisRecord;
  /** Undefined where they were not asked for. */
  readonly figures: DiagnosisFigures | undefined;
  /** The figures with other bridges; undefined where they were not asked for, and where there is nothing to tilt. */
  readonly bridges: BridgedFigures | undefined;
}

/** Rows of data that are compared with the density. */
const comparedRows = 10_000;
/** Particles of Langevin dynamics, and of the way to the normaliser. */
const [followed, bracketing] = [500, 2000];
/** Deviation of a start all over, in those of the density. */
const wideness = 2;
const fewestSamples = 2;
/** Modes of a corrected density up to this weight are what the correction left over. Own choice: the same as for spurious modes. */
const fittedNoise = 0.01;

interface Parts {
  readonly traced: TracedEnergy;
  readonly subject: Subject;
  readonly options: DiagnoseOptions;
  readonly executor: Executor;
  readonly field: ScoreField;
  readonly data: Float64Array | undefined;
  readonly random: Random;
  readonly watch: Watch;
}

async function rowsFor(traced: TracedEnergy, { samples, file }: DiagnoseOptions, { source }: Subject): Promise<Float64Array | undefined> {
  if (!samples) return source?.overview(comparedRows);
  return (await readData(samples, { directory: dirname(file), dim: traced.dim, minRows: fewestSamples })).values;
}

/** Draws of the density, as far as its weights are known: else there are none. */
function drawsOf({ random, field: { dim } }: Parts, { survey }: Measured, count: number): Float64Array | undefined {
  if (!survey?.reliable) return undefined;
  const { points, mass } = survey.cloud;
  return resample(points.points, dim, mass, count, random.split('draws'));
}

/** Particles all over: of a Gaussian with the mean of rows [n, dim] and twice their deviation. */
function wideStart(rows: Float64Array, dim: number, random: Random): Float64Array {
  const { center, scale } = regionOf(rows, dim);
  const wide = new Float64Array(rows.length);
  random.fillNormal(wide);
  return wide.map((z, i) => center[i % dim]! + wideness * scale[i % dim]! * z);
}

async function particlesOf(parts: Parts, measured: Measured): Promise<FollowedParticles | undefined> {
  const { subject, field, executor, options, watch, data, random } = parts;
  const { survey } = measured;
  if (!subject.target || !survey || survey.modes.length < 2) return undefined;
  const draws = data ? undefined : drawsOf(parts, measured, followed);
  const start = data
    ? someRows(data, field.dim, followed, random.split('starts'))
    : draws && wideStart(draws, field.dim, random.split('wide'));
  if (!start) return undefined;
  watch.stage('following particles');
  return followParticles({ field, target: subject.target, executor, watch }, survey, start, options.seed);
}

async function logZOf(parts: Parts, measured: Measured): Promise<BlindnessInput['logZ']> {
  const { subject, field, executor, options, watch, data, random } = parts;
  const draws = drawsOf(parts, measured, bracketing);
  // Importance draws may leave tails out.
  const known = draws && field.dim > 2 ? wideStart(draws, field.dim, random.split('wide')) : draws;
  const start = known ?? (data && someRows(data, field.dim, bracketing, random.split('starts')));
  if (!subject.unnormalised || !start) return undefined;
  watch.stage('normaliser');
  return bracketLogZ(subject.unnormalised, executor, start, options.seed, watch);
}

/** Where samples misfit, and what heating makes of their shares; what could not be tested has a sentence in `notes`. */
async function misfitsOf(parts: Parts, { survey }: Measured, notes: string[]): Promise<Pick<BlindnessInput, 'fssd' | 'tempering'>> {
  const { subject, executor, options, watch, data, random } = parts;
  const { target } = subject;
  if (!target || !data) return {};
  const fssd = await fssdTest(target, executor, data, random.split('fssd'));
  if (typeof fssd === 'string') notes.push(fssd);
  const located = typeof fssd === 'string' ? {} : { fssd };
  if (!survey || survey.modes.length < 2) return located;
  watch.stage('tempering');
  const tempering = await temperingOf({ target, executor, watch, seed: options.seed }, survey, data, random.split('tempering'));
  if (typeof tempering === 'string') notes.push(tempering);
  return { ...located, ...(typeof tempering !== 'string' && { tempering }) };
}

async function diagnosed(parts: Parts): Promise<{ diagnosis: Omit<Diagnosis, 'record'>; record: Omit<DiagnosisRecord, 'seconds'> }> {
  const { traced, subject, options, executor, field, data, random, watch } = parts;
  const bridging = { ...subject.bridging, ...(options.beta !== undefined && { beta: options.beta }) };
  const own = options.samples && subject.source?.overview(comparedRows);
  const measured = await measure(field, {
    random: random.split('measure'),
    bridging,
    // Samples may all be in one mode: the energy's own data say where to look.
    ...(own && { region: regionOf(own, field.dim) }),
    smallestWeight: subject.negativeMass === undefined ? 0 : fittedNoise,
    ...(data && { data }),
    onStage: (stage) => {
      watch.stage(stage);
    },
  });
  const particles = await particlesOf(parts, measured);
  const notes = [...subject.notes];
  let tests;
  if (subject.target && data) {
    watch.stage('Stein tests');
    tests = await steinTests(subject.target, executor, data, random.split('stein'), watch);
    if (typeof tests === 'string') notes.push(tests);
  }
  const found = typeof tests === 'object' ? tests : undefined;
  const misfits = await misfitsOf(parts, measured, notes);
  const logZ = await logZOf(parts, measured);
  watch.stage('checking derivatives');
  const checks = await checkTraced(traced, options.file, options.seed);
  const rows = options.samples && data ? data.length / field.dim : (subject.source?.rows ?? undefined);
  const input: BlindnessInput = {
    ...measured.input,
    fixed: subject.of === 'energy',
    rows,
    ...(particles && { basins: particles }),
    ...found,
    ...misfits,
    ...(logZ && { logZ }),
  };
  const report = blindnessReport(input);
  const extra: (ReportLine | undefined)[] = [
    measured.survey && field.dim > 2 ? drawsLine(measured.survey.cloud.effective) : undefined,
    particles && acceptanceLine(particles.acceptance),
    subject.negativeMass === undefined ? undefined : correctionLine(subject.negativeMass),
    gradientLine(checks),
  ];
  const lines = [...report.lines, ...extra.filter((line) => line !== undefined)];
  if (options.figures) watch.stage('drawing figures');
  const bridges = options.figures ? await BridgedFigures.open(field, measured) : undefined;
  const figures = options.figures ? (bridges?.figures() ?? { curves: null, pictures: null }) : undefined;
  return {
    diagnosis: { figures, bridges },
    record: {
      format: 1,
      file: options.file,
      energy: traced.name,
      of: subject.of,
      subject: subject.title,
      runDir: subject.runDir ?? null,
      rows: rows ?? null,
      seed: options.seed,
      executor: executor.id,
      unblind: version,
      ...reportRecord(input, report),
      next: nextStep(report, lines, subject.bridged),
      ksd: found?.ksd ?? null,
      perturbedKsd: found?.perturbedKsd ?? null,
      fssd: misfits.fssd ?? null,
      tempering: misfits.tempering ?? null,
      basins: particles ? { predicted: particles.predicted, actual: particles.actual, particles: particles.particles } : null,
      lines,
      notes,
    },
  };
}

/**
 * Diagnoses an energy. Throws EnergyFileError, DataError, RunError or ExecutorError for what the user can mend, and the reason of the
 * hooks' signal where it is aborted.
 */
export async function diagnose(traced: TracedEnergy, options: DiagnoseOptions): Promise<Diagnosis> {
  const started = performance.now();
  const watch = new Watch(options.hooks ?? {});
  watch.stage('loading data');
  const subject = await subjectOf(traced, options);
  const data = await rowsFor(traced, options, subject);
  const executor = await openChosen(options.executor);
  try {
    const opened = subject.target && !subject.field ? await openTargetField(subject.target, executor) : undefined;
    const plain = subject.field ?? opened;
    if (!plain) throw new TypeError('a subject has a field or a target');
    const field = watch.field(plain);
    const random = new Random(options.seed).split('diagnose');
    try {
      const { diagnosis, record } = await diagnosed({ traced, subject, options, executor, field, data, random, watch });
      return { ...diagnosis, record: { ...record, seconds: (performance.now() - started) / 1000 } };
    } finally {
      await opened?.dispose();
    }
  } finally {
    await executor.dispose();
  }
}
