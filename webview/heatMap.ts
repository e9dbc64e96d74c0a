/** Densities as pixels. */

import type { Grid } from '../src/shared/plot/grid';
import { quantile } from '../src/shared/plot/statistics';
import { viridis } from '../src/shared/plot/viridis';
import type { Raster } from './surface';

/** 256 colours as little-endian words; canvases want red first. */
const palette = Uint32Array.from({ length: 256 }, (_, step) => {
  const [red, green, blue] = viridis(step / 255);
  return (255 << 24) | (blue << 16) | (green << 8) | red;
});

/** The grid in viridis: zero the darkest, `top` and above the brightest. Rows are turned over, as pictures begin at the top. */
export function heatMap(grid: Grid, top: number): Raster {
  const { columns, rows, values } = grid;
  const words = new Uint32Array(columns * rows);
  const scale = 255 / top;
  for (let row = 0; row < rows; row++) {
    const from = row * columns;
    const to = (rows - 1 - row) * columns;
    for (let column = 0; column < columns; column++) {
      const value = values[from + column]! * scale;
      words[to + column] = palette[value > 0 ? Math.min(255, Math.round(value)) : 0]!;
    }
  }
  return { width: columns, height: rows, pixels: new Uint8ClampedArray(words.buffer) };
}

/** The colour scale lying down. */
export const colourScale: Raster = {
  width: 256,
  height: 1,
  pixels: new Uint8ClampedArray(palette.buffer),
};

/** What the colours reach to, and whether some of the densities are higher. */
export interface ColourTop {
  readonly top: number;
  readonly cut: boolean;
}

/**
 * One scale for all densities shown. The truth sets it where it is known, so that it stays while the model moves; else nearly all of
 * the model fits, rounded up so that it rarely changes.
 */
export function colourTop(models: readonly Grid[], truth: Grid | undefined): ColourTop {
  const highest = (grid: Grid): number => {
    let top = 0;
    for (let i = 0; i < grid.values.length; i++) if (grid.values[i]! > top) top = grid.values[i]!;
    return Number.isFinite(top) ? top : 0;
  };
  const truthTop = truth === undefined ? 0 : highest(truth);
  const modelTop = Math.max(0, ...models.map(highest));
  if (truthTop > 0) return { top: truthTop, cut: modelTop > truthTop * 1.02 };
  const usual = Math.max(0, ...models.map((grid) => quantile(grid.values, 0.998)));
  const top = roundUp(usual > 0 ? usual : modelTop);
  return { top, cut: modelTop > top };
}

/** The next of 1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8 times a power of ten. */
export function roundUp(value: number): number {
  if (!(value > 0) || !Number.isFinite(value)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8].find((factor) => factor * power >= value * (1 - 1e-9)) ?? 10;
  return step * power;
}
