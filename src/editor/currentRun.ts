import type { FitService } from './fitService';
import type { RunSession } from './runSession';
import type { SampleService } from './sampleService';
import type { SampleSession } from './sampleSession';

/** The run that buttons without a place of their own mean: the newest of either kind that goes on, rather one that this window steers. */
export function currentRun(fits: FitService, samples: SampleService): RunSession | SampleSession | undefined {
  const [fit, sampling] = [fits.current, samples.current];
  if (fit === undefined || sampling === undefined) return fit ?? sampling;
  if (sampling.steers !== fit.steers) return sampling.steers ? sampling : fit;
  return sampling.startedAt >= fit.startedAt ? sampling : fit;
}

/** Whether a session draws particles; else it fits. */
export function isSampling(session: RunSession | SampleSession): session is SampleSession {
  return 'summary' in session;
}
