/** What a click does about a diagnosis: the fit or the sampler that its next step names. */

import type { DiagnosisRecord } from './diagnosis';

/** How next steps begin that name a fit or a sampler. */
export const adviceStarts = { fit: 'Fit with MFD', sample: 'Sample by parallel tempering' } as const;

export type AdvisedStep =
  /** `beta` is the weight of the data in the bridged density. */
  { readonly kind: 'fit'; readonly beta: number } | { readonly kind: 'sample'; readonly sampler: 'parallel-tempering' };

/** Undefined where something else is advised, or nothing. A density without parameters is never fitted. */
export function advisedStep({ of, next, advice }: DiagnosisRecord): AdvisedStep | undefined {
  if (of === 'energy') return next.startsWith(adviceStarts.sample) ? { kind: 'sample', sampler: 'parallel-tempering' } : undefined;
  return advice && next.startsWith(adviceStarts.fit) ? { kind: 'fit', beta: advice.beta } : undefined;
}
