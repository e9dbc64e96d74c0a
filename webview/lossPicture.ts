import { chartPicture } from './chartPicture';
import type { LossChart } from './lossChart';
import type { Picture } from './save';
import type { Theme } from './theme';
import { t } from './words';

/**
 * The loss as it stands. On the page the colours are named above the charts; a picture alone needs them.
 * @param runs names of the runs, in their order
 */
export function lossPicture(chart: LossChart, runs: readonly string[], theme: Theme): Picture {
  const kl = chart.data.datasets.filter(({ yAxisID }) => yAxisID === 'kl');
  const legend = kl.map(({ label, pointBackgroundColor }, index) => ({
    label: runs[index] ?? label ?? '',
    colour: typeof pointBackgroundColor === 'string' ? pointBackgroundColor : theme.foreground,
  }));
  const hasKl = kl.some(({ data }) => data.length > 0);
  return chartPicture(chart, { legend, left: t('objective'), right: hasKl ? { axis: 'kl', name: t('KL, dashed') } : undefined }, theme);
}
