/** What a sampler run came to, in a few words. */

import { shortNumber } from './numbers';
import type { HistoryEntry } from './historyEntry';
import type { Translate } from './translate';

/** `1000 particles, temperature 0.98 ± 0.02`; a warning wins over the temperature. */
export function particleWords({ record, result, end }: Extract<HistoryEntry, { kind: 'sample' }>, t: Translate): string {
  const particles = t('{0} particles', record.particles);
  const outcome = outcomeOf(result, end, t);
  return outcome === undefined ? particles : t('{0}, {1}', particles, outcome);
}

type Sampled = Pick<Extract<HistoryEntry, { kind: 'sample' }>, 'result' | 'end'>;

function outcomeOf(result: Sampled['result'], end: Sampled['end'], t: Translate): string | undefined {
  if (end?.status === 'failed') return t('failed');
  if (result === null) return t('not finished');
  const { temperature, warnings } = result;
  if (warnings.length > 0) return warnings[0];
  if (temperature === null || !Number.isFinite(temperature.value)) return undefined;
  return t('temperature {0} ± {1}', shortNumber(temperature.value), shortNumber(temperature.standardError));
}
