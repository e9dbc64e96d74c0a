import { type Raster, type Surface, textSize } from './surface';

/** A canvas of the raster's own pixels; kept as long as the raster, as a picture is drawn many times. */
const canvases = new WeakMap<Raster, HTMLCanvasElement>();

export function rasterCanvas(raster: Raster): HTMLCanvasElement {
  const known = canvases.get(raster);
  if (known) return known;
  const canvas = document.createElement('canvas');
  canvas.width = raster.width;
  canvas.height = raster.height;
  const context = canvas.getContext('2d');
  const image = context?.createImageData(raster.width, raster.height);
  if (context && image) {
    image.data.set(raster.pixels);
    context.putImageData(image, 0, 0);
  }
  canvases.set(raster, canvas);
  return canvas;
}

/** Draws on a canvas whose context is scaled to CSS pixels. */
export function canvasSurface(context: CanvasRenderingContext2D, font: string): Surface {
  const setFont = (size: number, bold: boolean): void => {
    const wanted = `${bold ? '600 ' : ''}${size}px ${font}`;
    if (context.font !== wanted) context.font = wanted;
  };
  return {
    fill: (box, colour, opacity = 1) => {
      context.globalAlpha = opacity;
      context.fillStyle = colour;
      context.fillRect(box.left, box.top, box.width, box.height);
      context.globalAlpha = 1;
    },
    lines: (lines, { colour, width, dash = [], opacity = 1 }) => {
      context.beginPath();
      for (const line of lines) {
        for (let i = 0; i + 1 < line.length; i += 2) {
          if (i === 0) context.moveTo(line[0]!, line[1]!);
          else context.lineTo(line[i]!, line[i + 1]!);
        }
      }
      context.globalAlpha = opacity;
      context.strokeStyle = colour;
      context.lineWidth = width;
      context.lineJoin = 'round';
      context.lineCap = dash.length > 0 ? 'butt' : 'round';
      context.setLineDash([...dash]);
      context.stroke();
      context.setLineDash([]);
      context.globalAlpha = 1;
    },
    area: (line, colour, opacity) => {
      context.beginPath();
      for (let i = 0; i + 1 < line.length; i += 2) context.lineTo(line[i]!, line[i + 1]!);
      context.closePath();
      context.globalAlpha = opacity;
      context.fillStyle = colour;
      context.fill();
      context.globalAlpha = 1;
    },
    dots: (points, size, colour, opacity) => {
      context.globalAlpha = opacity;
      context.fillStyle = colour;
      for (let i = 0; i + 1 < points.length; i += 2) context.fillRect(points[i]! - size / 2, points[i + 1]! - size / 2, size, size);
      context.globalAlpha = 1;
    },
    text: (x, y, text, { colour, size = textSize, bold = false, align = 'left', baseline = 'middle' }) => {
      setFont(size, bold);
      context.fillStyle = colour;
      context.textAlign = align;
      context.textBaseline = baseline;
      context.fillText(text, x, y);
    },
    image: (raster, box) => {
      context.imageSmoothingEnabled = true;
      context.imageSmoothingQuality = 'medium';
      context.drawImage(rasterCanvas(raster), box.left, box.top, box.width, box.height);
    },
    clipped: (box, draw) => {
      context.save();
      context.beginPath();
      context.rect(box.left, box.top, box.width, box.height);
      context.clip();
      draw();
      context.restore();
    },
    widthOf: (text, size = textSize) => {
      setFont(size, false);
      return context.measureText(text).width;
    },
  };
}
