import type { PageState } from '../state';
import { t } from '../words';
import { optionLabel } from './optionFields';

/** Why nothing can be sampled now, in one sentence. */
export function sampleRefusal({ refusal, energy, sampleProblems }: PageState): string | undefined {
  if (refusal !== undefined) return refusal;
  if (!energy) return t('There is no energy file to sample.');
  const [wrong] = Object.entries(sampleProblems);
  return wrong && t('{0} in the settings makes no sense. {1}', optionLabel(wrong[0].split('.').at(-1) ?? ''), wrong[1]);
}
