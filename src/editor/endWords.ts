/** How a run ended, in a sentence that says what to do about it. */

import type { RunEnd } from '../shared/protocol';
import type { Translate } from './translate';

export function endWords(end: RunEnd, t: Translate): string {
  switch (end.kind) {
    case 'done':
      return t('Done.');
    case 'stopped':
      return end.forced
        ? t('Stopped by force, because it did not answer; what was written until then is kept.')
        : t('Stopped; the run directory is complete.');
    case 'diverged':
    case 'bad-input':
      return asSentence(end.message);
    case 'crashed':
      return t('{0} What was written is kept; run again, or choose another executor.', asSentence(end.message));
    case 'killed':
    case 'out-of-memory':
      return t('{0} What was written is kept.', asSentence(end.message));
  }
}

/** Whether a sentence about this end should be shown outside of the panel, too. */
export function isFailure(end: RunEnd): boolean {
  return end.kind !== 'done' && end.kind !== 'stopped';
}

export function asSentence(text: string): string {
  if (text === '') return '';
  const capital = text[0]!.toUpperCase() + text.slice(1);
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
}
