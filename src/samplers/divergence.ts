import { SamplerError } from './samplerError';

/** The error of particles that are no longer numbers: step, likely cause and cure. */
export function divergence(step: number, particles: number, of: number): SamplerError {
  const who = `${String(particles)} of ${String(of)} particles ${particles === 1 ? 'is' : 'are'} no longer ${particles === 1 ? 'a number' : 'numbers'} in step ${String(step)}`;
  const why =
    step === 0
      ? 'the score is not finite where they start, or the step size is far too large: start inside the support of the density, or lower stepSize'
      : 'the step size is too large for the curvature of the energy, or the energy is undefined or unbounded where they went: lower stepSize, or use MALA, which refuses such steps';
  return new SamplerError('diverged', `${who}: ${why}. The particles of before that step are kept.`, step);
}
