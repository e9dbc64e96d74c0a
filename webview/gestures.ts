/** Zoom, pan and hover of a canvas, by pointer and by keyboard. */

import type { Box } from './surface';
import type { View } from './uiState';
import { pan, settle, zoom } from './viewport';

export interface GestureTarget {
  readonly canvas: HTMLCanvasElement;
  /** The boxes drawn last; all show the same view. */
  readonly boxes: () => readonly Box[];
  readonly view: () => { readonly now: View; readonly whole: View } | undefined;
  /** Null shows the whole again. */
  readonly onView: (view: View | null) => void;
  /** Where the pointer is, in the user's units; undefined when it has left. */
  readonly onHover: (place: { readonly x: number; readonly y: number } | undefined) => void;
}

const step = 1.35;

export function listenToGestures(target: GestureTarget): { readonly zoomBy: (factor: number) => void } {
  const { canvas } = target;
  const change = (make: (view: View) => View): void => {
    const view = target.view();
    if (view) target.onView(settle(make(view.now), view.whole));
  };
  const place = (event: MouseEvent): { readonly shareX: number; readonly shareY: number; readonly box: Box } | undefined => {
    const box = target
      .boxes()
      .find(
        ({ left, top, width, height }) =>
          event.offsetX >= left && event.offsetX <= left + width && event.offsetY >= top && event.offsetY <= top + height,
      );
    return box && { shareX: (event.offsetX - box.left) / box.width, shareY: 1 - (event.offsetY - box.top) / box.height, box };
  };
  canvas.addEventListener(
    'wheel',
    (event) => {
      const at = place(event);
      // Without a modifier the wheel scrolls the page, unless the chart has been chosen.
      if (!at || !(event.ctrlKey || event.metaKey || document.activeElement === canvas)) return;
      event.preventDefault();
      change((view) => zoom(view, Math.exp(-event.deltaY * 0.0016), at.shareX, at.shareY));
    },
    { passive: false },
  );
  let dragged: { readonly x: number; readonly y: number; readonly box: Box } | undefined;
  canvas.addEventListener('pointerdown', (event) => {
    const at = place(event);
    if (!at || event.button !== 0) return;
    dragged = { x: event.offsetX, y: event.offsetY, box: at.box };
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener('pointermove', (event) => {
    if (dragged) {
      const { box, x, y } = dragged;
      change((view) => pan(view, -(event.offsetX - x) / box.width, (event.offsetY - y) / box.height));
      dragged = { x: event.offsetX, y: event.offsetY, box };
    }
    const at = place(event);
    const view = target.view();
    target.onHover(at && view ? { x: between(view.now.x, at.shareX), y: between(view.now.y, at.shareY) } : undefined);
  });
  canvas.addEventListener('pointerup', () => (dragged = undefined));
  canvas.addEventListener('pointercancel', () => (dragged = undefined));
  canvas.addEventListener('pointerleave', () => target.onHover(undefined));
  canvas.addEventListener('dblclick', () => target.onView(null));
  canvas.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const keys: Readonly<Record<string, () => void>> = {
      '+': () => change((view) => zoom(view, step, 0.5, 0.5)),
      '=': () => change((view) => zoom(view, step, 0.5, 0.5)),
      '-': () => change((view) => zoom(view, 1 / step, 0.5, 0.5)),
      '0': () => target.onView(null),
      ArrowLeft: () => change((view) => pan(view, -0.1, 0)),
      ArrowRight: () => change((view) => pan(view, 0.1, 0)),
      ArrowUp: () => change((view) => pan(view, 0, 0.1)),
      ArrowDown: () => change((view) => pan(view, 0, -0.1)),
    };
    const action = keys[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });
  return { zoomBy: (factor) => change((view) => zoom(view, factor, 0.5, 0.5)) };
}

function between([low, high]: readonly [number, number], share: number): number {
  return low + share * (high - low);
}
