import { data, defineScore, scoreMlp } from 'unblind';

/**
 * Images as data: 3000 drawn bars, dashes, crosses and rings of 8 x 8 pixels, from a file in MNIST's format. Bytes from 0 to 255
 * may stay as they are, as the fit standardises them. Samples are shown as a grid of images beside the data.
 */
export const glyphs = defineScore({
  dim: 64,
  image: [8, 8],
  ...scoreMlp([64, 256, 256, 256, 64], 'swish'),
  noise: { largest: 600, smallest: 8, levels: 20 },
  data: data.idx('glyphs.idx.gz'),
  fit: { steps: 4000, batch: 128, learningRate: 2e-3 },
});
