import type { FitSettings } from '../../../src/shared/settings';

export interface PlainState {
  readonly params: number[];
  readonly firstMoment: number[];
  readonly secondMoment: number[];
  readonly average: number[];
}

/**
 * Adam (Kingma and Ba 2015, algorithm 1) with decoupled weight decay (Loshchilov and Hutter 2019, algorithm 2), clipping of the
 * whole gradient to a norm, and a moving average with decay min(ema, t / (10 + t)). One gradient a step; written from the papers.
 */
export function plainAdam(start: readonly number[], gradients: readonly (readonly number[])[], settings: FitSettings): PlainState {
  const [beta1, beta2, epsilon] = [0.9, 0.999, 1e-8];
  const params = [...start];
  const average = [...start];
  const firstMoment = start.map(() => 0);
  const secondMoment = start.map(() => 0);
  gradients.forEach((gradient, step) => {
    const t = step + 1;
    const norm = Math.hypot(...gradient);
    const shrink = settings.clip > 0 && norm > settings.clip ? settings.clip / norm : 1;
    const rate =
      settings.schedule === 'cosine'
        ? (settings.learningRate * (1 + Math.cos((Math.PI * step) / settings.steps))) / 2
        : settings.learningRate;
    const decay = settings.ema > 0 ? Math.min(settings.ema, t / (10 + t)) : 0;
    gradient.forEach((raw, i) => {
      const g = raw * shrink;
      firstMoment[i] = beta1 * firstMoment[i]! + (1 - beta1) * g;
      secondMoment[i] = beta2 * secondMoment[i]! + (1 - beta2) * g * g;
      const unbiased = firstMoment[i] / (1 - beta1 ** t);
      const scale = Math.sqrt(secondMoment[i] / (1 - beta2 ** t)) + epsilon;
      params[i] = params[i]! - rate * settings.weightDecay * params[i]! - (rate * unbiased) / scale;
      average[i] = decay * average[i]! + (1 - decay) * params[i];
    });
  });
  return { params, firstMoment, secondMoment, average };
}
