/** Whether a loss curve has settled: its last fifth against the fifth before. */

import type { LossPoints } from '../shared/protocol';

export interface Convergence {
  /** 'stuck': no parameter has moved the loss in the last fifth. */
  readonly status: 'settled' | 'falling' | 'rising' | 'stuck' | 'unknown';
  /** Mean of the last fifth less that of the fifth before, and the standard error of that difference. */
  readonly change: number;
  readonly stdErr: number;
}

/** Fewer points say nothing. */
const fewest = 20;

export function judgeConvergence({ losses, steps, gradientNorms }: LossPoints): Convergence {
  const unknown: Convergence = { status: 'unknown', change: Number.NaN, stdErr: Number.NaN };
  const last = steps.at(-1);
  if (steps.length < fewest || last === undefined) return unknown;
  const ofLastFifth = gradientNorms.filter((_, i) => steps[i]! > 0.8 * last);
  if (ofLastFifth.every((norm) => norm === 0)) return { ...unknown, status: 'stuck' };
  const part = (from: number, to: number): number[] =>
    Array.from(losses).filter((_, i) => steps[i]! > from * last && steps[i]! <= to * last && Number.isFinite(losses[i]));
  const [before, after] = [part(0.6, 0.8), part(0.8, 1)];
  if (before.length < 3 || after.length < 3) return unknown;
  const change = mean(after) - mean(before);
  const stdErr = Math.hypot(standardError(before), standardError(after));
  // A change that is small beside the whole fall is settled, however well it can be told from noise.
  const range = Math.max(...losses.filter(Number.isFinite)) - Math.min(...losses.filter(Number.isFinite));
  if (Math.abs(change) <= Math.max(3 * stdErr, 0.01 * range)) return { status: 'settled', change, stdErr };
  return { status: change < 0 ? 'falling' : 'rising', change, stdErr };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function standardError(values: readonly number[]): number {
  const centre = mean(values);
  const variance = values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1);
  return Math.sqrt(variance / values.length);
}
