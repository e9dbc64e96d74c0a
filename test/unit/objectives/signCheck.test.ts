import { describe, expect, it } from 'vitest';
import { type EnergyObjectiveName, objectiveNames, type ObjectiveName } from '../../../src/shared/settings';
import { allSigns, axisDesign, crossed, normalDesign } from '../support/designs';
import { centredNormal, isotropic, lossOf } from '../support/objectiveModels';
import { difference } from '../support/numbers';

/** A loss of lambda alone on data that has the moments of N(0, I), and where its minimum is. */
type Family = (dim: number) => { loss: (lambda: number) => { loss: number; gradient: number[] }; minimum: number };

function plain(objective: ObjectiveName): Family {
  return (dim) => {
    const rows = axisDesign(dim);
    const loss = lossOf({ objective, model: isotropic(dim), rows: rows.length });
    return { loss: (lambda) => loss([lambda], rows.flat()), minimum: 1 };
  };
}

function withDirections(objective: ObjectiveName, directions: typeof allSigns): Family {
  return (dim) => {
    // All pairs of a row and a direction; the normal design has 6^dim rows, so that it stays with few dimensions.
    const { a, b, count } = crossed(axisDesign(dim), directions(dim));
    const loss = lossOf({ objective, model: isotropic(dim), rows: count });
    return { loss: (lambda) => loss([lambda], a, b), minimum: 1 };
  };
}

const sigma = 0.6;
const denoising: Family = (dim) => {
  const { a, b, count } = crossed(axisDesign(dim), axisDesign(dim));
  const loss = lossOf({ objective: 'denoising', model: isotropic(dim), sigma: Array<number>(dim).fill(sigma), rows: count });
  // It fits p * N(0, sigma^2).
  return { loss: (lambda) => loss([lambda], a, b), minimum: 1 / (1 + sigma * sigma) };
};

const level = 0.7;
const noiseAnnealed: Family = (dim) => {
  const { a, b, count } = crossed(axisDesign(dim), axisDesign(dim));
  const loss = lossOf({ objective: 'noise-annealed', model: isotropic(dim), sigma: Array<number>(dim).fill(sigma), level, rows: count });
  // It fits p * N(0, (level sigma)^2).
  return { loss: (lambda) => loss([lambda], a, b), minimum: 1 / (1 + (level * sigma) ** 2) };
};

/** The self-normalised objective is no polynomial of x; it has a file of its own (selfNormalised.test.ts). */
const families: {
  readonly [N in Exclude<EnergyObjectiveName, 'mfd-self-normalised'>]: readonly (readonly [
    title: string,
    family: Family,
    dims: readonly number[],
  ])[];
} = {
  // m = N(0, I) as well, so that the bridged rows which are fed are of N(0, I).
  mfd: [['bridged rows', plain('mfd'), [1, 2, 5]]],
  fisher: [['exact', plain('fisher'), [1, 2, 5]]],
  sliced: [
    ['all signs', withDirections('sliced', allSigns), [1, 2, 5]],
    ['normal directions', withDirections('sliced', normalDesign), [1, 2]],
  ],
  'sliced-vr': [
    ['all signs', withDirections('sliced-vr', allSigns), [1, 2, 5]],
    ['normal directions', withDirections('sliced-vr', normalDesign), [1, 2]],
  ],
  denoising: [['all pairs', denoising, [1, 2, 5]]],
  'noise-annealed': [['all pairs', noiseAnnealed, [1, 2, 5]]],
};

it('every objective has a sign check', () => {
  expect([...Object.keys(families), 'mfd-self-normalised'].sort()).toEqual([...objectiveNames].sort());
});

describe.each(Object.entries(families))('%s', (_name, cases) => {
  const rows = cases.flatMap(([title, family, dims]) => dims.map((dim) => [title, dim, family] as const));

  it.each(rows)('%s: falls at lambda = 0 in dimension %i', (_title, dim, family) => {
    // d loss / d lambda = E[lambda |x|^2] - dim at every lambda: -dim at zero.
    expect(family(dim).loss(0).gradient[0]).toBeCloseTo(-dim, 12);
  });

  it.each(rows)('%s: has its minimum where the density is the data in dimension %i', (_title, dim, family) => {
    const { loss, minimum } = family(dim);
    const least = loss(minimum);
    expect(Math.abs(least.gradient[0]!)).toBeLessThanOrEqual(1e-12);
    for (const other of [0.2, 0.9 * minimum, 1.1 * minimum, 3]) {
      const { loss: value, gradient } = loss(other);
      // A parabola in lambda, dim / minimum its second derivative.
      expect(difference([value - least.loss], [(dim / minimum / 2) * (other - minimum) ** 2])).toBeLessThanOrEqual(1e-11);
      expect(Math.sign(gradient[0]!)).toBe(Math.sign(other - minimum));
    }
  });
});

it('a mixing density is not asked for where the objective has none in its loss', () => {
  const loss = lossOf({ objective: 'mfd', model: isotropic(1), rows: 1, mixingLogDensity: centredNormal(1, 2) });
  expect(loss([1], [2])).toEqual(lossOf({ objective: 'fisher', model: isotropic(1), rows: 1 })([1], [2]));
});
