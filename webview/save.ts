/** Pictures as bytes and texts for the host to store. */

import type { Host } from './host';
import { canvasSurface, rasterCanvas } from './canvasSurface';
import { shifted } from './shifted';
import type { Surface } from './surface';
import { svgPicture } from './svgSurface';
import type { Theme } from './theme';

/** A picture of some size that can be drawn on anything. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly paint: (surface: Surface) => void;
}

/** Twice the pixels of a usual screen: sharp in a paper. */
const pngScale = 2;

const border = 12;

export function savePicture(host: Host, name: string, format: 'png' | 'svg', picture: Picture, theme: Theme): void {
  if (format === 'svg') {
    const { surface, finish } = svgPicture(
      picture.width + 2 * border,
      picture.height + 2 * border,
      theme.background,
      theme.font,
      (raster) => rasterCanvas(raster).toDataURL('image/png'),
    );
    picture.paint(shifted(surface, border, border));
    host.post({ type: 'save', name, format, content: finish() });
    return;
  }
  const canvas = document.createElement('canvas');
  canvas.width = Math.round((picture.width + 2 * border) * pngScale);
  canvas.height = Math.round((picture.height + 2 * border) * pngScale);
  const context = canvas.getContext('2d');
  if (!context) return;
  context.fillStyle = theme.background;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.setTransform(pngScale, 0, 0, pngScale, border * pngScale, border * pngScale);
  picture.paint(canvasSurface(context, theme.font));
  canvas.toBlob((blob) => {
    void blob?.arrayBuffer().then((bytes) => host.post({ type: 'save', name, format: 'png', content: new Uint8Array(bytes) }));
  }, 'image/png');
}
