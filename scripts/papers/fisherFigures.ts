/** Figures 1 and 2 of the MFD paper: the Fisher divergence does not see a mode's weight, the mixture Fisher divergence does. */

import { type DivergenceCurves, divergenceCurves, paperGrid } from '../../src/diagnose/divergence/curves';
import { membershipsOf } from '../../src/diagnose/divergence/logRatio';
import { type DensityPicture, pairPictures } from '../../src/diagnose/divergence/pictures';
import { partsAt } from '../../src/diagnose/fields/gaussianComponents';
import { gaussianField } from '../../src/diagnose/fields/gaussianField';
import { gridCloud } from '../../src/diagnose/gridCloud';
import type { Series } from '../../src/runs/report/lineChart';
import { chart, line, star } from './curve';
import { divergences, separations } from './published';
import { claimed, compared, type Picture, type Row, type Section } from './section';
import { type Piece, sheet } from './sheet';
import { measuredPair, swappedRatio, twoModes, weights } from './twoModes';

const bridging = { mixing: { kind: 'gaussian' as const, mean: [0], std: [3] }, beta: 0.5 };
/** Quadrature against quadrature: both converge faster than any power, and are printed to more digits than this. */
const tolerance = { relative: 1e-4 };
const range = [-13, 13] as const;

function pair(x: ArrayLike<number>, p: DensityPicture, q: DensityPicture, names: string): Piece[] {
  const highest = (values: Float64Array): number => values.reduce((a, b) => Math.max(a, b), 0);
  const density = [line(x, q.density, 'c-run1', 1000), line(x, p.density, 'c-run0 dashed', 1000)];
  const score = [line(x, q.score, 'c-run1', 1000), line(x, p.score, 'c-run0 dashed', 1000)];
  const top = 1.06 * Math.max(highest(p.density), highest(q.density));
  return [
    {
      title: `(a) densities of ${names}`,
      content: chart({ label: `Densities of ${names}`, series: density, axes: ['x', 'density'], x: range, y: [0, top] }),
    },
    {
      title: `(b) scores of ${names}`,
      content: chart({ label: `Scores of ${names}`, series: score, axes: ['x', 'score'], x: range, y: [-8, 8] }),
    },
  ];
}

function pictures(
  shown: ReturnType<typeof pairPictures>,
  { alpha, fisher, kl, mixtureFisher }: DivergenceCurves,
): [first: Picture, second: Picture] {
  const values = (curve: readonly { value: number }[]): number[] => curve.map(({ value }) => value);
  const mfd = values(mixtureFisher[0] ?? []);
  // Where q has lost a mode FD is 10 or 40: the paper's Figure 1 leaves the ends out.
  const inner = (curve: readonly { value: number }[], className: string): Series =>
    line(alpha.slice(1, -1), values(curve).slice(1, -1), className);
  const flat: Series[] = [inner(kl, 'c-truth'), inner(fisher, 'c-run2')];
  const bridged: Series[] = [line(alpha, mfd, 'c-run3'), inner(fisher, 'c-run2'), star(0.2, 0, 0.022, 0.0055, 'c-run4')];
  const names = [
    { className: 'c-run0 dashed', label: 'weight .2' },
    { className: 'c-run1', label: 'weight .8' },
    { className: 'c-run2', label: 'Fisher divergence' },
  ];
  return [
    {
      name: 'mfd-figure-1.svg',
      caption:
        'MFD paper, Figure 1: the scores of p and q differ only where neither has mass, and FD stays below 1e-4 for weights for which KL is 3.',
      svg: sheet({
        label: 'Densities and scores of two mixtures, and FD and KL between them against the weight',
        columns: 3,
        legend: [...names, { className: 'c-truth', label: 'KL, for scale' }],
        pieces: [
          ...pair(shown.points, shown.p, shown.q, 'p and q'),
          {
            title: '(c) FD(p || q) against the weight',
            content: chart({
              label: 'FD and KL against the weight, logarithmic',
              series: flat,
              axes: ['weight of the left mode of q', 'divergence'],
              x: [0, 1],
              y: [1e-9, 10],
              logY: true,
            }),
          },
        ],
      }),
    },
    {
      name: 'mfd-figure-2.svg',
      caption:
        'MFD paper, Figure 2: bridged by m = N(0, 3²) with beta .5, the scores differ where there is mass, and MFD is least at the right weight (star).',
      svg: sheet({
        label: 'Densities and scores of two bridged mixtures, and MFD and FD against the weight',
        columns: 3,
        legend: [...names, { className: 'c-run3', label: 'MFD' }, { className: 'c-run4', label: 'least MFD (star)' }],
        pieces: [
          ...pair(shown.points, shown.bridgedP, shown.bridgedQ, 'p~ and q~'),
          {
            title: '(c) MFD(p || q) against the weight',
            content: chart({
              label: 'MFD and FD against the weight',
              series: bridged,
              axes: ['weight of the left mode of q', 'divergence'],
              x: [0, 1],
              y: [-0.008, 0.16],
            }),
          },
        ],
      }),
    },
  ];
}

/** FD, MFD and KL at single weights, and where the curves are least. */
function rows(at: DivergenceCurves, curves: DivergenceCurves): Row[] {
  const least = curves.least.mixtureFisher[0] ?? NaN;
  return [
    ...divergences.flatMap(({ alpha, fisher, mfd, kl }, i) => [
      compared(`FD at weight ${alpha}`, fisher, at.fisher[i]?.value ?? NaN, tolerance),
      compared(`MFD at weight ${alpha}`, mfd, at.mixtureFisher[0]?.[i]?.value ?? NaN, tolerance),
      compared(`KL at weight ${alpha}`, kl, at.kl[i]?.value ?? NaN, tolerance),
    ]),
    claimed('weight at which MFD is least on 0, .01, ..., 1', '0.2', String(least), least === 0.2, 'exactly'),
  ];
}

export async function fisherFigures(): Promise<Section> {
  const components = twoModes(5);
  const { cloud } = await measuredPair(components);
  const memberships = membershipsOf(partsAt(components, cloud.points.points));
  const curvesAt = (alpha: readonly number[]): DivergenceCurves =>
    divergenceCurves(cloud, memberships, weights, { mode: 0, alpha, bridgings: [bridging] });
  const curves = curvesAt(paperGrid);
  const shown = await gridCloud(gaussianField(components), { low: [range[0]], high: [range[1]] }, 1000);
  const distances: Row[] = [];
  for (const { mu, fisher, kl } of separations) {
    const own = await measuredPair(twoModes(mu));
    distances.push(
      compared(`FD at half-distance ${mu}`, fisher, own.fisher.value, tolerance),
      compared(`KL at half-distance ${mu}`, kl, own.kl.value, tolerance),
    );
  }
  return {
    title: 'MFD paper, Figures 1 and 2: what the divergences see of a weight',
    text: [
      'p = .2 N(-5, 1) + .8 N(5, 1), and q the same with another weight of its left mode: in the pictures .8. All by quadrature in float64 (`divergenceCurves`, `pairPictures`), with the factor 1/2 of the Fisher divergence.',
      'The caption of Figure 1 lets the weight vary "from 0.01 to 0.09"; the axis goes to .99. FD is drawn on .01, ..., .99: at 0 and 1, where q has lost a mode altogether, it is 10 and 40.',
    ],
    pictures: pictures(pairPictures(shown, swappedRatio(components, shown), bridging), curves),
    tables: [
      {
        caption: 'Divergences of q from p',
        column: 'reference',
        source:
          'independent float64 quadrature of the same formulas; the paper draws the curves and prints no numbers, but that MFD is least at .2.',
        rows: rows(curvesAt(divergences.map(({ alpha }) => alpha)), curves),
      },
      { caption: 'The weights .2 and .8 against those swapped, by distance', column: 'reference', source: 'the same.', rows: distances },
    ],
  };
}
