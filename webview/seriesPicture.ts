import { drawLegend, legendHeight } from './legend';
import type { Picture } from './save';
import { drawSeriesPlot, type SeriesPlot } from './seriesPlot';
import type { Theme } from './theme';

const margin = { left: 58, right: 22, top: 24, bottom: 36 } as const;

/** A legend with plots below each other, each so many pixels high. */
export function seriesPicture(plots: readonly SeriesPlot[], width: number, plotHeight: number, theme: Theme): Picture {
  const entries = plots.flatMap(({ series }) => series.filter(({ label }) => label !== ''));
  const head = legendHeight(entries, width);
  const each = margin.top + plotHeight + margin.bottom;
  return {
    width,
    height: head + plots.length * each,
    paint: (surface) => {
      drawLegend(surface, entries, width, theme);
      plots.forEach((plot, index) => {
        const box = {
          left: margin.left,
          top: head + index * each + margin.top,
          width: Math.max(60, width - margin.left - margin.right),
          height: plotHeight,
        };
        drawSeriesPlot(surface, box, plot, theme);
      });
    },
  };
}
