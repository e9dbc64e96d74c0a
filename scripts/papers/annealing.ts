/** The slides' pitfall III and its cure, Figure 3 of Song and Ermon 2019: Langevin dynamics does not mix, annealed Langevin dynamics need not. */

import type { Executor } from '../../src/executors/executor';
import { densityPanel, scatter } from '../../src/runs/report/densityPanel';
import { annealedLangevin } from '../../src/samplers/annealedLangevin';
import { langevin } from '../../src/samplers/langevin';
import { mixtureTarget, noisyMixture } from '../../src/samplers/mixtureTarget';
import type { SamplerRun } from '../../src/samplers/sampler';
import { thin } from '../../src/shared/plot/statistics';
import { Random } from '../../src/shared/random';
import { gaussianMixture } from '../../src/data/builtin/gaussianMixture';
import { chart } from './curve';
import { langevinWeights } from './published';
import { claimed, compared, type Section } from './section';
import { type Piece, sheet } from './sheet';

const mixture = {
  means: [
    [5, 5],
    [-5, -5],
  ],
  std: [1],
  weights: [0.8, 0.2],
};
const [particles, steps, every, seed] = [1280, 1000, 20, 0];
/** Two standard errors of a share of 1280 particles, and what the published number is rounded to. */
const tolerance = { absolute: 0.03, why: '2 standard errors of 1280 particles, .028, and .01 of the published one' };

interface Path {
  readonly particles: Float32Array;
  /** Step and weight of the mode at (5, 5). */
  readonly weight: readonly (readonly [number, number])[];
}

/** Share of the particles that are nearer to (5, 5) than to (-5, -5). */
function shareOf(rows: ArrayLike<number>): number {
  const n = rows.length / 2;
  return (
    Array.from({ length: n }, (_, i) => ((rows[2 * i] ?? NaN) + (rows[2 * i + 1] ?? NaN) > 0 ? 1 : 0)).reduce((a: number, b) => a + b, 0) /
    n
  );
}

async function follow(run: SamplerRun): Promise<Path> {
  try {
    const weight: [number, number][] = [[0, shareOf(run.particles())]];
    while (!run.progress.done) {
      const { step } = await run.advance(every);
      weight.push([step, shareOf(run.particles())]);
    }
    return { particles: run.particles(), weight };
  } finally {
    await run.dispose();
  }
}

function cloud(title: string, rows: ArrayLike<number>): Piece {
  const points = Array.from({ length: rows.length / 2 }, (_, i) => [rows[2 * i] ?? NaN, rows[2 * i + 1] ?? NaN] as const);
  const extent = { left: -9, right: 9, bottom: -9, top: 9 };
  const overlay = scatter(thin(points, 1280), 'c-run0');
  return {
    title: `${title}: ${shareOf(rows).toFixed(2)} at (5, 5)`,
    content: densityPanel({ label: title, extent, grid: null, top: 1, contours: false, overlay }),
  };
}

export async function annealing(executor: Executor): Promise<Section> {
  const random = new Random(seed);
  const start = new Float64Array(2 * particles).map(() => 16 * random.uniform() - 8);
  const problem = { target: mixtureTarget(mixture), noisyTarget: noisyMixture(mixture), executor, start, seed };
  const plain = await follow(await langevin.start(problem, { steps, stepSize: 0.1, chains: 0 }));
  const levels = { levels: 10, stepsPerLevel: 100, largestNoise: 20, smallestNoise: 1, stepSize: 0.1, chains: 0 };
  const annealed = await follow(await annealedLangevin.start(problem, levels));
  const exact = gaussianMixture(mixture).sample(new Random(seed).split('exact'), particles);
  const [stuck, found] = [shareOf(plain.particles), shareOf(annealed.particles)];
  const away = stuck - shareOf(start);
  return {
    title: 'Slides, pitfall III and annealed Langevin dynamics',
    text: [
      'p = .8 N((5, 5), I) + .2 N((-5, -5), I), 1280 particles uniform in [-8, 8]²: Langevin dynamics with steps of .1, 1000 of them, and annealed Langevin dynamics, ten noise levels from 20 to 1 with 100 steps each. Plain dynamics keeps the weights of its start, which have nothing to do with the density; the smallest noise is 1, so that what annealed dynamics ends in is p with that noise.',
      'A slide says log p = log p₁ + log p₂, which is false: near p₁ the score of the mixture is about that of p₁, whatever the weights.',
    ],
    pictures: [
      {
        name: 'slides-annealed-langevin.svg',
        caption: 'Exact samples, Langevin dynamics, annealed Langevin dynamics, and the weight of the mode at (5, 5) on the way.',
        svg: sheet({
          label: 'Samples by Langevin and annealed Langevin dynamics, and the weight over the steps',
          columns: 2,
          legend: [
            { className: 'c-run1', label: 'Langevin' },
            { className: 'c-run2', label: 'annealed' },
            { className: 'c-truth dashed', label: 'truth, .8' },
          ],
          pieces: [
            cloud('exact samples', exact),
            cloud('Langevin', plain.particles),
            cloud('annealed Langevin', annealed.particles),
            {
              title: 'weight of the mode at (5, 5) over the steps',
              content: chart({
                label: 'Weight over the steps',
                series: [
                  { points: plain.weight, className: 'c-run1' },
                  { points: annealed.weight, className: 'c-run2' },
                  {
                    points: [
                      [0, 0.8],
                      [steps, 0.8],
                    ],
                    className: 'c-truth dashed',
                  },
                ],
                axes: ['step', 'weight'],
                x: [0, steps],
                y: [0.3, 1],
                size: [320, 330],
              }),
            },
          ],
        }),
      },
    ],
    tables: [
      {
        caption: 'Weight of the mode at (5, 5), whose truth is .8',
        column: 'reference',
        source:
          'an independent implementation of Algorithms 1 and 2 with the settings of Song and Ermon 2019, Figure 3; the slides show that picture.',
        rows: [
          compared('Langevin', langevinWeights.plain, stuck, tolerance),
          compared('annealed Langevin', langevinWeights.annealed, found, tolerance),
          claimed('what Langevin changed of the weight of its start', 'no mixing', away.toFixed(3), Math.abs(away) < 0.05, 'less than .05'),
        ],
      },
    ],
  };
}
