/** How far the weights of a model's modes are from the data's: what the report and the panel both say in words. */

/** Own choice: an error of this size in a weight is what the sampling of a usual data set explains. */
export const fineWeightError = 0.02;

/** Own choice: from here on a weight is called wrong. */
export const wrongWeightError = 0.05;

/** A mode with its weight in the model and in the data; NaN where unknown. */
export interface WeighedMode {
  readonly label: string;
  readonly weight: number;
  readonly weightStdErr: number;
  readonly dataWeight: number;
  readonly dataWeightStdErr: number;
}

/** The mode whose weight is furthest from the data's; null where fewer than two modes can be compared. */
export function worstMode<M extends WeighedMode>(
  modes: readonly M[],
): { readonly mode: M; readonly error: number; readonly stdErr: number } | null {
  const known = modes.filter((mode) => Number.isFinite(mode.weight) && Number.isFinite(mode.dataWeight));
  if (known.length < 2) return null;
  const errors = known.map((mode) => {
    const stdErr = Math.hypot(finiteOrZero(mode.weightStdErr), finiteOrZero(mode.dataWeightStdErr));
    return { mode, error: Math.abs(mode.weight - mode.dataWeight), stdErr };
  });
  return errors.reduce((worst, next) => (next.error > worst.error ? next : worst));
}

function finiteOrZero(value: number): number {
  return Number.isFinite(value) ? value : 0;
}
