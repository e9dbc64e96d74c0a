/** The lines of the Diagnostics view: what is known of an energy and its last run, one sentence each. */

import type { CheckLineMessage, Frame, LossPoints, RunEnd, RunInfo } from '../shared/protocol';
import { judgeConvergence } from './convergence';
import { judgeModes } from './modeJudgement';
import { percent, shortNumber } from './numbers';
import type { Translate } from './translate';

export type ItemStatus = 'pass' | 'warn' | 'fail' | 'info' | 'unknown';

export interface DiagnosticItem {
  /** Stays the same from one look to the next. */
  readonly id: string;
  readonly label: string;
  readonly status: ItemStatus;
  readonly sentence: string;
  /** Further lines for the hover. */
  readonly details: readonly string[];
  /** Where a click goes. */
  readonly target: 'panel' | 'code' | 'diagnosis' | 'advisedFit' | 'sample';
  /** Weight of the data in the fit that is advised. */
  readonly beta?: number | undefined;
}

/** What the lines are made from; each part may be unknown. */
export interface DiagnosticFacts {
  readonly checkLines: readonly CheckLineMessage[];
  readonly info: Pick<RunInfo, 'executor' | 'executorDetail' | 'objective'> | undefined;
  readonly points: LossPoints | undefined;
  readonly running: boolean;
  readonly frame: Pick<Frame, 'kl' | 'logZ' | 'logZStdErr' | 'negativeMass' | 'modes'> | undefined;
  readonly end: RunEnd | undefined;
  readonly notes: readonly string[];
}

/** Own choice: above this the normaliser is too uncertain for a KL of a few hundredths. */
const fineLogZError = 0.05;
/** Own choice, as in the report: more clamped mass than this makes the density doubtful. */
const fineNegativeMass = 0.01;
const highNegativeMass = 0.05;

type Maker = (facts: DiagnosticFacts, t: Translate) => Omit<DiagnosticItem, 'id'> | undefined;

/** In the order of the view. A line that cannot be said yet is left out. */
const makers: Readonly<Record<string, Maker>> = { end, gradients, executor, convergence, weights, spurious, kl, logZ, negativeMass, notes };

/** Lines that a run changes while it goes on. */
const measured = new Set(['weights', 'spurious', 'kl', 'logZ', 'negativeMass']);

export function diagnosticItems(facts: DiagnosticFacts, t: Translate): DiagnosticItem[] {
  return Object.entries(makers).flatMap(([id, make]) => {
    const item = make(facts, t);
    if (item === undefined) return [];
    // What is not right yet is not wrong yet.
    return [{ id, ...item, status: facts.running && measured.has(id) && item.status !== 'pass' ? 'info' : item.status }];
  });
}

function end(facts: DiagnosticFacts, t: Translate): Omit<DiagnosticItem, 'id'> | undefined {
  if (facts.end === undefined || facts.end.kind === 'done' || facts.end.kind === 'stopped') return undefined;
  return {
    label: t('Run'),
    status: 'fail',
    sentence: facts.end.message,
    details: [],
    target: facts.end.kind === 'bad-input' ? 'code' : 'panel',
  };
}

function gradients({ checkLines }: DiagnosticFacts, t: Translate): Omit<DiagnosticItem, 'id'> | undefined {
  if (checkLines.length === 0) return undefined;
  const label = t('Gradients');
  const details = checkLines.map(({ name, text }) => `${name}: ${text}`);
  const worst = checkLines.find(({ status }) => status === 'fail') ?? checkLines.find(({ status }) => status === 'warn');
  if (worst !== undefined) return { label, status: worst.status, sentence: `${worst.name}: ${worst.text}`, details, target: 'code' };
  return { label, status: 'pass', sentence: t('all right'), details, target: 'code' };
}

function executor({ info }: DiagnosticFacts, t: Translate): Omit<DiagnosticItem, 'id'> | undefined {
  if (info === undefined) return undefined;
  return { label: t('Executor'), status: 'info', sentence: `${info.executor}, ${info.executorDetail}`, details: [], target: 'panel' };
}

function convergence({ points, running }: DiagnosticFacts, t: Translate): Omit<DiagnosticItem, 'id'> | undefined {
  if (points === undefined || points.steps.length === 0) return undefined;
  const label = t('Convergence');
  const { status, change, stdErr } = judgeConvergence(points);
  const loss = t('loss {0}', shortNumber(points.losses.at(-1) ?? Number.NaN));
  const details = Number.isFinite(change)
    ? [t('change over the last fifth of the steps: {0} ± {1}', shortNumber(change), shortNumber(stdErr))]
    : [];
  const line = (itemStatus: ItemStatus, sentence: string) => ({ label, status: itemStatus, sentence, details, target: 'panel' as const });
  if (running) return line('info', t('running'));
  switch (status) {
    case 'settled':
      return line('pass', t('settled; {0}', loss));
    case 'falling':
      return line('warn', t('still falling: more steps; {0}', loss));
    case 'rising':
      return line('warn', t('rising: lower the learning rate; {0}', loss));
    case 'stuck':
      return line(
        'fail',
        t('the gradient is exactly zero: dead or saturated activations; lower the learning rate or take swish; {0}', loss),
      );
    case 'unknown':
      return line('info', t('too few steps to tell; {0}', loss));
  }
}

function weights({ frame }: DiagnosticFacts, t: Translate): Omit<DiagnosticItem, 'id'> | undefined {
  if (frame === undefined || frame.modes.length < 2) return undefined;
  const label = t('Weights');
  const { status, error, worst } = judgeModes(frame.modes);
  const details = frame.modes.map((mode) => t('{0}: model {1}, data {2}', mode.label, percent(mode.weight), percent(mode.dataWeight)));
  const sentence =
    status === 'pass'
      ? t('within {0} of the data', shortNumber(Math.max(error, 0.001)))
      : t('{0}: {1}, data {2}', worst?.label ?? '?', percent(worst?.weight ?? 0), percent(worst?.dataWeight ?? 0));
  return { label, status, sentence, details, target: 'panel' };
}

function spurious({ frame }: DiagnosticFacts, t: Translate): Omit<DiagnosticItem, 'id'> | undefined {
  if (frame === undefined || frame.modes.length === 0) return undefined;
  const label = t('Modes');
  const { spurious: extra, missed } = judgeModes(frame.modes);
  const said = [
    ...extra.map((mode) => t('{0} is not in the data ({1} of the mass)', mode.label, percent(mode.weight))),
    ...missed.map((mode) => t('{0} is missed ({1} of the data)', mode.label, percent(mode.dataWeight))),
  ];
  if (said.length === 0) return { label, status: 'pass', sentence: t('none spurious, none missed'), details: [], target: 'panel' };
  return { label, status: 'fail', sentence: said[0]!, details: said, target: 'panel' };
}

function kl({ frame }: DiagnosticFacts, t: Translate): Omit<DiagnosticItem, 'id'> | undefined {
  if (frame?.kl == null || Number.isNaN(frame.kl)) return undefined;
  const status = frame.kl <= 0.02 ? 'pass' : frame.kl <= 0.1 ? 'warn' : 'fail';
  return {
    label: t('KL'),
    status,
    sentence: t('{0} nats', shortNumber(frame.kl)),
    details: [t('Kullback-Leibler divergence from the data to the model')],
    target: 'panel',
  };
}

function logZ({ frame }: DiagnosticFacts, t: Translate): Omit<DiagnosticItem, 'id'> | undefined {
  if (frame?.logZ == null || Number.isNaN(frame.logZ)) return undefined;
  const { logZStdErr: error } = frame;
  const known = Number.isFinite(error) && error > 0;
  const sentence = known ? `${shortNumber(frame.logZ)} ± ${shortNumber(error)}` : shortNumber(frame.logZ);
  const status = !Number.isFinite(frame.logZ) ? 'fail' : known && error > fineLogZError ? 'warn' : 'pass';
  return { label: t('log Z'), status, sentence, details: [], target: 'panel' };
}

function negativeMass({ frame }: DiagnosticFacts, t: Translate): Omit<DiagnosticItem, 'id'> | undefined {
  if (frame?.negativeMass == null || Number.isNaN(frame.negativeMass)) return undefined;
  const { negativeMass: mass } = frame;
  const status = mass <= fineNegativeMass ? 'pass' : mass <= highNegativeMass ? 'warn' : 'fail';
  const sentence = status === 'pass' ? shortNumber(mass) : t('{0}: train longer or raise beta', shortNumber(mass));
  return { label: t('Negative mass'), status, sentence, details: [t('mass that the correction had to clamp at zero')], target: 'panel' };
}

function notes({ notes: said }: DiagnosticFacts, t: Translate): Omit<DiagnosticItem, 'id'> | undefined {
  if (said.length === 0) return undefined;
  return { label: t('Notes'), status: 'warn', sentence: said[0]!, details: said, target: 'panel' };
}
