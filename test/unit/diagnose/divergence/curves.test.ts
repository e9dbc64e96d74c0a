import { describe, expect, it } from 'vitest';
import { fittedBox, gridCloud } from '../../../../src/diagnose/gridCloud';
import { componentsOf, partsAt } from '../../../../src/diagnose/fields/gaussianComponents';
import { gaussianField } from '../../../../src/diagnose/fields/gaussianField';
import { divergenceCurves, paperGrid } from '../../../../src/diagnose/divergence/curves';
import { fisher, kullbackLeibler } from '../../../../src/diagnose/divergence/divergences';
import { type LogRatio, membershipsOf, reweighted } from '../../../../src/diagnose/divergence/logRatio';
import { refinedCloud } from '../../../../src/diagnose/divergence/refinedCloud';
import reference from '../../../fixtures/oneDimensional.json';

const twoModes = (mu: number, weights: readonly number[] = [0.2, 0.8]) => componentsOf([[-mu], [mu]], [1], weights);

describe('divergence curves of .2 N(-5, 1) + .8 N(5, 1)', async () => {
  const components = twoModes(5);
  const field = gaussianField(components);
  const box = await fittedBox(field, { low: [-6], high: [6] });
  const ratioOf = (cloud: Parameters<typeof fisher>[0]): LogRatio =>
    reweighted(cloud, membershipsOf(partsAt(components, cloud.points.points)), [0.2, 0.8], [0.8, 0.2]);
  const { cloud, converged } = await refinedCloud(field, box, (c) => [fisher(c, ratioOf(c)), kullbackLeibler(c, ratioOf(c))]);
  const memberships = membershipsOf(partsAt(components, cloud.points.points));
  const keys = ['mfd_sd3_beta0.5', 'mfd_sd5_beta0.5', 'mfd_sd3_beta0.8', 'mfd_sd10_beta0.5'] as const;
  const bridgings = keys.map((key) => {
    const [, std, beta] = /sd(\d+)_beta([\d.]+)/.exec(key)!;
    return { mixing: { kind: 'gaussian' as const, mean: [0], std: [Number(std)] }, beta: Number(beta) };
  });
  const rows = reference.by_alpha_q;

  it('agree with the reference to 1e-4', () => {
    expect(converged).toBe(true);
    const curves = divergenceCurves(cloud, memberships, [0.2, 0.8], { mode: 0, alpha: rows.map((r) => r.alpha_q), bridgings });
    rows.forEach((row, i) => {
      const pairs = [
        [curves.fisher[i]!, row.fd],
        [curves.kl[i]!, row.kl],
        ...keys.map((key, b) => [curves.mixtureFisher[b]![i]!, row[key]] as const),
      ] as const;
      for (const [{ value }, expected] of pairs) expect(Math.abs(value - expected)).toBeLessThanOrEqual(1e-4 * expected + 1e-25);
    });
  });

  it('are least at exactly .20 on the grid of the paper', () => {
    const { least, alpha } = divergenceCurves(cloud, memberships, [0.2, 0.8], { mode: 0, bridgings });
    expect(alpha).toBe(paperGrid);
    expect(least.mixtureFisher).toEqual(keys.map(() => 0.2));
    expect(least.kl).toBe(0.2);
  });
});

it.each(reference.by_separation)('FD and KL of .2 and .8 at half-distance $mu', async ({ mu, fd_02_08, kl_02_08 }) => {
  const components = twoModes(mu);
  const field = gaussianField(components);
  const ratioOf = (cloud: Parameters<typeof fisher>[0]): LogRatio =>
    reweighted(cloud, membershipsOf(partsAt(components, cloud.points.points)), [0.2, 0.8], [0.8, 0.2]);
  const { cloud } = await refinedCloud(field, await fittedBox(field, { low: [-mu - 1], high: [mu + 1] }), (c) => [fisher(c, ratioOf(c))]);
  expect(Math.abs(fisher(cloud, ratioOf(cloud)).value / fd_02_08 - 1)).toBeLessThanOrEqual(1e-4);
  expect(Math.abs(kullbackLeibler(cloud, ratioOf(cloud)).value / kl_02_08 - 1)).toBeLessThanOrEqual(1e-4);
});

it('is finite and least at the weight where a mode loses all of its mass, far below m', async () => {
  const components = componentsOf(
    [
      [-4, 0],
      [4, 0],
    ],
    [1],
    [0.5, 0.5],
  );
  const field = gaussianField(components);
  const cloud = await gridCloud(field, await fittedBox(field, { low: [-5, -1], high: [5, 1] }), 96);
  const memberships = membershipsOf(partsAt(components, cloud.points.points));
  const bridging = { mixing: { kind: 'gaussian' as const, mean: [0, 0], std: [2.5, 0.5] }, beta: 0.8 };
  const { mixtureFisher, least } = divergenceCurves(cloud, memberships, [0.5, 0.5], { mode: 0, alpha: [0, 0.5, 1], bridgings: [bridging] });
  for (const { value } of mixtureFisher[0]!) expect(value).toBeGreaterThanOrEqual(0);
  expect(mixtureFisher[0]![0]!.value).toBeCloseTo(mixtureFisher[0]![2]!.value, 6);
  expect(least.mixtureFisher).toEqual([0.5]);
});
