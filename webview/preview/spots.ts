/** Blurred spots of 5 x 8 pixels, as images of a run that was never fitted. */

import { Random } from '../../src/shared/random';

/** What their rows are. */
export const spotShape = { width: 5, height: 8, channels: 1 } as const;

/** Eighty images with values around 0 to 255, [80, 40], and noise of so many grey values. */
export function spots(seed: number, noise: number): Float32Array {
  const random = new Random(seed);
  const rows = new Float32Array(80 * 40);
  for (let i = 0; i < 80; i++) {
    const [x, y] = [random.uniform() * 4, random.uniform() * 7];
    for (let k = 0; k < 40; k++)
      rows[40 * i + k] = 255 * Math.exp(-(((k % 5) - x) ** 2 + (Math.floor(k / 5) - y) ** 2) / 3) + noise * random.normal();
  }
  return rows;
}
