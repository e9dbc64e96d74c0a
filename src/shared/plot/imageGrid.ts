/** Rows of data as images side by side. */

import { type ImageShape, imageSize } from '../image';

/** The values that are drawn black and white; what lies outside is cut off. */
export interface GreyScale {
  readonly black: number;
  readonly white: number;
}

/** Pixels of images in a grid, red, green and blue from the top left. */
export interface ImageGrid {
  readonly width: number;
  readonly height: number;
  /** Three bytes a pixel. */
  readonly rgb: Uint8Array;
}

/** Between images, in either theme told from black and from white. */
const gapColour = [116, 124, 140] as const;

/** One scale for many images, from the finite values of rows of the data: all pictures of a run then share it. */
export function greyScaleOf(values: ArrayLike<number>): GreyScale {
  let [black, white] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) continue;
    if (value < black) black = value;
    if (value > white) white = value;
  }
  return white > black ? { black, white } : { black: 0, white: 1 };
}

/** Columns of a grid of so many images that is about square on the page, and wider rather than higher. */
export function gridColumns(count: number, { width, height }: ImageShape): number {
  return Math.max(1, Math.min(count, Math.ceil(Math.sqrt((count * height) / width))));
}

/** How many times a pixel of the images is repeated, so that the grid comes near a width but not beyond it; at least once. */
export function pixelZoom(columns: number, { width }: ImageShape, available: number): number {
  return Math.max(1, Math.floor(available / (columns * (width + 1) + 1)));
}

/**
 * Rows as images, in the order of reading, with a line of one unit around each.
 *
 * @param rows row-major [n, size of an image], drawn all
 * @param zoom screen pixels for a pixel of an image, and for the lines
 */
export function imageGrid(rows: ArrayLike<number>, shape: ImageShape, scale: GreyScale, columns: number, zoom = 1): ImageGrid {
  const size = imageSize(shape);
  const count = Math.floor(rows.length / size);
  const [stepX, stepY] = [shape.width + 1, shape.height + 1];
  const [across, down] = [columns * stepX + 1, Math.ceil(count / columns) * stepY + 1];
  const [width, height] = [across * zoom, down * zoom];
  const rgb = new Uint8Array(3 * width * height);
  for (let y = 0; y < height; y++) {
    const line = Math.floor(y / zoom) - 1;
    for (let x = 0; x < width; x++) {
      const place = Math.floor(x / zoom) - 1;
      const image = Math.floor(line / stepY) * columns + Math.floor(place / stepX);
      const [row, column] = [line - Math.floor(line / stepY) * stepY, place - Math.floor(place / stepX) * stepX];
      const inside = line >= 0 && place >= 0 && row < shape.height && column < shape.width && image < count;
      const pixel = image * size + (row * shape.width + column) * shape.channels;
      for (let channel = 0; channel < 3; channel++) {
        const value = rows[pixel + (shape.channels === 3 ? channel : 0)] ?? Number.NaN;
        rgb[3 * (y * width + x) + channel] = inside ? grey(value, scale) : gapColour[channel]!;
      }
    }
  }
  return { width, height, rgb };
}

/** Black for what is no number. */
function grey(value: number, { black, white }: GreyScale): number {
  const share = (value - black) / (white - black);
  return share > 0 ? Math.round(255 * Math.min(1, share)) : 0;
}
