/** Shares of the particles in the modes, beside the weights that they should have. */

import { labelOf } from '../modeBars';
import type { PageState } from '../state';
import { particlesShown } from './sampleState';

/** A mode with what is known of it; null where unknown. */
export interface ShareRow {
  readonly label: string;
  readonly center: readonly number[];
  readonly share: number;
  /** Standard error of independent particles. */
  readonly stdErr: number;
  /** Mass of the density in the mode. */
  readonly own: number | null;
  readonly ownStdErr: number | null;
  readonly data: number | null;
  readonly dataStdErr: number | null;
}

/** Those of the particles shown; once the run has ended and is not scrubbed through, those that were measured at its end. */
export function shareRows(state: PageState): readonly ShareRow[] {
  const { sampling, sampleShown } = state;
  const measured = sampling?.summary?.modes;
  if (measured && sampleShown === undefined)
    return measured.map((mode) => ({
      label: labelOf(mode),
      center: mode.center,
      share: mode.weight,
      stdErr: mode.weightStdErr,
      own: mode.ownWeight,
      ownStdErr: mode.ownWeightStdErr,
      data: mode.dataWeight,
      dataStdErr: mode.dataWeightStdErr,
    }));
  const frame = particlesShown(state);
  const info = sampling?.info;
  if (!frame || !info) return [];
  return info.modes.map((mode, index) => {
    const share = frame.modeShares[index] ?? Number.NaN;
    const known = measured?.find(({ label }) => label === mode.label);
    return {
      label: labelOf(mode),
      center: mode.center,
      share,
      stdErr: Math.sqrt((share * (1 - share)) / Math.max(1, info.particles)),
      own: mode.weight,
      ownStdErr: known?.ownWeightStdErr ?? null,
      data: known?.dataWeight ?? null,
      dataStdErr: known?.dataWeightStdErr ?? null,
    };
  });
}
