/** What a sampling comes to. */

import { fineWeightError } from '../../src/shared/modeWeights';
import { formatFixed, formatSmall } from '../../src/shared/plot/numberFormat';
import type { PageState } from '../state';
import type { Verdict } from '../verdict';
import { t } from '../words';
import { asSentenceStart } from './optionFields';
import { sampleRefusal } from './sampleRefusal';
import type { SamplingView } from './sampleState';
import { shareRows } from './shares';

/** Whether a sampling ended in another way than it should. */
export function samplingFailed({ state }: SamplingView): boolean {
  return state.kind === 'ended' && state.end.kind !== 'done' && state.end.kind !== 'stopped';
}

/** What a sampling comes to, in one sentence. */
export function sampleVerdict(state: PageState): Verdict {
  const { sampling } = state;
  if (!sampling) return { status: 'info', text: sampleRefusal(state) ?? t('Nothing has been sampled yet. Press Sample to start.') };
  const run = sampling.state;
  if (run.kind === 'stage') return { status: 'info', text: `${run.text}…` };
  if (run.kind === 'ended') {
    if (samplingFailed(sampling)) return { status: 'bad', text: run.words };
    const [warning] = sampling.summary?.warnings ?? [];
    if (warning !== undefined) return { status: 'warn', text: asSentenceStart(warning) };
    if (sampling.summary && run.end.kind === 'done')
      return { status: 'good', text: t('{0} particles; nothing speaks against them.', formatFixed(sampling.info?.particles ?? 0, 0)) };
    return { status: 'info', text: run.words };
  }
  const errors = shareRows(state).flatMap(({ share, own }) => (own === null ? [] : [Math.abs(share - own)]));
  if (errors.length < 2) return { status: 'info', text: t('Particles move over the density.') };
  const worst = Math.max(...errors);
  return {
    status: worst <= fineWeightError ? 'good' : 'info',
    text: t('Particles in the modes off by up to {0} from their weights so far.', formatSmall(worst)),
  };
}
