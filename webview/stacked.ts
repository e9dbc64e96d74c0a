import type { Picture } from './save';
import { shifted } from './shifted';

const gap = 10;

/** Pictures below each other, as wide as the widest. */
export function stacked(pictures: readonly Picture[]): Picture {
  let top = 0;
  const placed = pictures.map((picture) => {
    const at = top;
    top += picture.height + gap;
    return { picture, at };
  });
  return {
    width: Math.max(0, ...pictures.map(({ width }) => width)),
    height: Math.max(0, top - gap),
    paint: (surface) => {
      for (const { picture, at } of placed) picture.paint(shifted(surface, 0, at));
    },
  };
}
