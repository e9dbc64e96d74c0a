import type { LossChart } from './lossChart';
import type { Picture } from './save';
import type { Theme } from './theme';
import { t } from './words';

/**
 * The chart as it stands, drawn anew on any surface: Chart.js itself only draws on canvases.
 * @param runs names of the runs, in their order
 */
export function lossPicture(chart: LossChart, runs: readonly string[], theme: Theme): Picture {
  const { chartArea: area, width, height } = chart;
  const box = { left: area.left, top: area.top, width: area.right - area.left, height: area.bottom - area.top };
  return {
    width,
    height,
    paint: (surface) => {
      for (const [id, scale] of Object.entries(chart.scales)) {
        if (id === 'kl' && !chart.data.datasets.some(({ yAxisID, data }) => yAxisID === 'kl' && data.length > 0)) continue;
        scale.ticks.forEach((tick, index) => {
          const at = scale.getPixelForTick(index);
          const label = Array.isArray(tick.label) ? tick.label.join(' ') : (tick.label ?? '');
          if (id === 'x') surface.text(at, area.bottom + 13, label, { colour: theme.muted, align: 'center' });
          else if (id === 'y') {
            surface.lines([[area.left, at, area.right, at]], { colour: theme.rule, width: 1 });
            surface.text(area.left - 7, at, label, { colour: theme.muted, align: 'right' });
          } else surface.text(area.right + 7, at, label, { colour: theme.muted });
        });
      }
      surface.clipped(box, () => {
        for (const dataset of [...chart.data.datasets].sort((a, b) => (b.order ?? 0) - (a.order ?? 0))) {
          const scale = chart.scales[dataset.yAxisID ?? 'y'];
          const x = chart.scales['x'];
          if (!scale || !x) continue;
          const line = dataset.data.flatMap((point) => [x.getPixelForValue(point.x), scale.getPixelForValue(point.y)]);
          const dash = dataset.yAxisID === 'kl' ? { dash: [5, 3.5] } : {};
          surface.lines([line], {
            colour: typeof dataset.borderColor === 'string' ? dataset.borderColor : theme.foreground,
            width: Number(dataset.borderWidth),
            ...dash,
          });
        }
      });
      surface.lines([[area.left, area.bottom, area.right, area.bottom]], { colour: theme.line, width: 1 });
      let left = area.left;
      // On the page the colours are named above the charts; a picture alone needs them.
      for (const [index, { label, pointBackgroundColor }] of chart.data.datasets.filter(({ yAxisID }) => yAxisID === 'kl').entries()) {
        const name = runs[index] ?? label ?? '';
        surface.fill(
          { left, top: height - 10, width: 9, height: 9 },
          typeof pointBackgroundColor === 'string' ? pointBackgroundColor : theme.foreground,
        );
        surface.text(left + 14, height - 5, name, { colour: theme.foreground });
        left += 14 + surface.widthOf(name) + 16;
      }
      surface.text(area.right, height - 6, t('step'), { colour: theme.foreground, align: 'right' });
      surface.text(area.left, 3, t('objective'), { colour: theme.foreground });
      if (chart.data.datasets.some(({ yAxisID, data }) => yAxisID === 'kl' && data.length > 0)) {
        surface.text(area.right, 3, t('KL, dashed'), { colour: theme.foreground, align: 'right' });
      }
    },
  };
}
