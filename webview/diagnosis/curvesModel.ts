/** Divergences against the weight of a mode, as they are drawn. */

import type { WeightCurve, WeightCurves } from '../../src/shared/diagnosis';
import { formatNumber, formatWeight } from '../../src/shared/plot/numberFormat';
import { logBounds, type SeriesPlot } from '../seriesPlot';
import type { Table } from '../tables';
import { runColour, type Theme } from '../theme';
import { t } from '../words';

/** Decades of a divergence that are drawn below the largest value: the Fisher divergence of a blind pair lies five below the others. */
const decades = 9;

/** Number of the weight that lies nearest to a value. */
export function nearest(alpha: readonly number[], value: number): number {
  return alpha.reduce((best, each, i) => (Math.abs(each - value) < Math.abs((alpha[best] ?? Infinity) - value) ? i : best), 0);
}

/** The point of a curve where it is least; undefined for one without a least value. */
export function leastPoint(
  alpha: readonly number[],
  { values, least }: WeightCurve,
): { readonly x: number; readonly y: number } | undefined {
  if (!Number.isFinite(least) || alpha.length === 0) return undefined;
  return { x: least, y: values[nearest(alpha, least)] ?? Number.NaN };
}

/** Each divergence with its name and colour. */
function named(curves: WeightCurves, theme: Theme): { readonly name: string; readonly colour: string; readonly curve: WeightCurve }[] {
  return [
    { name: t('Fisher divergence'), colour: runColour(theme, 1), curve: curves.fisher },
    { name: t('MFD with β {0}', formatNumber(curves.beta, 2)), colour: runColour(theme, 0), curve: curves.mixtureFisher },
    { name: t('KL'), colour: theme.truth, curve: curves.kl },
  ];
}

export function curvesPlot(curves: WeightCurves, theme: Theme): SeriesPlot {
  const { alpha, mode, weight } = curves;
  const all = named(curves, theme);
  // Without the mode, and without all others, divergences are of another order: the axis is for the weights between.
  const [low, high] = logBounds(
    all.map(({ curve }) => curve.values.filter((_, i) => alpha[i]! > 0 && alpha[i]! < 1)),
    decades,
  );
  return {
    series: all.map(({ name, colour, curve }) => {
      const dot = leastPoint(alpha, curve);
      return {
        label: Number.isFinite(curve.least) ? t('{0}, least at {1}', name, formatWeight(curve.least)) : name,
        colour,
        xs: alpha,
        ys: curve.values,
        // What is least at nought lies at the foot of a logarithmic axis.
        dots: dot ? [{ x: dot.x, y: Number.isFinite(dot.y) ? dot.y : low }] : [],
      };
    }),
    x: { name: `${t('weight of mode {0}', mode + 1)} →`, low: 0, high: 1, log: false },
    y: { name: `↑ ${t('divergence')}`, low, high, log: true },
    marks: [{ at: weight, label: t('its weight {0}', formatWeight(weight)) }],
  };
}

/** Whether a curve is nought somewhere, which a logarithmic axis cannot show. */
export function hasZeros({ fisher, kl, mixtureFisher }: WeightCurves): boolean {
  return [fisher, kl, mixtureFisher].some(({ values }) => values.some((value) => value === 0));
}

export function curvesTable(curves: WeightCurves): Table {
  const { alpha, fisher, kl, mixtureFisher, mode } = curves;
  const caption = t('Divergences against the weight of mode {0}', mode + 1);
  return {
    caption: hasZeros(curves) ? `${caption} (${t('0 is drawn at the foot of the axis')})` : caption,
    columns: [t('weight'), t('Fisher divergence'), t('MFD'), t('KL')],
    rows: alpha.map((weight, i) => [weight, fisher.values[i] ?? null, mixtureFisher.values[i] ?? null, kl.values[i] ?? null]),
  };
}
