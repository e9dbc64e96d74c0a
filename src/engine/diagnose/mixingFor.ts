import { type ResolvedMixing, resolveMixing } from '../../data/mixing';
import type { TracedEnergy } from '../../energy/traced';
import type { DataSource } from '../fit/source';
import { momentsOf } from '../fit/standardization';

/** Rows from which m is fitted to the data: as many as a fit takes. */
const momentRows = 20_000;

/** The built-in m of an energy, fitted to its data where the file leaves something open; undefined for one that the user wrote. */
export function mixingFor(traced: TracedEnergy, source: DataSource): ResolvedMixing | undefined {
  const spec = traced.mixing ?? { kind: 'gaussian' as const };
  return spec.kind === 'custom' ? undefined : resolveMixing(spec, momentsOf(source.overview(momentRows), source.dim));
}
