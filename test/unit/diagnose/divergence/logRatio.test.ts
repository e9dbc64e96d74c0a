import { describe, expect, it } from 'vitest';
import { gridCloud } from '../../../../src/diagnose/gridCloud';
import { bridgedPair } from '../../../../src/diagnose/divergence/bridge';
import { fisher, kullbackLeibler, lossDeviation } from '../../../../src/diagnose/divergence/divergences';
import { type LogRatio, membershipsOf, reweighted, tilted } from '../../../../src/diagnose/divergence/logRatio';
import { pairPictures } from '../../../../src/diagnose/divergence/pictures';
import { blend } from '../../../../src/diagnose/fields/blend';
import { componentsOf, partsAt } from '../../../../src/diagnose/fields/gaussianComponents';
import { gaussianField } from '../../../../src/diagnose/fields/gaussianField';
import { mixingScores } from '../../../../src/diagnose/fields/mixingScores';
import { leastVisibleTilt } from '../../../../src/diagnose/visibility/leastVisible';
import { Random } from '../../../../src/shared/random';

describe.each([1, 2, 3, 10])('a mixture of Gaussians in %i dimensions', (dim) => {
  const random = new Random(dim);
  const means = Array.from({ length: 3 }, () => Array.from({ length: dim }, () => 2 * random.normal()));
  const components = componentsOf(means, [0.8, 1, 1.5], [0.2, 0.3, 0.5]);
  const zeros = new Float64Array(3);
  const at = (x: Float64Array) => blend(partsAt(components, x), zeros);

  it('has the score and the Laplacian of its log density', () => {
    const x = Float64Array.from({ length: dim }, () => random.normal());
    const h = 1e-4;
    const { score, laplacian, logDensity } = at(x);
    let total = 0;
    for (let c = 0; c < dim; c++) {
      const [above, below] = [h, -h].map((step) => at(x.map((v, j) => (j === c ? v + step : v))));
      // Central differences: h^2 times a third derivative, and rounding 1e-16 / h.
      expect(Math.abs((above!.logDensity[0]! - below!.logDensity[0]!) / (2 * h) - score[c]!)).toBeLessThan(1e-6);
      total += (above!.score[c]! - below!.score[c]!) / (2 * h);
    }
    expect(Math.abs(total - laplacian[0]!)).toBeLessThan(1e-5);
    const terms = means.map((mean, k) => {
      const std = [0.8, 1, 1.5][k]!;
      const squared = mean.reduce((t, m, c) => t + ((x[c]! - m) / std) ** 2, 0);
      return ([0.2, 0.3, 0.5][k]! * Math.exp(-squared / 2)) / (std * Math.sqrt(2 * Math.PI)) ** dim;
    });
    expect(logDensity[0]).toBeCloseTo(Math.log(terms.reduce((a, b) => a + b, 0)), 10);
  });
});

describe('log ratios in one dimension', async () => {
  const components = componentsOf([[-2], [2]], [1], [0.3, 0.7]);
  const cells = 4000;
  const cloud = await gridCloud(gaussianField(components), { low: [-12], high: [12] }, cells);
  const memberships = membershipsOf(partsAt(components, cloud.points.points));
  const ratio = reweighted(cloud, memberships, [0.3, 0.7], [0.6, 0.4]);
  const mixing = { kind: 'gaussian' as const, mean: [0], std: [3] };
  const bridged = bridgedPair(cloud, ratio, mixingScores(mixing, cloud.points.points), 0.6);
  const pairs: readonly [string, LogRatio][] = [
    ['reweighted', ratio],
    ['tilted', tilted(cloud, memberships, [0.7, -0.2])],
    ['bridged', bridged.ratio],
  ];

  it.each(pairs)('%s: value, gradient and Laplacian belong together', (_name, { value, gradient, laplacian }) => {
    const h = 24 / cells;
    for (let i = 1000; i < 3000; i += 7) {
      // Central differences of functions whose third and fourth derivatives are below 100.
      expect(Math.abs((value[i + 1]! - value[i - 1]!) / (2 * h) - gradient[i]!)).toBeLessThan(100 * h * h);
      expect(Math.abs((gradient[i + 1]! - gradient[i - 1]!) / (2 * h) - laplacian[i]!)).toBeLessThan(100 * h * h);
    }
  });

  it('a shifted Gaussian has the divergences and the loss deviation of the closed form', async () => {
    const normal = await gridCloud(gaussianField(componentsOf([[0]], [1], [1])), { low: [-10], high: [10] }, 2000);
    const d = 0.4;
    const shift: LogRatio = {
      dim: 1,
      value: normal.points.points.map((x) => d * x - (d * d) / 2),
      gradient: new Float64Array(2000).fill(d),
      laplacian: new Float64Array(2000),
    };
    expect(fisher(normal, shift).value).toBeCloseTo(d ** 2 / 2, 12);
    expect(kullbackLeibler(normal, shift).value).toBeCloseTo(d ** 2 / 2, 12);
    // The loss differs by -x d + d^2 / 2.
    expect(lossDeviation(normal, shift)).toBeCloseTo(d, 12);
  });

  it('pictures hold densities that integrate to one, and bridged ones that are their mixtures', () => {
    const { p, q, bridgedP, bridgedQ } = pairPictures(cloud, ratio, { mixing, beta: 0.6 });
    const sum = (x: Float64Array): number => (x.reduce((a, b) => a + b, 0) * 24) / cells;
    expect(sum(p.density)).toBeCloseTo(1, 10);
    expect(sum(q.density)).toBeCloseTo(1, 10);
    const m = mixingScores(mixing, cloud.points.points).logDensity.map(Math.exp);
    for (let i = 0; i < cells; i += 101) {
      expect(bridgedP.density[i]).toBeCloseTo(0.6 * p.density[i]! + 0.4 * m[i]!, 12);
      expect(bridgedQ.density[i]).toBeCloseTo(0.6 * q.density[i]! + 0.4 * m[i]!, 12);
    }
  });

  it('the least visible tilt has the visibility of small tilts, and no other has less', async () => {
    const three = componentsOf([[-6], [-2], [4]], [1], [0.3, 0.3, 0.4]);
    const wide = await gridCloud(gaussianField(three), { low: [-14], high: [12] }, cells);
    const members = membershipsOf(partsAt(three, wide.points.points));
    const { tilt, visibility } = leastVisibleTilt(wide, members);
    const of = (a: readonly number[]): number => {
      const small = tilted(
        wide,
        members,
        a.map((v) => 1e-3 * v),
      );
      return fisher(wide, small).value / kullbackLeibler(wide, small).value;
    };
    expect(Math.abs(of(tilt) / visibility - 1)).toBeLessThan(1e-2);
    for (const other of [
      [1, 0, 0],
      [0, 1, 0],
      [1, 1, 0],
      [1, -1, 0],
    ]) {
      expect(of(other)).toBeGreaterThan(0.99 * visibility);
    }
  });
});
