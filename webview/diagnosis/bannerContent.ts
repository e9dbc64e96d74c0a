/** What the banner of a diagnosis says. */

import type { Verdict } from '../../src/shared/diagnosis';
import { formatSeconds } from '../../src/shared/plot/numberFormat';
import type { IconName } from '../dom';
import type { PageState } from '../state';
import { t } from '../words';

const verdicts: Readonly<Record<Verdict, { readonly look: string; readonly icon: IconName; readonly words: string }>> = {
  blind: { look: 'bad', icon: 'blind', words: t('Score matching is blind here') },
  sees: { look: 'good', icon: 'eye', words: t('Score matching sees the weights') },
  'cannot tell': { look: 'warn', icon: 'unknown', words: t('Cannot tell') },
};

export interface BannerContent {
  /** Class of its colour. */
  readonly look: string;
  readonly icon: IconName;
  readonly title: string;
  readonly summary: string;
  readonly next: string;
  readonly about: string;
}

/** What the banner shows of the state. */
export function bannerContent(state: PageState): BannerContent {
  const { diagnosis, refusal, energy } = state;
  const empty = { summary: '', next: '', about: '' };
  if (!diagnosis) {
    const cannot = refusal ?? (energy ? undefined : t('There is no energy file to diagnose.'));
    const ask = t('Press Diagnose to find out whether score matching can tell how the mass is shared between the modes.');
    return { ...empty, look: 'info', icon: 'info', title: t('Nothing has been diagnosed yet'), summary: cannot ?? ask };
  }
  if (diagnosis.state.kind === 'stage')
    return { ...empty, look: 'info', icon: 'info', title: t('Diagnosing'), summary: `${diagnosis.state.text}…` };
  if (diagnosis.state.kind === 'failed')
    return { ...empty, look: 'bad', icon: 'bad', title: t('There is no diagnosis'), summary: diagnosis.state.words };
  const { record } = diagnosis.state.answer;
  const { look, icon: name, words } = verdicts[record.verdict];
  return {
    look,
    icon: name,
    title: words,
    summary: record.summary,
    next: record.next,
    about: [record.energy, record.subject, t('seed {0}', record.seed), record.executor, formatSeconds(record.seconds)].join(' · '),
  };
}
