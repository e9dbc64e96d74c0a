/** Figure 2 of the blindness paper: SVGD leaves particles in the basins where they start. */

import type { Executor } from '../../src/executors/executor';
import { basinChart } from '../../src/runs/report/basinReport';
import { type BasinCell, basinGrid, defaultBasinGrid } from '../../src/samplers/basinGrid';
import { basinShares } from './published';
import { compared, type Row, type Section } from './section';
import { sheet } from './sheet';

/** Bins as wide as a deviation of the modes, over all but the farthest starts. */
const settings = { ...defaultBasinGrid, range: [-25, 25], bins: 50 } as const;

/** Three standard errors of a share of independent starts, of which there are as many as particles. */
function threeErrors(share: number): number {
  const n = defaultBasinGrid.particles;
  return 3 * Math.sqrt(Math.max(share * (1 - share), 1 / n) / n);
}

function rows(cells: readonly BasinCell[]): Row[] {
  return basinShares.flatMap(({ weight, startDeviation, left }) =>
    defaultBasinGrid.startMeans.map((startMean, i) => {
      const cell = cells.find((c) => c.weight === weight && c.startDeviation === startDeviation && c.startMean === startMean);
      const what = `π₁ = ${weight}, sigma₀ = ${startDeviation}, mu₀ = ${startMean}`;
      return compared(`left, ${what} (basin ${(cell?.predicted ?? NaN).toFixed(2)})`, left[i] ?? NaN, cell?.left ?? NaN, {
        absolute: threeErrors(cell?.predicted ?? NaN),
        why: '3 standard errors of 200 starts',
      });
    }),
  );
}

export async function basins(executor: Executor): Promise<Section> {
  const cells = await basinGrid(executor, settings);
  const label = 'Histograms of SVGD particles for thirty starts and weights';
  return {
    title: 'Blindness paper, Figure 2: SVGD and its starts',
    text: [
      'p = π₁ N(-5, 1) + (1 - π₁) N(5, 1), 200 particles from N(mu₀, sigma₀²), Gaussian kernel of unit bandwidth, 1500 AdaGrad(.9) steps of .05 (`unblind sample --basin-grid`). The share left of 0 at the end is about that of the start, Phi(-mu₀/sigma₀), and hardly depends on π₁, but where all particles start on the boundary between the basins (N(0, 1²): its place moves with π₁). Our starts are stratified, so that the share at the start does not vary by chance.',
    ],
    pictures: [
      {
        name: 'blindness-figure-2.svg',
        caption:
          'Blindness paper, Figure 2: the upper three rows have π₁ = .5, the lower three π₁ = .1. The outermost bins hold what lies beyond.',
        svg: sheet({
          label,
          columns: defaultBasinGrid.startMeans.length,
          legend: [
            { className: 'c-data', label: 'target' },
            { className: 'c-run1 dashed', label: 'particles at the start' },
            { className: 'c-run0 bars', label: 'particles at the end' },
          ],
          pieces: cells.map((cell) => ({
            title: `N(${cell.startMean}, ${cell.startDeviation}²): ${(100 * cell.left).toFixed(0)} % left`,
            content: basinChart(cell, { width: 190, height: 140 }),
          })),
        }),
      },
    ],
    tables: [
      {
        caption: 'Share of the particles left of 0 at the end',
        column: 'reference',
        source: 'an independent implementation with random starts; the paper draws histograms and prints no numbers.',
        rows: rows(cells),
      },
    ],
  };
}
