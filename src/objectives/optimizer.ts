import type { Node } from '../graph/graph';
import { add, div, maximum, mul, sliceAxis, sqrt, square, sub, sum } from '../graph/ops';
import type { FitSettings } from '../shared/settings';

const beta1 = 0.9;
const beta2 = 0.999;
const epsilon = 1e-8;

/** Numbers that change from step to step, as the schedule input of the training step: see `scheduleOf`. */
export const scheduleLength = 4;

/** Learning rate of a step (counted from 0). */
export function learningRateAt(settings: FitSettings, step: number): number {
  if (settings.schedule === 'constant') return settings.learningRate;
  return 0.5 * settings.learningRate * (1 + Math.cos((Math.PI * step) / settings.steps));
}

/**
 * [rate / (1 - beta1^t), 1 / sqrt(1 - beta2^t), rate * weight decay, 1 - EMA decay] of a step (counted from 0, t = step + 1).
 * The EMA's decay grows with the step up to its setting, so that early parameters are forgotten.
 */
export function scheduleOf(settings: FitSettings, step: number): readonly [number, number, number, number] {
  const t = step + 1;
  const rate = learningRateAt(settings, step);
  const decay = settings.ema === 0 ? 0 : Math.min(settings.ema, t / (10 + t));
  return [rate / (1 - beta1 ** t), 1 / Math.sqrt(1 - beta2 ** t), rate * settings.weightDecay, 1 - decay];
}

export interface OptimizerState {
  readonly params: Node;
  readonly firstMoment: Node;
  readonly secondMoment: Node;
  readonly average: Node;
}

/**
 * One step of Adam (Kingma and Ba 2015) with decoupled weight decay (Loshchilov and Hutter 2019), clipping by the global
 * norm, and an exponential moving average. All vectors are flat, [P]; `schedule` is [scheduleLength].
 */
export function adamStep(
  state: OptimizerState,
  gradient: Node,
  schedule: Node,
  clip: number,
): { next: OptimizerState; gradientNorm: Node } {
  const at = (i: number): Node => sliceAxis(schedule, 0, i, 1);
  const gradientNorm = sqrt(sum(square(gradient)));
  const g = clip > 0 ? mul(gradient, div(clip, maximum(gradientNorm, clip))) : gradient;
  const firstMoment = add(mul(state.firstMoment, beta1), mul(g, 1 - beta1));
  const secondMoment = add(mul(state.secondMoment, beta2), mul(square(g), 1 - beta2));
  const update = div(mul(firstMoment, at(0)), add(mul(sqrt(secondMoment), at(1)), epsilon));
  const decayed = sub(state.params, mul(state.params, at(2)));
  const params = sub(decayed, update);
  const average = add(state.average, mul(sub(params, state.average), at(3)));
  return { next: { params, firstMoment, secondMoment, average }, gradientNorm };
}
