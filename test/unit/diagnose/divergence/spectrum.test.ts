import { describe, expect, it } from 'vitest';
import { cloudOf } from '../../../../src/diagnose/cloud';
import { fittedBox, gridCloud } from '../../../../src/diagnose/gridCloud';
import { drawnPoints } from '../../../../src/diagnose/points';
import { kullbackLeibler } from '../../../../src/diagnose/divergence/divergences';
import { membershipsOf, reweighted } from '../../../../src/diagnose/divergence/logRatio';
import { noisedDraws } from '../../../../src/diagnose/divergence/noisedDraws';
import { drawComponents, noisedGaussians } from '../../../../src/diagnose/divergence/noisedGaussians';
import { noisedGrid } from '../../../../src/diagnose/divergence/noisedGrid';
import { fractionBelow, type KlSpectrum, klSpectrum, noiseLevels } from '../../../../src/diagnose/divergence/spectrum';
import { componentsOf, partsAt } from '../../../../src/diagnose/fields/gaussianComponents';
import { gaussianField } from '../../../../src/diagnose/fields/gaussianField';
import { Random } from '../../../../src/shared/random';
import reference from '../../../fixtures/oneDimensional.json';

const exact = reference.kl_spectrum_02_vs_08;
const [from, to] = [
  [0.2, 0.8],
  [0.8, 0.2],
];

/** .2 and .8 at distance 10 along the diagonal of a space of any dimension: the spectrum is that of one dimension. */
function pair(dim: number) {
  const end = (sign: number): number[] => Array<number>(dim).fill((sign * 5) / Math.sqrt(dim));
  return componentsOf([end(-1), end(1)], [1], from);
}

function checkFractions(spectrum: KlSpectrum, tolerance: number, leastSigma: number): void {
  for (const [sigma, fraction] of Object.entries(exact.fraction_below_sigma)) {
    if (Number(sigma) < leastSigma) continue;
    expect(Math.abs((fractionBelow(spectrum, Number(sigma)) ?? NaN) - fraction)).toBeLessThanOrEqual(tolerance);
  }
}

describe('KL spectrum of .2 and .8 at half-distance 5', () => {
  it('has the reference values and integrates to KL, by exact convolution', async () => {
    const noisedFisher = noisedGaussians(pair(1), from, to, new Random(1));
    for (const [sigma, fd] of Object.entries(exact.fd_at_sigma)) {
      expect(Math.abs((await noisedFisher(Number(sigma) ** 2))!.value / fd - 1)).toBeLessThanOrEqual(1e-4);
    }
    const spectrum = await klSpectrum(noisedFisher, exact.kl, noiseLevels(5));
    expect(Math.abs(spectrum.integral! / exact.kl - 1)).toBeLessThanOrEqual(1e-3);
    // The trapezium rule between two levels, and a straight line: both of order (step in log t)^2 / 12.
    checkFractions(spectrum, 2e-3, 0);
    expect(spectrum.visibleFrom).toBeGreaterThan(2);
    expect(spectrum.visibleFrom).toBeLessThan(3);
  });

  it.each([
    [1, 512, 84],
    [2, 128, 30],
  ])('comes from a grid of %i dimensions as well', async (dim, cells, levels) => {
    const components = pair(dim);
    const field = gaussianField(components);
    const box = await fittedBox(field, { low: Array<number>(dim).fill(-6), high: Array<number>(dim).fill(6) });
    const cloud = await gridCloud(field, box, cells);
    const ratio = reweighted(cloud, membershipsOf(partsAt(components, cloud.points.points)), from, to);
    const spectrum = await klSpectrum(noisedGrid(cloud, ratio, box), kullbackLeibler(cloud, ratio).value, noiseLevels(5, levels));
    expect(Math.abs(spectrum.integral! / exact.kl - 1)).toBeLessThanOrEqual(1e-3);
    checkFractions(spectrum, levels === 84 ? 2e-3 : 1.5e-2, 0);
  });

  it.each([3, 10])('comes from draws in %i dimensions, and is not known at little noise', async (dim) => {
    const components = pair(dim);
    const random = new Random(3);
    const rows = drawComponents(components, 8000, random);
    const scores = await gaussianField(components).at(rows);
    const cloud = cloudOf(drawnPoints(rows, dim, scores.logDensity), scores);
    const ratio = reweighted(cloud, membershipsOf(partsAt(components, rows)), from, to);
    const spectrum = await klSpectrum(noisedDraws(cloud, ratio, random), exact.kl, noiseLevels(5, 40));
    expect(spectrum.fisher[0]).toBeUndefined();
    expect(spectrum.integral).toBeUndefined();
    checkFractions(spectrum, 0.06, 5);
    const direct = (await noisedGaussians(components, from, to, random)(9))!;
    expect(Math.abs(direct.value - exact.fd_at_sigma['3'])).toBeLessThanOrEqual(4 * direct.stdErr);
  });
});
