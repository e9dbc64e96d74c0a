/** Places of the sliders of a bridge, as whole numbers, and what they mean. */

/** Weights of the density in the bridged one: from .05 to .95 in steps of .01. */
export const betaSteps = 90;
/** Widths of m, as multiples of that of the record: from a quarter to four times, in equal ratios. */
export const widthSteps = 80;
const widest = 4;

export function betaAt(place: number): number {
  return Math.round(100 * (0.05 + place / 100)) / 100;
}

export function placeOfBeta(beta: number): number {
  return clamped(Math.round(100 * (beta - 0.05)), betaSteps);
}

export function widthAt(place: number): number {
  return widest ** ((2 * place) / widthSteps - 1);
}

export function placeOfWidth(width: number): number {
  return clamped(Math.round(((Math.log(width) / Math.log(widest) + 1) / 2) * widthSteps), widthSteps);
}

function clamped(value: number, most: number): number {
  return Math.min(most, Math.max(0, value));
}
