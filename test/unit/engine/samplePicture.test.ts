import { describe, expect, it } from 'vitest';
import type { Target } from '../../../src/data/target';
import { gaussianField } from '../../../src/diagnose/fields/gaussianField';
import { componentsOf } from '../../../src/diagnose/fields/gaussianComponents';
import { quantileBox } from '../../../src/engine/sample/quantileBox';
import { samplePicture } from '../../../src/engine/sample/samplePicture';
import { mul, sum } from '../../../src/graph/ops';
import { type GaussianMixture, mixtureTarget } from '../../../src/samplers/mixtureTarget';
import type { SamplePicture } from '../../../src/shared/sampleProtocol';
import { executorOf } from '../support/executors';

const line: GaussianMixture = { means: [[-5], [5]], std: [1], weights: [0.2, 0.8] };
const corners: GaussianMixture = { means: [[-3, 1], [3, -1]], std: [0.8], weights: [0.3, 0.7] }; // prettier-ignore

async function pictureOf(target: Target, low: number[], high: number[]): Promise<SamplePicture> {
  const picture = await samplePicture(await executorOf('onnx'), target, { low, high });
  if (!picture) throw new Error('there is a density');
  return picture;
}

/** Centres of the cells of [ny, nx] or [nx], row 0 lowest, as rows. */
function centresOf(shape: readonly number[], extent: readonly number[]): Float64Array {
  const cells = [...shape].reverse();
  const count = cells.reduce((a, b) => a * b, 1);
  return Float64Array.from({ length: count * cells.length }, (_, i) => {
    const [cell, axis] = [Math.floor(i / cells.length), i % cells.length];
    const at = axis === 0 ? cell % cells[0]! : Math.floor(cell / cells[0]!);
    const [low, high] = [extent[2 * axis]!, extent[2 * axis + 1]!];
    return low + ((at + 0.5) * (high - low)) / cells[axis]!;
  });
}

function massOf({ density: { shape, extent, values } }: SamplePicture): number {
  const area = shape.reduce((a, n, j) => a / n * (extent[2 * j + 1]! - extent[2 * j]!), 1); // prettier-ignore
  return values.reduce((total, v) => total + v, 0) * area;
}

describe.each([
  ['one dimension', line, [-1], [1], [256], [128, 1]],
  ['two dimensions', corners, [-1, -1], [1, 1], [128, 128], [24, 24, 2]],
] as const)('the picture of a mixture in %s', (_, mixture, low, high, densityShape, scoreShape) => {
  it('is its normalised density and its score, with all modes in it', async () => {
    const picture = await pictureOf(mixtureTarget(mixture), [...low], [...high]);
    const { density, score } = picture;
    expect(density.shape).toEqual(densityShape);
    expect(score.shape).toEqual(scoreShape);
    expect(massOf(picture)).toBeCloseTo(1, 5);
    const field = gaussianField(componentsOf(mixture.means, mixture.std, mixture.weights));
    const exact = (await field.at(centresOf(density.shape, density.extent))).logDensity.map(Math.exp);
    const top = Math.max(...exact);
    // The box ends where the density is exp(-8) of its maximum: up to a few thousandths of the mass lie beyond.
    density.values.forEach((v, i) => expect(Math.abs(v - exact[i]!)).toBeLessThan(2e-3 * top));
    const slopes = (await field.at(centresOf(score.shape.slice(0, -1), density.extent))).score;
    score.values.forEach((s, i) => expect(Math.abs(s - slopes[i]!)).toBeLessThan(1e-3 * (1 + Math.abs(slopes[i]!))));
    mixture.means.flat().forEach((m, i) => {
      const axis = i % low.length;
      expect(m).toBeGreaterThan(density.extent[2 * axis]! + mixture.std[0]!);
      expect(m).toBeLessThan(density.extent[2 * axis + 1]! - mixture.std[0]!);
    });
  });

  it('holds what else must be seen, and a start in one point', async () => {
    const far = low.map(() => 30);
    const { extent } = (await pictureOf(mixtureTarget(mixture), [...low], far)).density;
    far.forEach((edge, axis) => expect(extent[2 * axis + 1]).toBeGreaterThan(edge));
    const point = await pictureOf(mixtureTarget(mixture), [...low], [...low]);
    expect(massOf(point)).toBeCloseTo(1, 5);
  });
});

describe('a picture', () => {
  it('comes to an end for a density without an integral', async () => {
    const flat: Target = { dim: 2, logDensity: (x) => mul(0, sum(x, [1])) };
    const picture = await pictureOf(flat, [-1, -1], [1, 1]);
    expect(massOf(picture)).toBeCloseTo(1, 5);
  });

  it('is not made above two dimensions', async () => {
    const target = mixtureTarget({ means: [[0, 0, 0]], std: [1], weights: [1] });
    expect(await samplePicture(await executorOf('onnx'), target, { low: [-1, -1, -1], high: [1, 1, 1] })).toBeUndefined();
  });

  it('shows the bulk of the particles', () => {
    const rows = Float64Array.from({ length: 2000 }, (_, i) => (i === 0 ? 1e6 : i % 2 === 0 ? i / 2000 : -i / 2000));
    const { low, high } = quantileBox(rows, 2);
    expect(high[0]).toBeLessThan(1);
    expect(low[1]).toBeGreaterThan(-1);
  });
});
