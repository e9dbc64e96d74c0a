import { ParameterChecks } from '../parameters';
import type { Distribution } from '../distribution';

/**
 * The distribution of scale times x plus shift, x from `base`: log p(y) = log p_base((y - shift)/scale) - dim log |scale|.
 * @param shift one number for all coordinates, or one for each
 * @throws DataError for a scale of zero, numbers that are not finite, or a shift of another dimension
 */
export function affine(base: Distribution, scale: number, shift: number | readonly number[]): Distribution {
  const { dim } = base;
  const checks = new ParameterChecks('data');
  checks.finite('scale', scale);
  checks.require(scale !== 0, 'scale cannot be 0');
  const offsets = typeof shift === 'number' ? new Array<number>(dim).fill(shift) : shift;
  checks.require(offsets.length === dim, `shift has ${String(offsets.length)} numbers, but the data has ${String(dim)} columns`);
  for (const value of offsets) checks.finite('every number of shift', value);

  const forward = (value: number, i: number) => scale * value + (offsets[i % dim] ?? 0);
  const back = (x: Float64Array) => x.map((value, i) => (value - (offsets[i % dim] ?? 0)) / scale);
  const logVolume = dim * Math.log(Math.abs(scale));
  return {
    dim,
    components: base.components.map((component) => ({ ...component, center: component.center.map(forward) })),
    sample: (random, n) => base.sample(random, n).map(forward),
    logDensity: (x) => base.logDensity(back(x)).map((value) => value - logVolume),
    componentOf: (x) => base.componentOf(back(x)),
  };
}
