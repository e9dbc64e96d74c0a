/**
 * Bounds rounded outward to multiples of a round step, about an eighth of their width: while particles move a little, their picture
 * stands still.
 */
export function steadyRange([low, high]: readonly [number, number]): readonly [number, number] {
  const rough = (high - low) / 8;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * (rough / power < 2 ? 1 : rough / power < 5 ? 2 : 5);
  return [step * Math.floor(low / step), step * Math.ceil(high / step)];
}
