/** Rows that are images, as images: the data beside the particles of the runs shown. */

import { type ImageShape, imageSize } from '../src/shared/image';
import { greyScaleOf, gridColumns, imageGrid, pixelZoom } from '../src/shared/plot/imageGrid';
import { createCard } from './card';
import { createChartCanvas } from './chartCanvas';
import { type Context, fileName, type Part, rememberTable } from './context';
import { runsShown } from './planesModel';
import { savePicture } from './save';
import { activeRun, frameOf, type PageState } from './state';
import type { Raster } from './surface';
import type { Table } from './tables';
import { t } from './words';

/** Images of each grid, fewer where they are large. */
const most = 64;
const mostValues = 300_000;
const gap = 20;
const titleHeight = 20;
/** Wider grids would make the pixels of small images larger than helps. */
const widest = 420;

interface Rows {
  readonly title: string;
  readonly rows: Float32Array;
}

export function imageCard(context: Context): Part {
  const { store, host } = context;
  const chart = createChartCanvas(context.redraw, false);
  const card = createCard({
    id: 'images',
    title: t('Samples as images'),
    tools: [],
    body: [chart.root],
    save: (format) => {
      const picture = chart.last();
      if (picture) savePicture(host, fileName(store.state, 'images'), format, picture, context.theme());
    },
    saveCsv: (content) => host.post({ type: 'save', name: fileName(store.state, 'images'), format: 'csv', content }),
    onTable: rememberTable(context),
  });
  const render = (state: PageState): void => {
    const shape = activeRun(state)?.info?.image;
    card.root.hidden = shape === undefined;
    if (shape === undefined) return;
    const theme = context.theme();
    const sets = imageSets(state, shape);
    card.setPlaceholder(sets.length > 0 ? undefined : t('Images of the data and of the model appear here.'));
    if (sets.length === 0) return;
    // The data's scale, so that pictures do not flicker while the model moves.
    const scale = greyScaleOf(sets[0]!.rows);
    chart.draw(
      (width) => {
        const across = Math.max(1, Math.min(sets.length, Math.floor((width + gap) / (160 + gap))));
        const side = Math.min(widest, (width - (across - 1) * gap) / across);
        const rasters = sets.map(({ rows }) => {
          const raster = rasterOf(rows, shape, scale, side);
          // Large images are drawn smaller than they are where the column is narrow.
          const shrink = Math.min(1, side / raster.width);
          return { raster, width: raster.width * shrink, height: raster.height * shrink };
        });
        const height = titleHeight + Math.max(...rasters.map((drawn) => drawn.height));
        return {
          width,
          height: Math.ceil(sets.length / across) * (height + gap) - gap,
          paint: (surface) =>
            rasters.forEach(({ raster, ...drawn }, index) => {
              const left = (index % across) * (side + gap);
              const top = Math.floor(index / across) * (height + gap);
              surface.text(left, top + titleHeight / 2 - 2, sets[index]!.title, { colour: theme.foreground, bold: true });
              surface.image(raster, { left, top: top + titleHeight, width: drawn.width, height: drawn.height });
            }),
        };
      },
      t('Grids of images: {0}.', sets.map(({ title }) => title).join(', ')),
      theme,
    );
    card.setTables(() => [imageTable(imageSets(store.state, shape))], state.ui.openTables.includes('images'));
  };
  return { root: card.root, render };
}

/** The data, then the particles of each run shown that has images of the same size. */
function imageSets(state: PageState, shape: ImageShape): Rows[] {
  const size = imageSize(shape);
  const runs = runsShown(state).filter(({ info }) => info?.dim === size);
  const data = activeRun(state)?.info?.sample;
  const count = Math.max(4, Math.min(most, Math.floor(mostValues / size)));
  const first = (rows: Float32Array | undefined): Float32Array => (rows ?? new Float32Array()).subarray(0, count * size);
  return [
    { title: t('data'), rows: first(data) },
    ...runs.map((run) => ({ title: runs.length === 1 ? t('model') : run.label, rows: first(frameOf(state, run)?.particles) })),
  ].filter(({ rows }) => rows.length >= size);
}

function rasterOf(rows: Float32Array, shape: ImageShape, scale: ReturnType<typeof greyScaleOf>, side: number): Raster {
  const columns = gridColumns(rows.length / imageSize(shape), shape);
  const { width, height, rgb } = imageGrid(rows, shape, scale, columns, pixelZoom(columns, shape, side));
  const pixels = new Uint8ClampedArray(4 * width * height).fill(255);
  for (let i = 0; i < width * height; i++) pixels.set(rgb.subarray(3 * i, 3 * i + 3), 4 * i);
  return { width, height, pixels };
}

/** Mean and spread of the values shown: one row a grid. */
function imageTable(sets: readonly Rows[]): Table {
  return {
    caption: t('Values of all pixels shown'),
    columns: [t('images'), t('mean'), t('standard deviation')],
    rows: sets.map(({ title, rows }) => {
      const mean = rows.reduce((sum, value) => sum + value, 0) / rows.length;
      return [title, mean, Math.sqrt(rows.reduce((sum, value) => sum + (value - mean) ** 2, 0) / rows.length)];
    }),
  };
}
