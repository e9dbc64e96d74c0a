/** Densities of the plane, or clouds of points, side by side on the same axes and colours. */

import type { Maps, ScoreField } from '../src/shared/plot/arrows';
import type { Extent, Grid } from '../src/shared/plot/grid';
import { linearScale } from '../src/shared/plot/scale';
import { drawAxes, tickCount } from './axes';
import { contourShares, contoursOf } from './contourCache';
import { type ColourTop, colourScale, heatMap } from './heatMap';
import { dotStyle, project } from './points';
import { arrowLines } from './scoreArrows';
import type { Box, Raster, Surface } from './surface';
import { shortened, wrapped } from './textFit';
import { onHeatMap, type Theme } from './theme';
import type { View } from './uiState';
import { t } from './words';

export interface DotLayer {
  readonly rows: Float32Array;
  readonly dim: number;
  readonly colour: string;
}

export interface Plane {
  readonly title: string;
  /** Of the mark before the title; undefined for none. */
  readonly colour: string | undefined;
  readonly grid: Grid | undefined;
  readonly score: ScoreField | undefined;
  readonly dots: readonly DotLayer[];
  /** Why there is nothing, or what one should know of it; undefined for nothing to say. */
  readonly words: string | undefined;
}

export interface PlanesModel {
  readonly planes: readonly Plane[];
  readonly axes: readonly [number, number];
  readonly names: readonly [string, string];
  readonly view: View;
  /** Undefined where no plane has a density. */
  readonly colours: ColourTop | undefined;
  readonly contours: boolean;
}

export interface PlanesLayout {
  readonly boxes: readonly Box[];
  readonly height: number;
  readonly scaleBox: Box | undefined;
}

const margin = { left: 38, right: 10, top: 26, bottom: 36, gap: 16, scale: 34 } as const;

/**
 * Equal boxes in rows; a unit is as long up as across, as far as the shape of a page allows.
 * @param mostAcross how many may stand side by side
 */
export function planesLayout(width: number, count: number, view: View, hasColours: boolean, mostAcross = count): PlanesLayout {
  const across = Math.max(1, Math.min(mostAcross, Math.floor((width - margin.left) / 140)));
  const room = width - margin.left - margin.right - (across - 1) * margin.gap;
  const aspect = Math.min(1.3, Math.max(0.6, (view.y[1] - view.y[0]) / (view.x[1] - view.x[0])));
  // One alone may be larger than those that stand side by side.
  const most = count === 1 ? 560 : 440;
  const side = Math.max(60, Math.min(room / across, most, most / aspect));
  const boxHeight = Math.round(side * aspect);
  const rows = Math.ceil(count / across);
  const rowHeight = margin.top + boxHeight + margin.bottom;
  const start = margin.left + Math.max(0, (room - side * across) / 2);
  const boxes = Array.from({ length: count }, (_, index) => ({
    left: Math.round(start + (index % across) * (side + margin.gap)),
    top: Math.floor(index / across) * rowHeight + margin.top,
    width: Math.round(side),
    height: boxHeight,
  }));
  const last = boxes.at(-1);
  const height = rows * rowHeight;
  const scaleBox =
    hasColours && last
      ? { left: Math.round(start), top: height + 4, width: Math.min(300, width - start - margin.right), height: 9 }
      : undefined;
  return { boxes, height: height + (scaleBox ? margin.scale : 0), scaleBox };
}

/** The pixels of a grid's colours, found once for each array of values. */
const rasters = new WeakMap<object, { readonly top: number; readonly raster: Raster }>();

function rasterOf(grid: Grid, top: number): Raster {
  const known = rasters.get(grid.values);
  if (known?.top === top) return known.raster;
  const raster = heatMap(grid, top);
  rasters.set(grid.values, { top, raster });
  return raster;
}

export function drawPlanes(surface: Surface, layout: PlanesLayout, model: PlanesModel, theme: Theme): void {
  layout.boxes.forEach((box, index) => {
    const plane = model.planes[index];
    if (plane) drawPlane(surface, box, plane, model, theme, index === 0 || box.left === layout.boxes[0]?.left);
  });
  if (layout.scaleBox && model.colours) drawColourScale(surface, layout.scaleBox, model.colours, model.contours, theme);
}

function drawPlane(surface: Surface, box: Box, plane: Plane, model: PlanesModel, theme: Theme, first: boolean): void {
  const { view, colours } = model;
  const x = linearScale(view.x[0], view.x[1], box.left, box.left + box.width, tickCount(box.width, 58));
  const y = linearScale(view.y[0], view.y[1], box.top + box.height, box.top, tickCount(box.height, 52));
  surface.fill(box, theme.ground);
  surface.clipped(box, () => {
    if (plane.grid && colours) {
      surface.image(rasterOf(plane.grid, colours.top), extentBox(plane.grid.extent, { x: x.map, y: y.map }));
      if (model.contours) drawContours(surface, plane.grid, colours.top, { x: x.map, y: y.map });
    }
    for (const { rows, dim, colour } of plane.dots) {
      const { size, opacity } = dotStyle(rows.length / dim, box.width * box.height);
      surface.dots(project(rows, dim, model.axes, { x: x.map, y: y.map }), size, colour, opacity);
    }
    if (plane.score) {
      const arrows = arrowLines(plane.score, { x: x.map, y: y.map });
      surface.lines(arrows, { colour: onHeatMap.halo, width: 2.4 });
      surface.lines(arrows, { colour: onHeatMap.arrow, width: 1, opacity: 0.92 });
    }
  });
  if (plane.words !== undefined) drawWords(surface, box, plane.words, plane.grid === undefined, theme);
  if (theme.highContrast || !plane.grid) frame(surface, box, theme.highContrast ? theme.line : theme.rule);
  drawAxes(
    surface,
    box,
    theme,
    first ? { x, y, xName: `${model.names[0]} →`, yName: `↑ ${model.names[1]}` } : { x, y: undefined, xName: `${model.names[0]} →` },
  );
  drawTitle(surface, box, plane, theme, first);
}

/** In the middle of an empty plane, else on a bar at its foot. */
function drawWords(surface: Surface, box: Box, words: string, empty: boolean, theme: Theme): void {
  const lines = wrapped(surface, words, box.width - 20);
  const height = 16 * lines.length;
  const top = empty ? box.top + (box.height - height) / 2 : box.top + box.height - height - 6;
  if (!empty) surface.fill({ left: box.left, top: top - 4, width: box.width, height: height + 10 }, theme.background, 0.85);
  lines.forEach((line, index) =>
    surface.text(box.left + box.width / 2, top + 16 * index + 8, line, { colour: empty ? theme.muted : theme.foreground, align: 'center' }),
  );
}

function drawTitle(surface: Surface, box: Box, { title, colour }: Plane, theme: Theme, first: boolean): void {
  // The name of the vertical axis stands over its own ticks, left of the title.
  const left = box.left + (first ? 2 : 0);
  if (colour !== undefined) surface.fill({ left, top: box.top - 14, width: 9, height: 9 }, colour);
  const start = left + (colour === undefined ? 0 : 14);
  surface.text(start, box.top - 9, shortened(surface, title, box.left + box.width - start, 12), {
    colour: theme.foreground,
    size: 12,
    bold: true,
  });
}

function extentBox({ left, right, bottom, top }: Extent, { x, y }: Maps): Box {
  return { left: x(left), top: y(top), width: x(right) - x(left), height: y(bottom) - y(top) };
}

function drawContours(surface: Surface, grid: Grid, top: number, { x, y }: Maps): void {
  for (const { share, lines } of contoursOf(grid, top)) {
    const mapped = lines.map((line) => line.map((value, index) => (index % 2 === 0 ? x(value) : y(value))));
    surface.lines(mapped, { colour: share < 0.6 ? onHeatMap.lowContour : onHeatMap.highContour, width: 0.8 });
  }
}

function frame(surface: Surface, { left, top, width, height }: Box, colour: string): void {
  const [l, t, r, b] = [left + 0.5, top + 0.5, left + width - 0.5, top + height - 0.5];
  surface.lines([[l, t, r, t, r, b, l, b, l, t]], { colour, width: 1 });
}

function drawColourScale(surface: Surface, box: Box, { top, cut }: ColourTop, contours: boolean, theme: Theme): void {
  const nameWidth = surface.widthOf(t('density')) + 10;
  const bar = { ...box, left: box.left + nameWidth, width: Math.max(60, box.width - nameWidth) };
  const x = linearScale(0, top, bar.left, bar.left + bar.width, tickCount(bar.width, 56));
  surface.text(box.left, bar.top + 5, t('density'), { colour: theme.foreground });
  surface.image(colourScale, bar);
  if (contours) {
    for (const { share, at } of contourShares.map((share) => ({ share, at: bar.left + share * bar.width })))
      surface.lines([[at, bar.top, at, bar.top + bar.height]], {
        colour: share < 0.6 ? onHeatMap.lowContour : onHeatMap.highContour,
        width: 1,
      });
  }
  if (theme.highContrast) frame(surface, bar, theme.line);
  drawAxes(surface, bar, theme, { x, y: undefined });
  // Higher values share the last colour.
  if (cut) surface.text(bar.left + bar.width + 6, bar.top + 5, t('and above'), { colour: theme.muted });
}
