import { hmcForm } from '../shared/samplers/hmc';
import { hamiltonianMove } from './metropolis';
import { metropolisRun } from './metropolisRun';
import { defineSampler } from './sampler';

/** Hamiltonian Monte Carlo with a fixed number of leapfrog steps. */
export const hmc = defineSampler({
  ...hmcForm,
  start: (problem, options) => metropolisRun(problem, options, (here, inputs) => hamiltonianMove(here, inputs, options.leaps)),
});
