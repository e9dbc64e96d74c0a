import { contourLines } from '../../shared/plot/contours';
import type { Extent, Grid } from '../../shared/plot/grid';
import { aspectOf, reduceGrid } from '../../shared/plot/grid';
import { heatMapUri } from './grid';
import type { Content, Markup } from './markup';
import { markup } from './markup';
import type { Box } from './plotFrame';
import { axes, clipped, dotPath, linePath, picture } from './plotFrame';
import type { Scale } from '../../shared/plot/scale';
import { linearScale } from '../../shared/plot/scale';

/** Where contours run, as shares of the top of the colour scale: closer near zero, so that a light mode shows beside a heavy one. */
export const contourShares = [0.03, 0.1, 0.25, 0.5, 0.75] as const;

/** The axes of a panel, for what is drawn over it. */
export interface PanelScales {
  readonly box: Box;
  readonly x: Scale;
  readonly y: Scale;
}

export interface DensityPanel {
  /** The picture in words. */
  readonly label: string;
  readonly extent: Extent;
  /** Null draws bare axes, for a scatter of points. */
  readonly grid: Grid | null;
  /** The density that takes the brightest colour. */
  readonly top: number;
  readonly contours: boolean;
  /** Drawn over the density, and cut off at the edges. */
  readonly overlay?: (scales: PanelScales) => Content;
}

/** A density as a heat map with contours, over axes named x₁ and x₂. */
export function densityPanel(panel: DensityPanel): Markup {
  const width = 320;
  const box = { left: 34, top: 24, width: 276, height: 276 * aspectOf(panel.extent) };
  const scales: PanelScales = {
    box,
    x: linearScale(panel.extent.left, panel.extent.right, box.left, box.left + box.width, 5),
    y: linearScale(panel.extent.bottom, panel.extent.top, box.top + box.height, box.top, 5),
  };
  const content = [
    panel.grid === null
      ? markup`<rect class="ground" x="${box.left}" y="${box.top}" width="${box.width}" height="${box.height}"/>`
      : heatMap(panel.grid, panel.top, scales, 256),
    panel.grid !== null && panel.contours ? contours(panel.grid, panel.top, scales) : null,
    panel.overlay?.(scales) ?? null,
  ];
  return picture(width, box.top + box.height + 40, panel.label, [
    clipped(box, content),
    axes(box, scales.x, scales.y, { x: 'x₁', y: 'x₂' }, false),
  ]);
}

/** A small density without axes, for a strip. */
export function densityThumbnail(grid: Grid, top: number, label: string): Markup {
  const height = 120 * aspectOf(grid.extent);
  const small = reduceGrid(grid, 96);
  return picture(
    120,
    height,
    label,
    markup`<image href="${heatMapUri(small, top)}" width="120" height="${height}" preserveAspectRatio="none"/>`,
  );
}

function heatMap(grid: Grid, top: number, { x, y }: PanelScales, most: number): Markup {
  const reduced = reduceGrid(grid, most);
  const { left, right, bottom, top: upper } = reduced.extent;
  return markup`<image href="${heatMapUri(reduced, top)}" x="${x.map(left)}" y="${y.map(upper)}" width="${x.map(right) - x.map(left)}" height="${y.map(bottom) - y.map(upper)}" preserveAspectRatio="none"/>`;
}

function contours(grid: Grid, top: number, { x, y }: PanelScales): Markup {
  const coarse = reduceGrid(grid, 128);
  const paths = contourShares.map((share) => {
    const lines = contourLines(coarse, share * top);
    const path = lines.map((line) => linePath(line.map(([a, b]) => [x.map(a), y.map(b)] as const))).join('');
    return markup`<path class="contour ${share < 0.6 ? 'on-dark' : 'on-light'}" d="${path}"/>`;
  });
  return markup`${paths}`;
}

/** Points over a panel. */
export function scatter(points: readonly (readonly [number, number])[], className: string): (scales: PanelScales) => Markup {
  return ({ x, y }) =>
    markup`<g class="${className}"><path class="dots" d="${dotPath(points.map(([a, b]) => [x.map(a), y.map(b)] as const))}"/></g>`;
}

/** Half the length of a cross's arms, in the picture's units. */
const arm = 5;

/** Crosses over a panel, dark-edged so that they show on every colour. */
export function crosses(points: readonly (readonly [number, number])[]): (scales: PanelScales) => Markup {
  return ({ x, y }) => {
    const drawn = points.map(([a, b]) => {
      const [left, top] = [x.map(a), y.map(b)];
      return (
        linePath([
          [left - arm, top - arm],
          [left + arm, top + arm],
        ]) +
        linePath([
          [left - arm, top + arm],
          [left + arm, top - arm],
        ])
      );
    });
    return markup`<path class="cross edge" d="${drawn.join('')}"/><path class="cross" d="${drawn.join('')}"/>`;
  };
}
