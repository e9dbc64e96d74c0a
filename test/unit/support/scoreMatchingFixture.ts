import { gradient } from '../../../src/graph/differentiate';
import { type ActivationFunction, type Node, type Shape } from '../../../src/graph/graph';
import { activation, add, matMul, squeeze, sum } from '../../../src/graph/ops';
import { createGraph } from '../../../src/graph/table';
import { gradientAndLaplacian } from '../../../src/objectives/scoreMatching';
import { lossAndGradient, type Model } from '../../../src/objectives/trainingStep';
import { defaultFitSettings } from '../../../src/shared/settings';
import fixture from '../../fixtures/scoreMatching.json';

export const fixtureActivations = ['softplus', 'tanh', 'swish', 'elu'] as const satisfies readonly ActivationFunction[];

const shapes: readonly Shape[] = [[2, 4], [4], [4, 4], [4], [4, 1], [1]];

/** The network of the fixture: 2-4-4-1. */
function model(fn: ActivationFunction): Model {
  return {
    dim: 2,
    paramShapes: shapes,
    energy(x, params) {
      let h = x;
      for (let layer = 0; layer < 3; layer++) {
        h = add(matMul(h, params[2 * layer]!), params[2 * layer + 1]!);
        if (layer < 2) h = activation(fn, h);
      }
      return squeeze(h, [1]);
    },
  };
}

function parameters(flat: Node): Node[] {
  let begin = 0;
  return shapes.map((shape) => {
    const size = shape.reduce((a, b) => a * b, 1);
    const part = flat.graph.emit('reshape', [flat.graph.emit('slice', [flat], { begin: [begin], size: [size] })], { shape });
    begin += size;
    return part;
  });
}

/** Quantities of the fixture, in the order of the outputs of `fixtureProgram`, for each activation. */
export const quantities = ['energy', 'grad_x', 'laplacian', 'loss', 'grad_params'] as const;

/** Exact score matching of the fixture's network by the code that trains, for all activations: five outputs each. */
export function fixtureProgram(): { inputs: Node<'input'>[]; outputs: Node[]; values: number[][] } {
  const graph = createGraph();
  const flat = graph.input('params', [shapes.reduce((n, shape) => n + shape.reduce((a, b) => a * b, 1), 0)]);
  const x = graph.input('x', [fixture.x.length, 2]);
  const outputs = fixtureActivations.flatMap((fn) => {
    const settings = { ...defaultFitSettings, objective: 'fisher' as const };
    const { loss, gradient: slope } = lossAndGradient(
      graph,
      flat,
      { x, noise: undefined, levels: undefined },
      {
        model: model(fn),
        settings,
        mixingLogDensity: () => x,
        sigma: [],
      },
    );
    const energyOf = (rows: Node): Node => model(fn).energy(rows, parameters(flat));
    const energy = energyOf(x);
    const [gradX] = gradient(sum(energy), [x]);
    return [energy, gradX!, gradientAndLaplacian(energyOf, x).laplacian, loss, slope];
  });
  return { inputs: [flat, x], outputs, values: [fixture.params.flat(2), fixture.x.flat()] };
}

/** The independent numbers, in the order of `fixtureProgram`'s outputs. */
export function fixtureValues(): number[][] {
  return fixtureActivations.flatMap((fn) => {
    const { energy, grad_x: gradX, laplacian, loss, grad_params: gradParams } = fixture.by_activation[fn];
    return [energy, gradX.flat(), laplacian, [loss], gradParams.flat(2)];
  });
}
