import { malaForm } from '../shared/samplers/mala';
import { langevinMove } from './metropolis';
import { metropolisRun } from './metropolisRun';
import { defineSampler } from './sampler';

/** The Metropolis-adjusted Langevin algorithm: Langevin steps that leave the target exactly invariant. */
export const mala = defineSampler({
  ...malaForm,
  start: (problem, options) => metropolisRun(problem, options, langevinMove),
});
