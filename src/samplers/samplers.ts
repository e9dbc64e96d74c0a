import { ais } from './ais';
import { annealedLangevin } from './annealedLangevin';
import { hmc } from './hmc';
import { langevin } from './langevin';
import { mala } from './mala';
import { parallelTempering } from './parallelTempering';
import type { Sampler } from './sampler';
import { SamplerError } from './samplerError';
import { smc } from './smc';
import { annealedSvgd, svgd } from './svgd';

/** All samplers, in the order of menus. Adding one is a file and a line here. */
export const samplers: readonly Sampler[] = [langevin, mala, hmc, annealedLangevin, parallelTempering, smc, ais, svgd, annealedSvgd];

/** @throws SamplerError ('options') for a name that no sampler has */
export function samplerNamed(name: string): Sampler {
  const sampler = samplers.find((one) => one.name === name);
  if (!sampler) throw new SamplerError('options', `There is no sampler ${name}; there are ${samplers.map((one) => one.name).join(', ')}.`);
  return sampler;
}
