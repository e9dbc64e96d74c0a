import { type ImageShape, imageSize } from '../../shared/image';
import * as check from './check';

/** The sides of the images that rows are: NumPy's order, with 3 channels for red, green and blue. */
export type ImageSides = readonly [height: number, width: number] | readonly [height: number, width: number, channels: 1 | 3];

/**
 * The option `image` as plain data; null where it is not given.
 *
 * @throws ApiError where it is no image of `dim` numbers
 */
export function imageShape(where: string, given: unknown, dim: number): ImageShape | null {
  if (given === undefined) return null;
  const sides = check.numbers(`${where}: image`, given).map((side) => check.count(`${where}: image`, side, 1, 4096));
  const [height = 0, width = 0, channels = 1, ...more] = sides;
  const isColour = channels === 1 || channels === 3;
  const message = `${where}: image must be [height, width] with height * width = dim, which is ${dim}, or [height, width, 3] with three channels a pixel.`;
  check.require(sides.length >= 2 && more.length === 0 && isColour, message);
  const shape: ImageShape = { width, height, channels };
  check.require(imageSize(shape) === dim, message);
  return shape;
}
