import { formatFixed, formatNumber, formatWeight } from '../../shared/plot/numberFormat';
import { thin } from '../../shared/plot/statistics';
import type { SpectrumRecord, WeightCurves } from '../../shared/diagnosis';
import { figure } from './figure';
import { legend } from './legend';
import { lineChart } from './lineChart';
import type { Markup } from './markup';

/** Decades of a divergence that are drawn below its largest value. */
const decades = 8;

/** Divergences against the weight of one mode, each with a dot where it is least. */
export function curvesFigure({ mode, weight, alpha, fisher, kl, mixtureFisher, beta }: WeightCurves): Markup {
  const curves = [
    { label: `Fisher divergence, least at ${formatWeight(fisher.least)}`, className: 'c-run1', curve: fisher },
    {
      label: `MFD with beta ${formatNumber(beta, 2)}, least at ${formatWeight(mixtureFisher.least)}`,
      className: 'c-run0',
      curve: mixtureFisher,
    },
    { label: `KL, least at ${formatWeight(kl.least)}`, className: 'c-truth', curve: kl },
  ];
  const all = curves.flatMap(({ curve }) => curve.values.filter((v) => v > 0 && Number.isFinite(v)));
  const top = all.reduce((a, b) => Math.max(a, b), 1e-12);
  const bottom = Math.max(
    all.reduce((a, b) => Math.min(a, b), top),
    top * 10 ** -decades,
  );
  const chart = lineChart({
    label: `Divergences against the weight of mode ${mode + 1}, which is ${formatWeight(weight)}`,
    width: 960,
    height: 320,
    series: [
      ...curves.map(({ curve, className }) => ({
        className,
        points: alpha.map((a, i) => [a, Math.max(curve.values[i] ?? NaN, bottom)] as const),
      })),
      ...curves.map(({ curve, className }) => ({
        className: `${className} dashed`,
        points: [[curve.least, bottom] as const, [curve.least, top] as const],
      })),
    ],
    axes: { x: `weight of mode ${mode + 1}`, y: 'divergence' },
    x: [0, 1],
    y: [bottom, top],
    logY: true,
  });
  return figure(
    [legend(curves.map(({ className, label }) => ({ className: `${className} stroke`, label }))), chart],
    `From the density to itself with the weight of mode ${mode + 1} moved; its weight is ${formatWeight(weight)}. Dashed: where each divergence is least. A curve that is low and flat is blind.`,
    [
      {
        caption: 'Divergences against the weight',
        columns: ['weight', 'Fisher', 'MFD', 'KL'],
        rows: thin(
          alpha.map((a, i) => [formatWeight(a), ...[fisher, mixtureFisher, kl].map(({ values }) => formatNumber(values[i] ?? NaN))]),
          26,
        ),
      },
    ],
  );
}

/** The KL spectrum: at which noise a change of the weights shows in a score. */
export function spectrumFigure({ sigma, fisher, fractionBelow, visibleFrom }: SpectrumRecord): Markup {
  const logs = sigma.map((s) => Math.log10(s));
  const heights = fisher.map((f, i) => (f === null ? NaN : f * (sigma[i] ?? NaN) ** 2));
  const highest = heights.reduce((a, b) => (b > a ? b : a), 0) || 1;
  const series = [
    { label: 'share of KL below the noise', className: 'c-run0', values: fractionBelow.map((f) => f ?? NaN) },
    {
      label: 'Fisher divergence at the noise times its variance, over its largest',
      className: 'c-run1',
      values: heights.map((h) => h / highest),
    },
  ];
  const chart = lineChart({
    label: 'KL spectrum of a change of the weights',
    width: 960,
    height: 260,
    series: series.map(({ className, values }) => ({ className, points: logs.map((l, i) => [l, values[i] ?? NaN] as const) })),
    axes: { x: 'log₁₀ of the noise', y: 'share' },
    x: [logs[0] ?? 0, logs.at(-1) ?? 1],
    y: [0, 1.05],
  });
  const from =
    visibleFrom === null
      ? ''
      : ` A tenth of KL lies below noise ${formatNumber(visibleFrom, 2)}: from there on the weights show in the score.`;
  return figure(
    [legend(series.map(({ className, label }) => ({ className: `${className} stroke`, label }))), chart],
    `KL spectrum: KL is the integral of the Fisher divergence over the variance of added noise.${from}`,
    [
      {
        caption: 'KL spectrum',
        columns: ['noise', 'Fisher divergence', 'share of KL below'],
        rows: thin(
          sigma.map((s, i) => [formatNumber(s), formatNumber(fisher[i] ?? NaN), formatFixed(fractionBelow[i] ?? NaN, 3)]),
          28,
        ),
      },
    ],
  );
}
