import { contourShares } from './densityPanel';
import type { Markup } from './markup';
import { markup } from './markup';
import { picture } from './plotFrame';
import { pngDataUri } from './png';
import { linearScale } from '../../shared/plot/scale';
import { viridis } from '../../shared/plot/viridis';

/** What colours stand for. */
export interface Coloured {
  readonly name: string;
  /** Marks the levels of the contours. */
  readonly contours: boolean;
}

/** The colour scale from 0 to `top`, of densities with the levels of their contours if nothing else is said; `cut` says that higher values share the last colour. */
export function colourBar(top: number, cut: boolean, of: Coloured = { name: 'density', contours: true }): Markup {
  const steps = 128;
  const rgb = new Uint8Array(steps * 3);
  for (let step = 0; step < steps; step++) rgb.set(viridis(step / (steps - 1)), step * 3);
  const x = linearScale(0, top, 8, 268, 5);
  const ticks = x.ticks.map(
    ({ value, label }) =>
      markup`<path class="axis" d="M${x.map(value)} 32v4"/><text class="tick" x="${x.map(value)}" y="48" text-anchor="middle">${label}</text>`,
  );
  const levels = (of.contours ? contourShares : []).map(
    (share) => markup`<path class="contour ${share < 0.6 ? 'on-dark' : 'on-light'}" d="M${x.map(share * top)} 20v12"/>`,
  );
  const name = cut ? `${of.name} (higher values in the last colour)` : of.name;
  const bar = markup`<image href="${pngDataUri(steps, 1, rgb)}" x="8" y="20" width="260" height="12" preserveAspectRatio="none"/>`;
  return picture(
    300,
    54,
    `Colour scale of the ${of.name}, from 0 to ${x.ticks.at(-1)?.label ?? ''}`,
    [bar, levels, ticks, markup`<text class="name" x="8" y="13">${name}</text>`],
    'colour-bar',
  );
}
