/** The KL spectrum as it is drawn. */

import type { SpectrumRecord } from '../../src/shared/diagnosis';
import { formatNumber, formatSmall } from '../../src/shared/plot/numberFormat';
import { logBounds, type SeriesPlot } from '../seriesPlot';
import type { Table } from '../tables';
import { runColour, type Theme } from '../theme';
import { t } from '../words';

/** Decades of the Fisher divergence that are drawn below its largest value. */
const decades = 8;

const known = (values: readonly (number | null)[]): number[] => values.map((value) => value ?? Number.NaN);

/** The divergence over the noise, and below it the share of KL. */
export function spectrumPlots({ sigma, fisher, fractionBelow, visibleFrom }: SpectrumRecord, theme: Theme): readonly SeriesPlot[] {
  const x = { name: `${t('noise σ')} →`, low: sigma[0] ?? 0.1, high: sigma.at(-1) ?? 1, log: true };
  const marks = visibleFrom === null ? [] : [{ at: visibleFrom, label: t('visible from {0}', formatSmall(visibleFrom)) }];
  const [low, high] = logBounds([known(fisher)], decades);
  return [
    {
      series: [{ label: t('Fisher divergence of the pair with noise'), colour: runColour(theme, 1), xs: sigma, ys: known(fisher) }],
      x: { ...x, name: '' },
      y: { name: `↑ ${t('Fisher divergence')}`, low, high, log: true },
      marks,
    },
    {
      series: [{ label: t('share of KL below the noise'), colour: runColour(theme, 0), xs: sigma, ys: known(fractionBelow) }],
      x,
      y: { name: `↑ ${t('share')}`, low: 0, high: 1, log: false },
      marks: marks.map(({ at }) => ({ at, label: '' })),
    },
  ];
}

/** The integral beside KL, which it should be. */
export function spectrumWords({ kl, fractionBelow, sigma, visibleFrom }: SpectrumRecord): string {
  const share = fractionBelow.findLast((value) => value !== null);
  const integral =
    share == null
      ? ''
      : t(
          'The integral up to noise {0} is {1}, KL is {2}.',
          formatNumber(sigma.at(-1) ?? Number.NaN, 2),
          formatNumber(share * kl, 3),
          formatNumber(kl, 3),
        );
  const from =
    visibleFrom === null
      ? t('At which noise the weights show is not known.')
      : t('A tenth of KL lies below noise {0}: from there on the weights show in the score.', formatSmall(visibleFrom));
  return `${integral} ${from}`.trim();
}

/** One row a noise. */
export function spectrumTable({ sigma, fisher, fractionBelow }: SpectrumRecord): Table {
  return {
    caption: t('KL spectrum'),
    columns: [t('noise σ'), t('Fisher divergence'), t('share of KL below the noise')],
    rows: sigma.map((noise, i) => [noise, fisher[i] ?? null, fractionBelow[i] ?? null]),
  };
}
