import type { DiagnosedMode } from '../../src/shared/diagnosis';
import { formatFixed, formatPoint } from '../../src/shared/plot/numberFormat';
import { t } from '../words';

/** Where a mode is, in few words. */
export function placeOf({ center }: Pick<DiagnosedMode, 'center'>): string {
  const [only] = center;
  return center.length === 1 && only !== undefined ? `x = ${formatFixed(only, 2)}` : formatPoint(center);
}

const kinds: Readonly<Record<DiagnosedMode['kind'], string>> = { found: '', spurious: t('spurious'), missed: t('missed') };

export function kindWords({ kind }: Pick<DiagnosedMode, 'kind'>): string {
  return kinds[kind];
}

/** "1 (−1.00, 0.98)", with what is wrong with it. */
export function modeName(mode: DiagnosedMode, index: number): string {
  const kind = kindWords(mode);
  return `${index + 1} · ${placeOf(mode)}${kind === '' ? '' : ` · ${kind}`}`;
}
