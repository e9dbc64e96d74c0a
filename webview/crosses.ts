import { element } from './dom';
import type { Box } from './surface';
import type { View } from './uiState';

/** Marks the same place in each of several boxes that show the same view. */
export function showCrosses(
  root: HTMLElement,
  boxes: readonly Box[],
  place: { readonly x: number; readonly y: number } | undefined,
  view: View | undefined,
): void {
  const shown = place && view ? boxes : [];
  while (root.children.length > shown.length) root.lastElementChild?.remove();
  while (root.children.length < shown.length) root.append(element('i'));
  shown.forEach((box, index) => {
    const cross = root.children[index];
    if (!(cross instanceof HTMLElement) || !place || !view) return;
    const x = Math.round(box.left + share(place.x, view.x) * box.width);
    const y = Math.round(box.top + (1 - share(place.y, view.y)) * box.height);
    cross.style.transform = `translate(${x}px, ${y}px)`;
  });
}

function share(value: number, [low, high]: readonly [number, number]): number {
  return (value - low) / (high - low);
}
