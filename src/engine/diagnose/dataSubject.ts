import { distributionOf } from '../../data/distributions';
import type { BuiltinDataSpec, DataSpec } from '../../data/spec';
import { distributionField } from '../../diagnose/fields/distributionField';
import { componentsOf } from '../../diagnose/fields/gaussianComponents';
import { gaussianField } from '../../diagnose/fields/gaussianField';
import type { TracedEnergy } from '../../energy/traced';
import { type GaussianMixture, mixtureTarget } from '../../samplers/mixtureTarget';
import { Random } from '../../shared/random';
import { settingsOf, sourceOf } from '../fit/prepare';
import { mixingFor } from './mixingFor';
import type { Subject, SubjectOptions } from './subject';

/** Draws from which the scale of a distribution is taken. */
const scaleRows = 1000;

/** Data whose density has no score: it jumps at the edges of its squares. */
const jumping: ReadonlySet<BuiltinDataSpec['kind']> = new Set(['checkerboard']);

/** The mixture of Gaussians that the data are, where they are one. */
function mixtureOf(spec: DataSpec): GaussianMixture | undefined {
  if (spec.kind === 'gaussianMixture') return spec;
  if (spec.kind === 'grid25') {
    const { components } = distributionOf(spec);
    return { means: components.map(({ center }) => center), std: [spec.std], weights: components.map(({ weight }) => weight) };
  }
  if (spec.kind !== 'affine') return undefined;
  const base = mixtureOf(spec.base);
  if (!base) return undefined;
  const { scale, shift } = spec;
  return {
    means: base.means.map((mean) => mean.map((m, j) => scale * m + (typeof shift === 'number' ? shift : (shift[j] ?? 0)))),
    std: base.std.map((s) => s * Math.abs(scale)),
    weights: base.weights,
  };
}

function deviations(rows: Float64Array, dim: number): number[] {
  const n = rows.length / dim;
  return Array.from({ length: dim }, (_, j) => {
    const column = rows.filter((_x, i) => i % dim === j);
    const mean = column.reduce((t, x) => t + x / n, 0);
    return Math.sqrt(column.reduce((t, x) => t + (x - mean) ** 2 / n, 0)) || 1;
  });
}

/** The density of an energy's data, before any fit: what an objective sees of it can be told exactly. Undefined where it is not known. */
export async function dataSubject(traced: TracedEnergy, options: SubjectOptions): Promise<Subject | undefined> {
  const spec = traced.data;
  if (!spec || spec.kind === 'file' || spec.kind === 'samples') return undefined;
  if (jumping.has(spec.kind === 'affine' ? spec.base.kind : spec.kind)) return undefined;
  const source = await sourceOf(spec, traced, 2, options);
  const distribution = distributionOf(spec);
  const mixture = mixtureOf(spec);
  const mixing = mixingFor(traced, source);
  const draws = distribution.sample(new Random(options.seed).split('scale'), scaleRows);
  return {
    of: 'data',
    title: `the density of its data (${source.description})`,
    runDir: undefined,
    field: mixture
      ? gaussianField(componentsOf(mixture.means, mixture.std, mixture.weights))
      : distributionField(distribution, deviations(draws, traced.dim)),
    target: mixture && mixtureTarget(mixture),
    unnormalised: undefined,
    source,
    bridging: { beta: settingsOf(traced, {}).beta, ...(mixing && { mixing }) },
    bridged: false,
    negativeMass: undefined,
    notes: ['nothing was fitted yet: this is about the density of the data, exactly, which an objective has to see'],
  };
}
