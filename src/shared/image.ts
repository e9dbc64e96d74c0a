/** What the rows of data are where they are images: pixels row by row from the top left, the channels of a pixel together. */
export interface ImageShape {
  readonly width: number;
  readonly height: number;
  /** One for grey, three for red, green and blue. */
  readonly channels: 1 | 3;
}

/** Numbers that an image has. */
export function imageSize({ width, height, channels }: ImageShape): number {
  return width * height * channels;
}
