/** Figure 1 of the blindness paper: Stein discrepancies in closed form, with the functions that attain them. */

import { type SteinDiscrepancy1d, steinDiscrepancy1d } from '../../src/diagnose/stein/steinDiscrepancy1d';
import { mixtureTarget } from '../../src/samplers/mixtureTarget';
import { chart, line } from './curve';
import { steinDiscrepancies } from './published';
import { compared, type Picture, type Section } from './section';
import { type Piece, sheet } from './sheet';

/** Beyond so many deviations q has no mass that float64 could hold. */
const reach = 12;

function discrepancy(mu: number, weight: number): SteinDiscrepancy1d {
  const p = mixtureTarget({ means: [[-mu], [mu]], std: [1], weights: [weight, 1 - weight] });
  const q = mixtureTarget({ means: [[-mu]], std: [1], weights: [1] });
  return steinDiscrepancy1d(q, p, { low: -mu - reach, high: mu + reach });
}

/** A function with its largest absolute value at .4, as the paper rescales it. */
function rescaled(values: Float64Array): Float64Array {
  const largest = values.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  return values.map((v) => (0.4 * v) / largest);
}

function pieces(mu: number): Piece[] {
  return [0.5, 0.1].flatMap((weight): Piece[] => {
    const { x, q, scoreP, scoreQ, unitBallOfL2q, unitBallOfL2 } = discrepancy(mu, weight);
    const normal = (at: number): number => Math.exp(-0.5 * at * at) / Math.sqrt(2 * Math.PI);
    const p = x.map((v) => weight * normal(v + mu) + (1 - weight) * normal(v - mu));
    const range = [-mu - 4, mu + 4] as const;
    const axes = { x: range, size: [310, 210] } as const;
    const densities = [line(x, q, 'c-run0', 1500), line(x, p, 'c-run1', 1500)];
    return [
      {
        title: `densities, π₁ = ${weight}`,
        content: chart({ label: 'Densities of p and q', series: densities, axes: ['x', 'density'], y: [0, 0.42], ...axes }),
      },
      {
        title: `scores, π₁ = ${weight}`,
        content: chart({
          label: 'Scores of p and q',
          series: [line(x, scoreQ, 'c-run0', 1500), line(x, scoreP, 'c-run1 dashed', 1500)],
          axes: ['x', 'score'],
          y: [-14, 6],
          ...axes,
        }),
      },
      {
        title: `q and the best f (rescaled), π₁ = ${weight}`,
        content: chart({
          label: 'q and the functions that attain the discrepancies',
          series: [
            line(x, q, 'c-run0', 1500),
            line(x, rescaled(unitBallOfL2q.witness), 'c-run2', 1500),
            line(x, rescaled(unitBallOfL2.witness), 'c-run3', 1500),
          ],
          axes: ['x', 'value'],
          y: [-0.1, 0.45],
          ...axes,
        }),
      },
    ];
  });
}

function picture(mu: number): Picture {
  return {
    name: 'blindness-figure-1.svg',
    caption: `Blindness paper, Figure 1: q is the left component of p, at half-distance ${mu}. The best f is nought wherever q has mass, in both function spaces.`,
    svg: sheet({
      label: 'Densities, scores and optimal functions of the Stein discrepancies',
      columns: 3,
      legend: [
        { className: 'c-run0', label: 'q' },
        { className: 'c-run1', label: 'p' },
        { className: 'c-run2', label: 'best f in L²(q)' },
        { className: 'c-run3', label: 'best f in L²' },
      ],
      pieces: pieces(mu),
    }),
  };
}

export function steinFigure(): Section {
  return {
    title: 'Blindness paper, Figure 1: Stein discrepancies',
    text: [
      'p = π₁ N(-mu, 1) + (1 - π₁) N(mu, 1), and q its left component. By the inequality of Cauchy and Schwarz the supremum over the unit ball of L²(q) is √(E_q (s_p - s_q)²), and over that of L² it is √(∫ (q (s_p - s_q))²) (`steinDiscrepancy1d`): nothing is optimised.',
      'What the paper prints otherwise and is an error: Lemma 1, line 3, has π₂ where π₁ belongs; the sign of the optimal f is the other one; the constraint that is shown is that of L²(q), not L²(p).',
    ],
    pictures: [picture(5)],
    tables: [
      {
        caption: 'Stein discrepancy S(q || p)',
        column: 'reference',
        source: 'independent float64 quadrature; the paper draws Figure 1 and prints no numbers.',
        rows: steinDiscrepancies.flatMap(({ mu, weight, overL2q, overL2 }) => {
          const own = discrepancy(mu, weight);
          const what = `mu = ${mu}, π₁ = ${weight}`;
          return [
            compared(`over L²(q), ${what}`, overL2q, own.unitBallOfL2q.value, { relative: 1e-4 }),
            compared(`over L², ${what}`, overL2, own.unitBallOfL2.value, { relative: 1e-4 }),
          ];
        }),
      },
    ],
  };
}
