import { formatFixed, formatNumber, formatSeconds, formatSmall, formatWithError } from '../../shared/plot/numberFormat';
import type { Run } from '../runReader';
import { worstMode } from '../../shared/modeWeights';

/** One figure of a run: what it is, and its value as text; null where the run does not have it. */
export interface KeyFigure {
  readonly name: string;
  readonly value: string | null;
}

const resultNames = [
  'KL',
  'Largest weight error',
  'Negative mass',
  'log Z',
  'Mass on the grid',
  'Score error, data and box',
  'Final loss',
  'Steps',
  'Time',
  'Steps per second',
] as const;

/** The figures that say how a fit went, always in the same order, so that runs can be put side by side. */
export function keyFigures(run: Run): KeyFigure[] {
  const { result, record } = run;
  const settled = [
    { name: 'Executor', value: record.executor },
    { name: 'Seed', value: String(record.seed) },
  ];
  if (result === null) return [...resultNames.map((name) => ({ name, value: null })), ...settled];
  const { kl, klStdErr, negativeMass, logZ, logZStdErr, gridMass, scoreError } = result;
  const worst = worstMode(result.modes);
  const values: Readonly<Record<(typeof resultNames)[number], string | null>> = {
    KL: kl === null ? null : klStdErr === null ? formatSmall(kl) : formatWithError(kl, klStdErr),
    'Largest weight error': worst === null ? null : formatSmall(worst.error),
    'Negative mass': negativeMass === null ? null : formatSmall(negativeMass),
    'log Z': logZ === null ? null : formatWithError(logZ, logZStdErr),
    'Mass on the grid': gridMass === null ? null : formatFixed(gridMass, 4),
    'Score error, data and box': scoreError ? `${formatSmall(scoreError.data)} and ${formatNumber(scoreError.box)}` : null,
    'Final loss': formatNumber(result.finalLoss, 4),
    Steps: formatFixed(result.steps, 0),
    Time: formatSeconds(result.seconds),
    'Steps per second': formatNumber(result.stepsPerSecond),
  };
  return [...resultNames.map((name) => ({ name, value: values[name] })), ...settled];
}
