import type { Chart } from 'chart.js';
import type { CurvePoint } from './lossData';
import type { Picture } from './save';
import type { Theme } from './theme';
import { t } from './words';

/** Names of what a chart shows, which on the page stand elsewhere. */
export interface ChartNames {
  readonly legend: readonly { readonly label: string; readonly colour: string }[];
  readonly left: string;
  /** Of the axis on the right, whose id is given; undefined where it shows nothing. */
  readonly right: { readonly axis: string; readonly name: string } | undefined;
}

/** The chart as it stands, drawn anew on any surface: Chart.js itself only draws on canvases. */
export function chartPicture(chart: Chart<'line', CurvePoint[]>, { legend, left, right }: ChartNames, theme: Theme): Picture {
  const { chartArea: area, width, height } = chart;
  const box = { left: area.left, top: area.top, width: area.right - area.left, height: area.bottom - area.top };
  return {
    width,
    height,
    paint: (surface) => {
      for (const [id, scale] of Object.entries(chart.scales)) {
        if (id !== 'x' && id !== 'y' && id !== right?.axis) continue;
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
          const dash = dataset.yAxisID === right?.axis && right !== undefined ? { dash: [5, 3.5] } : {};
          surface.lines([line], {
            colour: typeof dataset.borderColor === 'string' ? dataset.borderColor : theme.foreground,
            width: Number(dataset.borderWidth),
            ...dash,
          });
        }
      });
      surface.lines([[area.left, area.bottom, area.right, area.bottom]], { colour: theme.line, width: 1 });
      let at = area.left;
      for (const { label, colour } of legend) {
        surface.fill({ left: at, top: height - 10, width: 9, height: 9 }, colour);
        surface.text(at + 14, height - 5, label, { colour: theme.foreground });
        at += 14 + surface.widthOf(label) + 16;
      }
      surface.text(area.right, height - 6, t('step'), { colour: theme.foreground, align: 'right' });
      surface.text(area.left, 3, left, { colour: theme.foreground });
      if (right) surface.text(area.right, 3, right.name, { colour: theme.foreground, align: 'right' });
    },
  };
}
