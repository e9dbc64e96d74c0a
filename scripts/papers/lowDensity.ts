/** The slides' pitfall II, Figure 2 of Song and Ermon 2019: a fitted score is right where there are data, and wrong between the modes. */

import { distributionField } from '../../src/diagnose/fields/distributionField';
import { openTargetField } from '../../src/diagnose/fields/targetField';
import type { Scores } from '../../src/diagnose/fields/scoreField';
import { gridPoints } from '../../src/diagnose/points';
import { modelTarget } from '../../src/engine/modelTarget';
import type { Executor } from '../../src/executors/executor';
import { arrows } from '../../src/runs/report/arrows';
import { densityPanel } from '../../src/runs/report/densityPanel';
import type { Extent, Grid } from '../../src/shared/plot/grid';
import { formatNumber } from '../../src/shared/plot/numberFormat';
import { fitted } from './fitting';
import { claimed, type Section } from './section';
import { type Piece, sheet } from './sheet';

const file = 'scripts/papers/energies/corners.energy.ts';
const cells = 128;
const extent: Extent = { left: -8, right: 8, bottom: -8, top: 8 };
/** Where the density is above this share of its highest there are data; where it is below the next there are none among thousands. */
const [dense, empty] = [0.05, 1e-6];
/** Errors of the score above this share the brightest colour. */
const brightest = 4;

function gridOver(values: ArrayLike<number>): Grid {
  return { rows: cells, columns: cells, extent, values };
}

function field(title: string, density: ArrayLike<number>, top: number, values: ArrayLike<number>): Piece {
  const overlay = arrows({ rows: cells, columns: cells, extent, values });
  return { title, content: densityPanel({ label: title, extent, grid: gridOver(density), top, contours: false, overlay }) };
}

/** Root mean square of the errors of the score, where the share of the highest density is in a range. */
function errorWhere(errors: Float64Array, shares: Float64Array, low: number, high: number): number {
  const found = errors.filter((_, i) => (shares[i] ?? NaN) >= low && (shares[i] ?? NaN) < high);
  return Math.sqrt(found.reduce((total, e) => total + e * e, 0) / found.length);
}

async function scoresOfFit(executor: Executor, rows: Float64Array): Promise<{ model: Scores; truth: Scores }> {
  return fitted(file, 1, {}, async ({ problem, view }) => {
    const { distribution } = problem.source;
    if (!distribution) throw new RangeError('the density of the data is known');
    const model = await openTargetField(modelTarget(problem, view.run).density, executor);
    try {
      return { model: await model.at(rows), truth: await distributionField(distribution, [1, 1]).at(rows) };
    } finally {
      await model.dispose();
    }
  });
}

export async function lowDensity(executor: Executor): Promise<Section> {
  const { points } = gridPoints({ low: [extent.left, extent.bottom], high: [extent.right, extent.top], cells: [cells, cells] });
  const { model, truth } = await scoresOfFit(executor, points);
  const density = truth.logDensity.map(Math.exp);
  const top = density.reduce((a, b) => Math.max(a, b), 0);
  const shares = density.map((d) => d / top);
  const errors = shares.map((_, i) =>
    Math.hypot(
      (model.score[2 * i] ?? NaN) - (truth.score[2 * i] ?? NaN),
      (model.score[2 * i + 1] ?? NaN) - (truth.score[2 * i + 1] ?? NaN),
    ),
  );
  const [inside, outside] = [errorWhere(errors, shares, dense, Infinity), errorWhere(errors, shares, 0, empty)];
  return {
    title: 'Slides, pitfall II: no score where there are no data',
    text: [
      `p = .8 N((5, 5), I) + .2 N((-5, -5), I), an energy of two hidden layers of 128 (softplus) fitted by sliced score matching, as the score network of Song and Ermon 2019 is (\`${file}\`, seed 1). The score of the fit beside the exact one, and the length of their difference. Between the modes there are no data, and the ridge on which the field turns from one mode to the other is not where it should be: particles that start near it go astray. Around the light mode the score is worse than around the heavy one, for the same reason.`,
      'All three pitfalls are examples: data on a curve, which have no density ([manifoldPitfall](../examples/manifoldPitfall.energy.ts)), this one ([lowDensityPitfall](../examples/lowDensityPitfall.energy.ts), by exact score matching) and slow mixing ([mixingPitfall](../examples/mixingPitfall.energy.ts)).',
    ],
    pictures: [
      {
        name: 'slides-low-density.svg',
        caption: `The exact score, the fitted score, and the length of their difference (dark: none, brightest: ${brightest} and more).`,
        svg: sheet({
          label: 'Score fields of the data and of the fit, and the error between them',
          columns: 3,
          pieces: [
            field('score of the data', density, top, truth.score),
            field('score of the fit', density, top, model.score),
            {
              title: 'error of the score',
              content: densityPanel({ label: 'Error of the score', extent, grid: gridOver(errors), top: brightest, contours: false }),
            },
          ],
        }),
      },
    ],
    tables: [
      {
        caption: 'Root mean square error of the score',
        column: 'published',
        source: 'the slides show the picture of Song and Ermon 2019 and print no numbers.',
        rows: [
          claimed(
            'error where there are no data over error where there are',
            'inaccurate far away',
            `${formatNumber(outside, 3)} / ${formatNumber(inside, 3)}`,
            outside >= 5 * inside,
            `at least 5 times; density below ${formatNumber(empty, 1)} and above ${dense} of its highest`,
          ),
        ],
      },
    ],
  };
}
