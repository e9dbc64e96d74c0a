import type { Translate } from '../translate';
import type { Cure } from './applyFix';

/** Puts another word in place of the nearest one behind the mistake's position, else before it. */
export function rename(
  source: string,
  offset: number,
  { from, to }: { readonly from: string; readonly to: string },
  t: Translate,
): Cure | undefined {
  const escaped = from.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  const whole = new RegExp(`(?<![\\p{ID_Continue}$])${escaped}(?![\\p{ID_Continue}$])`, 'gu');
  const places = [...source.matchAll(whole)].map(({ index }) => index);
  const at = places.find((place) => place + from.length > offset) ?? places.at(-1);
  return at === undefined ? undefined : { title: t('Change to "{0}"', to), edits: [{ offset: at, length: from.length, text: to }] };
}
