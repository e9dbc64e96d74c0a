/** A canvas as wide as its column, sharp on every screen. */

import { canvasSurface } from './canvasSurface';
import { element, setAttributes } from './dom';
import type { Picture } from './save';
import type { Theme } from './theme';

export interface ChartCanvas {
  readonly root: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  /** Draws what `layout` makes of the width; `label` says in words what is to be seen. */
  readonly draw: (layout: (width: number) => Picture, label: string, theme: Theme) => void;
  /** What was drawn last, for saving. */
  readonly last: () => Picture | undefined;
}

/** @param resized called when the column has another width, to draw again */
export function createChartCanvas(resized: () => void, interactive: boolean): ChartCanvas {
  const canvas = element('canvas', { role: 'img', ...(interactive ? { tabindex: '0' } : {}) });
  const root = element('div', { class: 'canvas-box' }, canvas);
  const context = canvas.getContext('2d');
  let last: Picture | undefined;
  let width = 0;
  new ResizeObserver(([entry]) => {
    const now = Math.floor(entry?.contentRect.width ?? 0);
    if (now !== width) {
      width = now;
      resized();
    }
  }).observe(root);
  return {
    root,
    canvas,
    last: () => last,
    draw: (layout, label, theme) => {
      if (width < 40 || !context) return;
      const picture = layout(width);
      const scale = window.devicePixelRatio || 1;
      const [pixelsX, pixelsY] = [Math.round(picture.width * scale), Math.round(picture.height * scale)];
      if (canvas.width !== pixelsX || canvas.height !== pixelsY) {
        canvas.width = pixelsX;
        canvas.height = pixelsY;
        canvas.style.width = `${picture.width}px`;
        canvas.style.height = `${picture.height}px`;
      }
      context.setTransform(scale, 0, 0, scale, 0, 0);
      context.clearRect(0, 0, picture.width, picture.height);
      picture.paint(canvasSurface(context, theme.font));
      setAttributes(canvas, { 'aria-label': label });
      last = picture;
    },
  };
}
