/** Appendix D of the slides and the closed forms of two Gaussians: what everything else is checked by. */

import { cloudOf } from '../../src/diagnose/cloud';
import { fisher, kullbackLeibler } from '../../src/diagnose/divergence/divergences';
import { componentsOf } from '../../src/diagnose/fields/gaussianComponents';
import { gaussianField } from '../../src/diagnose/fields/gaussianField';
import { gridPoints } from '../../src/diagnose/points';
import type { Node } from '../../src/graph/graph';
import { matMul, mul, sub, sum } from '../../src/graph/ops';
import { evaluate } from '../../src/graph/reference';
import { createGraph } from '../../src/graph/table';
import { lossAndGradient, type Model } from '../../src/objectives/trainingStep';
import { Random } from '../../src/shared/random';
import { defaultFitSettings } from '../../src/shared/settings';
import { claimed, compared, type Row, type Section } from './section';

interface Gaussian {
  readonly mean: readonly number[];
  readonly std: number;
}

const pairs: readonly (readonly [p: Gaussian, q: Gaussian])[] = [
  [
    { mean: [0], std: 1 },
    { mean: [1], std: 1 },
  ],
  [
    { mean: [0.5], std: 1.5 },
    { mean: [-1], std: 0.8 },
  ],
  [
    { mean: [0.3, -0.7], std: 0.9 },
    { mean: [-0.4, 0.2], std: 1.3 },
  ],
];

/** FD = [d s_p^2 (1 / s_q^2 - 1 / s_p^2)^2 + |m_p - m_q|^2 / s_q^4] / 2 and KL, of isotropic Gaussians in d dimensions. */
function closedForms(p: Gaussian, q: Gaussian): { fisher: number; kl: number } {
  const dim = p.mean.length;
  const squared = p.mean.reduce((total, m, j) => total + (m - (q.mean[j] ?? 0)) ** 2, 0);
  const [a, b] = [p.std ** 2, q.std ** 2];
  return {
    fisher: (dim * a * (1 / b - 1 / a) ** 2 + squared / b ** 2) / 2,
    kl: (dim * (Math.log(b / a) + a / b - 1) + squared / b) / 2,
  };
}

async function divergenceRows([p, q]: readonly [Gaussian, Gaussian]): Promise<Row[]> {
  const dim = p.mean.length;
  const points = gridPoints({
    low: p.mean.map((m) => m - 10 * p.std),
    high: p.mean.map((m) => m + 10 * p.std),
    cells: p.mean.map(() => (dim === 1 ? 1000 : 200)),
  });
  const at = ({ mean, std }: Gaussian) => gaussianField(componentsOf([mean], [std], [1])).at(points.points);
  const [ofP, ofQ] = [await at(p), await at(q)];
  const cloud = cloudOf(points, ofP);
  const difference = (a: Float64Array, b: Float64Array): Float64Array => a.map((v, i) => v - (b[i] ?? NaN));
  const ratio = {
    dim,
    value: difference(ofQ.logDensity, ofP.logDensity),
    gradient: difference(ofQ.score, ofP.score),
    laplacian: difference(ofQ.laplacian, ofP.laplacian),
  };
  const exact = closedForms(p, q);
  const what = `N((${p.mean.join(', ')}), ${p.std}² I) from N((${q.mean.join(', ')}), ${q.std}² I)`;
  return [
    compared(`FD of ${what}`, exact.fisher, fisher(cloud, ratio).value, { relative: 1e-9 }),
    compared(`KL of ${what}`, exact.kl, kullbackLeibler(cloud, ratio).value, { relative: 1e-9 }),
  ];
}

/** E = (x - mu)' P (x - mu) / 2. */
const model: Model = {
  dim: 2,
  paramShapes: [[2], [2, 2]],
  energy: (x, [mu, precision]) => {
    const offset = sub(x, mu ?? x);
    return mul(sum(mul(offset, matMul(offset, precision ?? x)), 1), 0.5);
  },
};

const count = 200;

/** The loss of exact score matching on fixed rows, and its gradient, in float64. */
function lossOf(rows: Float64Array): (params: readonly number[]) => { loss: number; gradient: number[] } {
  const graph = createGraph();
  const flat = graph.input('params', [6]);
  const x = graph.input('x', [count, 2]);
  const settings = { ...defaultFitSettings, objective: 'fisher' as const };
  const built = lossAndGradient(
    graph,
    flat,
    { x, noise: undefined, levels: undefined },
    { model, settings, mixingLogDensity: (node) => node, sigma: [] },
  );
  return (params) => {
    const feeds = new Map<Node, ArrayLike<number>>([
      [flat, params],
      [x, rows],
    ]);
    const [loss, gradient] = evaluate([built.loss, built.gradient], feeds);
    return { loss: loss?.[0] ?? NaN, gradient: Array.from(gradient ?? []) };
  };
}

function momentRows(): Row[] {
  const random = new Random(5);
  const rows = new Float64Array(2 * count);
  for (let i = 0; i < count; i++) {
    const [a, b] = [random.normal(), random.normal()];
    rows.set([1 + 1.4 * a, -0.5 + 0.6 * a + 0.8 * b], 2 * i);
  }
  const mean = [0, 1].map((j) => rows.reduce((total, v, i) => total + (i % 2 === j ? v / count : 0), 0)) as [number, number];
  const moment = (j: number, k: number): number => {
    let total = 0;
    for (let i = 0; i < count; i++) total += ((rows[2 * i + j]! - mean[j]!) * (rows[2 * i + k]! - mean[k]!)) / count;
    return total;
  };
  const [a, b, d] = [moment(0, 0), moment(0, 1), moment(1, 1)];
  const determinant = a * d - b * b;
  const precision = [d / determinant, -b / determinant, -b / determinant, a / determinant];
  const loss = lossOf(rows);
  const best = loss([...mean, ...precision]);
  const moved = [0, 1, 2, 5].flatMap((i) =>
    [0.01, -0.01].map((step) => loss([...mean, ...precision].map((v, j) => (i === j ? v + step : v))).loss - best.loss),
  );
  const least = Math.min(...moved);
  return [
    compared('largest derivative of J at the sample mean and the inverse sample covariance', 0, Math.max(...best.gradient.map(Math.abs)), {
      absolute: 1e-11,
      why: 'rounding of sums of 200 rows',
    }),
    compared('J there', -((precision[0] ?? NaN) + (precision[3] ?? NaN)) / 2, best.loss, { relative: 1e-12 }),
    claimed('least rise of J where a mean or a precision moves by .01', '> 0', least.toExponential(2), least > 0, 'sign'),
  ];
}

export async function gaussians(): Promise<Section> {
  const rows: Row[] = [];
  for (const pair of pairs) rows.push(...(await divergenceRows(pair)));
  return {
    title: 'Slides, appendix D: Gaussians in closed form',
    text: [
      'FD and KL of two Gaussians by the quadrature that all figures use, beside their closed forms; and exact score matching of a Gaussian, which is least at the sample mean and the sample covariance, where J = -tr(P)/2. The slides call the precision of their kernel "Σ" and then the covariance, too.',
    ],
    pictures: [],
    tables: [
      { caption: 'Divergences of two Gaussians', column: 'exact', source: 'closed forms.', rows },
      {
        caption: 'Exact score matching of E = (x - mu)ᵀ P (x - mu) / 2 on 200 rows',
        column: 'exact',
        source: 'closed forms.',
        rows: momentRows(),
      },
    ],
  };
}
