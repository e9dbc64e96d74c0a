import { describe, expect, it } from 'vitest';
import type { ImageShape } from '../../../src/shared/image';
import { greyScaleOf, gridColumns, imageGrid, pixelZoom } from '../../../src/shared/plot/imageGrid';

const grey: ImageShape = { width: 2, height: 1, channels: 1 };
const colour: ImageShape = { width: 1, height: 1, channels: 3 };
const unit = { black: 0, white: 1 };

/** The red parts line by line; x between the images. */
function redOf({ width, rgb }: ReturnType<typeof imageGrid>): string[] {
  const lines: string[] = [];
  for (let i = 0; i < rgb.length / 3; i++) {
    const line = Math.floor(i / width);
    lines[line] = `${lines[line] ?? ''}${rgb[3 * i] === 116 ? 'x' : rgb[3 * i] === 255 ? '1' : rgb[3 * i] === 0 ? '0' : '?'}`;
  }
  return lines;
}

describe('a grid of images', () => {
  it('reads from the top left, with a line around each image and none beyond the last', () => {
    const grid = imageGrid([1, 0, 0, 1, 1, 1], grey, unit, 2);
    expect([grid.width, grid.height]).toEqual([7, 5]);
    expect(redOf(grid)).toEqual(['xxxxxxx', 'x10x01x', 'xxxxxxx', 'x11xxxx', 'xxxxxxx']);
  });

  it('repeats pixels', () => {
    expect(redOf(imageGrid([1, 0], grey, unit, 1, 2))).toEqual(['xxxxxxxx', 'xxxxxxxx', 'xx1100xx', 'xx1100xx', 'xxxxxxxx', 'xxxxxxxx']);
  });

  it('has three channels a pixel where the data have, on one scale, cut off at its ends', () => {
    const { rgb } = imageGrid([-5, 15, 40], colour, { black: 10, white: 20 }, 1);
    expect([...rgb.subarray(12, 15)]).toEqual([0, 128, 255]);
  });

  it('draws what is no number black', () => {
    expect(redOf(imageGrid([NaN, 1], grey, unit, 1))[1]).toBe('x01x');
    expect(redOf(imageGrid([-Infinity, Infinity], grey, unit, 1))[1]).toBe('x01x');
  });

  it('takes its scale from the finite values, and has one where they are all the same', () => {
    expect(greyScaleOf([3, NaN, -1, Infinity])).toEqual({ black: -1, white: 3 });
    expect(greyScaleOf([2, 2])).toEqual(unit);
    expect(greyScaleOf([])).toEqual(unit);
  });

  it('is about square', () => {
    const shape = (width: number, height: number): ImageShape => ({ width, height, channels: 1 });
    expect([64, 10, 1, 0].map((count) => gridColumns(count, shape(8, 8)))).toEqual([8, 4, 1, 1]);
    expect([gridColumns(64, shape(16, 4)), gridColumns(64, shape(4, 16)), gridColumns(3, shape(1, 100))]).toEqual([4, 16, 3]);
  });

  it('grows as wide as there is room, and is not made smaller than its pixels', () => {
    // 8 images of 8 pixels and a line each, and one line: 73 units.
    expect([730, 146, 145, 40].map((width) => pixelZoom(8, { width: 8, height: 8, channels: 1 }, width))).toEqual([10, 2, 1, 1]);
  });
});
