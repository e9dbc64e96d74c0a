/** Rows that are images, as pictures. */

import { type ImageShape, imageSize } from '../../shared/image';
import { type GreyScale, greyScaleOf, gridColumns, imageGrid } from '../../shared/plot/imageGrid';
import { formatNumber } from '../../shared/plot/numberFormat';
import type { NamedArray } from '../arrays';
import type { Snapshot } from '../checkArrays';
import { figure, panels } from './figure';
import type { Markup } from './markup';
import { markup } from './markup';
import { picture } from './plotFrame';
import { pngDataUri } from './png';
import type { RunView } from './runView';

/** Images of each grid, fewer where they are large. */
const most = 64;
const mostValues = 300_000;
const thumbnails = 9;

/** Data beside samples of the model, then a few particles on their way from noise to data, all on the grey scale of the data. Null where rows are no images. */
export function imageFigure(view: RunView): Markup | null {
  const { image } = view.run.record;
  const data = view.data?.sample ?? null;
  const samples = view.last?.samples ?? null;
  if (image === undefined || (data === null && samples === null)) return null;
  const scale = greyScaleOf(data?.data ?? samples?.data ?? []);
  const grid = (array: NamedArray | null, title: string, label: string): { title: string; content: Markup }[] =>
    array === null ? [] : [{ title, content: squareGrid(array, image, scale, label) }];
  const path = view.last?.path ?? null;
  const pathWords =
    path === null
      ? ''
      : ` Below, ${path.rows.shape[1] ?? 0} of them from noise to data: each column is what a noise level leaves, the last one denoised.`;
  return figure(
    [
      panels(
        [...grid(data, 'Data', 'Images of the data'), ...grid(samples, `Model: ${view.label}`, `Images drawn by ${view.label}`)],
        'broad',
      ),
      path === null ? null : pathGrid(path, image, scale),
    ],
    `Images of the data beside samples of the model, with values from ${formatNumber(scale.black)} (black) to ${formatNumber(scale.white)} (white).${pathWords}`,
    [
      {
        caption: 'Values over all pixels',
        columns: ['images', 'mean', 'standard deviation'],
        rows: [
          ...(data === null ? [] : [['data', ...moments(data.data)]]),
          ...(samples === null ? [] : [['model', ...moments(samples.data)]]),
        ],
      },
    ],
  );
}

/** The first samples of a snapshot as a small square, for a strip. */
export function imageThumbnail(samples: NamedArray, image: ImageShape, scale: GreyScale, label: string): Markup {
  const count = Math.min(thumbnails, samples.shape[0] ?? 0);
  return drawn(samples.data.subarray(0, count * imageSize(image)), image, scale, gridColumns(count, image), label);
}

function moments(values: ArrayLike<number>): string[] {
  const all = Array.from(values);
  const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
  const variance = all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / all.length;
  return [formatNumber(mean), formatNumber(Math.sqrt(variance))];
}

function squareGrid({ data, shape }: NamedArray, image: ImageShape, scale: GreyScale, label: string): Markup {
  const count = Math.min(most, Math.max(4, Math.floor(mostValues / imageSize(image))), shape[0] ?? 0);
  return drawn(data.subarray(0, count * (shape[1] ?? 0)), image, scale, gridColumns(count, image), label);
}

/** One line a particle, one column a noise level. */
function pathGrid({ rows, noise }: NonNullable<Snapshot['path']>, image: ImageShape, scale: GreyScale): Markup {
  const [levels = 0, particles = 0, dim = 0] = rows.shape;
  const turned = new Float64Array(rows.data.length);
  for (let level = 0; level < levels; level++) {
    for (let particle = 0; particle < particles; particle++) {
      const from = (level * particles + particle) * dim;
      turned.set(rows.data.subarray(from, from + dim), (particle * levels + level) * dim);
    }
  }
  const names = noise.map((sigma) => markup`<li>${sigma === 0 ? 'denoised' : `σ ${formatNumber(sigma, 2)}`}</li>`);
  const content = drawn(turned, image, scale, levels, 'Particles of annealed Langevin dynamics after each of some noise levels');
  return markup`<div class="image-path" style="--count:${levels}"><h3>From noise to data</h3>${content}<ol>${names}</ol></div>`;
}

function drawn(rows: ArrayLike<number>, image: ImageShape, scale: GreyScale, columns: number, label: string): Markup {
  const { width, height, rgb } = imageGrid(rows, image, scale, columns);
  return picture(
    width,
    height,
    label,
    markup`<image href="${pngDataUri(width, height, rgb)}" width="${width}" height="${height}"/>`,
    'images',
  );
}
