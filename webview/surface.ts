/** What pictures are drawn on: a canvas to look at, or an SVG to keep. Coordinates are CSS pixels. */

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Stroke {
  readonly colour: string;
  readonly width: number;
  readonly dash?: readonly number[];
  readonly opacity?: number;
}

export interface TextStyle {
  readonly colour: string;
  readonly size?: number;
  readonly bold?: boolean;
  readonly align?: 'left' | 'center' | 'right';
  /** The middle of the letters stands at y, or their foot. */
  readonly baseline?: 'middle' | 'alphabetic';
}

/** Pixels, red, green, blue and opacity, from the top left. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8ClampedArray;
}

/** x, y, x, y, ... of one line. */
export type Line = readonly number[];

export interface Surface {
  readonly fill: (box: Box, colour: string, opacity?: number) => void;
  readonly lines: (lines: readonly Line[], stroke: Stroke) => void;
  readonly area: (line: Line, colour: string, opacity: number) => void;
  /** Squares of `size` around points x, y, x, y, ... */
  readonly dots: (points: ArrayLike<number>, size: number, colour: string, opacity: number) => void;
  readonly text: (x: number, y: number, text: string, style: TextStyle) => void;
  readonly image: (raster: Raster, box: Box) => void;
  /** What is drawn meanwhile is cut off at the box. */
  readonly clipped: (box: Box, draw: () => void) => void;
  readonly widthOf: (text: string, size?: number) => number;
}

export const textSize = 11;
