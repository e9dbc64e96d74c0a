/**
 * What every contestant computes: exact score matching J = mean(|grad E|^2 / 2 - laplacian E) of a softplus network with
 * log p = -E, one Adam step after another on the same batch.
 */

import type { LoopProgram } from '../src/executors/executor';
import { activation, add, matMul, squeeze } from '../src/graph/ops';
import { type Model, trainingStep } from '../src/objectives/trainingStep';
import { defaultFitSettings, type FitSettings } from '../src/shared/settings';
import { Random } from '../src/shared/random';
import type { Size } from './sizes';

export const learningRate = 1e-3;

/** Plain Adam, as PyTorch's: no clipping, no averaging, a constant rate. */
export function settingsOf({ batch }: Size): FitSettings {
  return { ...defaultFitSettings, objective: 'fisher', batch, learningRate, schedule: 'constant', clip: 0, ema: 0 };
}

function model({ layers }: Size): Model {
  const last = layers.length - 2;
  return {
    dim: layers[0]!,
    paramShapes: layers.slice(1).flatMap((width, i) => [[layers[i]!, width], [width]]),
    energy: (x, params) => {
      let h = x;
      for (let layer = 0; layer <= last; layer++) {
        h = add(matMul(h, params[2 * layer]!), params[2 * layer + 1]!);
        if (layer < last) h = activation('softplus', h);
      }
      return squeeze(h, [1]);
    },
  };
}

/** One step of the size's problem. Its state is params, two moments and an average; its records are loss and gradient norm. */
export function problemStep(size: Size): LoopProgram {
  return trainingStep({ model: model(size), settings: settingsOf(size), mixingLogDensity: (x) => x, sigma: [] });
}

export interface InitialNumbers {
  /** Weights [in, out] and biases, layer after layer, in one vector. */
  readonly params: Float32Array;
  /** The batch, [batch, 2]. */
  readonly x: Float32Array;
}

/** The numbers that all contestants start from; the same in every run. */
export function initialNumbers({ layers, batch }: Size): InitialNumbers {
  const random = new Random(1);
  const params = layers.slice(1).flatMap((width, i) => {
    const inputs = layers[i]!;
    const scale = Math.sqrt(2 / (inputs + width));
    const weights = Array.from({ length: inputs * width }, () => scale * random.normal());
    return [...weights, ...Array.from({ length: width }, () => 0.1 * random.normal())];
  });
  const x = new Float32Array(batch * layers[0]!);
  random.fillNormal(x);
  return { params: Float32Array.from(params), x };
}
