/** Score networks of images: the glyphs of the example, and the loss in many dimensions. */

import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { gunzipSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import { loadEnergyFile } from '../../../src/energy/load';
import { AnnealedPath } from '../../../src/engine/fit/annealedPath';
import { prepareFit } from '../../../src/engine/fit/prepare';
import { runFit } from '../../../src/engine/fit/runFit';
import { add, div, neg, square } from '../../../src/graph/ops';
import { evaluate } from '../../../src/graph/reference';
import { createGraph } from '../../../src/graph/table';
import { lossAndGradient, type ScoreModel } from '../../../src/objectives/trainingStep';
import { readRun, type Run } from '../../../src/runs/runReader';
import type { RunInfo } from '../../../src/shared/protocol';
import { Random } from '../../../src/shared/random';
import { defaultFitSettings } from '../../../src/shared/settings';
import { useSandbox } from '../energy/sandboxBuild';
import { writeFiles } from '../energy/workspace';

interface Glyphs {
  readonly drawGlyphs: (count: number, side: number, seed: number) => { images: Uint8Array; kinds: number[] };
  readonly exampleGlyphs: () => Uint8Array;
  readonly idxFile: (sizes: readonly number[], content: Uint8Array) => Uint8Array;
}

const paths = useSandbox();
let glyphs: Glyphs;
beforeAll(async () => {
  glyphs = (await import(/* @vite-ignore */ pathToFileURL(resolve('scripts/lib/glyphs.mjs')).href)) as Glyphs;
});

/** Fits a score network to drawn glyphs and reads its run back. */
async function fitted(side: number, network: string, fit: string): Promise<{ run: Run; info: RunInfo }> {
  const dim = side * side;
  const folder = await writeFiles({
    'g.energy.ts': `import { data, defineScore, scoreMlp } from 'unblind';
export const g = defineScore({ dim: ${dim}, image: [${side}, ${side}], ...scoreMlp([${dim}, ${network}, ${dim}]),
  noise: { largest: 600, smallest: 10, levels: 14 }, data: data.idx('g.idx'), fit: ${fit} });`,
  });
  const file = join(folder, 'g.energy.ts');
  await writeFile(join(folder, 'g.idx'), glyphs.idxFile([1200, side, side], glyphs.drawGlyphs(1200, side, 3).images));
  const { energies } = await loadEnergyFile(file, { paths: paths() });
  const problem = await prepareFit(energies[0]!, { file, seed: 1, overrides: {} });
  let info: RunInfo | undefined;
  const { result } = await runFit(problem, {
    directory: join(folder, 'run'),
    executor: 'onnx',
    hooks: { onStart: (given) => (info = given) },
  });
  return { run: readRun(result.runDir), info: info! };
}

interface Nearest {
  readonly distance: number;
  readonly index: number;
}

/** The nearest of some images to each row; distances are root mean squares over pixels. */
function nearest(rows: ArrayLike<number>, images: Uint8Array, size: number): Nearest[] {
  return Array.from({ length: rows.length / size }, (_, i) => {
    let best: Nearest = { distance: Infinity, index: -1 };
    for (let j = 0; j < images.length / size; j++) {
      let squared = 0;
      for (let k = 0; k < size; k++) squared += (rows[i * size + k]! - images[j * size + k]!) ** 2;
      const distance = Math.sqrt(squared / size);
      if (distance < best.distance) best = { distance, index: j };
    }
    return best;
  });
}

const quantileOf = (found: readonly Nearest[], share: number): number =>
  found.map(({ distance }) => distance).sort((a, b) => a - b)[Math.floor(share * found.length)]!;

describe('a score network of images', () => {
  it('gives glyphs of every kind after a short fit', { timeout: 300_000 }, async () => {
    const { run, info } = await fitted(8, '256, 256', '{ steps: 1000, batch: 128 }');
    expect([info.image, run.record.image]).toEqual([
      { width: 8, height: 8, channels: 1 },
      { width: 8, height: 8, channels: 1 },
    ]);
    const samples = run.readSnapshot(1000).samples!;
    expect(samples.shape).toEqual([500, 64]);
    const { images, kinds } = glyphs.drawGlyphs(800, 8, 99);
    const found = nearest(samples.data, images, 64);
    const random = new Random(2);
    const [mean, deviation] = [0, 1].map((axis) => run.record.standardization[axis === 0 ? 'mean' : 'scale']);
    const noise = nearest(
      Float64Array.from({ length: 200 * 64 }, (_, i) => mean![i % 64]! + deviation![i % 64]! * random.normal()),
      images,
      64,
    );
    // Noise with the mean and the deviation of the data is nowhere near them: even its nearest percent is farther than half of the samples.
    expect(quantileOf(found, 0.5)).toBeLessThan(quantileOf(noise, 0.01));
    const shares = [0, 1, 2, 3].map((kind) => found.filter(({ index }) => kinds[index] === kind).length / 500);
    // A quarter each in the data; a kind that is missed has none, and 25 of 500 are 10 standard errors of a quarter away.
    for (const share of shares) expect(share).toBeGreaterThan(0.05);
  });

  it('has pictures of 16 x 16 pixels, with the way from noise to data', { timeout: 300_000 }, async () => {
    const { run } = await fitted(16, '64', '{ steps: 20, batch: 64 }');
    const { samples, path } = run.readSnapshot(20);
    expect([samples?.shape, path?.rows.shape]).toEqual([
      [256, 256],
      [9, 8, 256],
    ]);
    expect([path!.noise[0], path!.noise[7], path!.noise[8]].map((sigma) => Math.round(sigma!))).toEqual([600, 10, 0]);
    // The last column is denoised, so it is what the samples are.
    expect([...path!.rows.data.subarray(8 * 8 * 256)]).toEqual([...samples!.data.subarray(0, 8 * 256)]);
    expect(run.result?.modes.length).toBeGreaterThan(0);
    expect(run.result?.scoreError).toBeUndefined();
  });
});

describe('the way of annealed particles', () => {
  it('keeps the first particles after the first, the last and levels between, and after denoising, in the units of the user', () => {
    const levels = Array.from({ length: 15 }, (_, i) => 2 ** -i);
    const path = new AnnealedPath(levels, { mean: Float64Array.of(1, -1), scale: Float64Array.of(10, 10) });
    for (let level = 0; level <= 15; level++) path.watch(level, new Float32Array(40).fill(level));
    const arrays = path.arrays();
    expect(arrays['path']?.shape).toEqual([9, 8, 2]);
    const shown = [0, 2, 4, 6, 8, 10, 12, 14];
    expect([...arrays['pathNoise']!.data]).toEqual([...shown.map((level) => 10 * 2 ** -level), 0]);
    const firsts = Array.from({ length: 9 }, (_, i) => [...arrays['path']!.data.subarray(16 * i, 16 * i + 2)]);
    expect(firsts).toEqual([...shown, 15].map((level) => [10 * level + 1, 10 * level - 1]));
  });
});

describe('denoising at many levels in 256 dimensions', () => {
  it('has the loss of the closed form for a Gaussian', () => {
    const [dim, rows] = [256, 64];
    const random = new Random(4);
    const normals = (): Float64Array => Float64Array.from({ length: rows * dim }, () => random.normal());
    const model: ScoreModel = { dim, paramShapes: [[1]], score: (x, sigma) => neg(div(x, add(square(sigma), 1))) };
    const graph = createGraph();
    const flat = graph.input('params', [1]);
    const inputs = {
      x: graph.input('x', [rows, dim]),
      noise: graph.input('noise', [rows, dim]),
      levels: graph.input('levels', [rows, 1]),
    };
    const unused = (): never => {
      throw new Error('unused');
    };
    const settings = { ...defaultFitSettings, objective: 'multi-noise' } as const;
    const { loss } = lossAndGradient(graph, flat, inputs, { model, settings, mixingLogDensity: unused, sigma: [] });
    for (const sigma of [0.1, 1, 5]) {
      const feeds = new Map([
        [flat, new Float64Array(1)],
        [inputs.x, normals()],
        [inputs.noise, normals()],
        [inputs.levels, new Float64Array(rows).fill(sigma)],
      ]);
      const [value] = evaluate([loss], feeds);
      // sigma s(x + sigma z) + z = (z - sigma x) / (1 + sigma^2): half its square is chi-squared with 256 degrees over 2 (1 + sigma^2).
      const unit = 1 / (2 * (1 + sigma * sigma));
      expect(Math.abs(value![0]! - unit * dim)).toBeLessThan(4.5 * unit * Math.sqrt((2 * dim) / rows));
    }
  });
});

describe('the drawn glyphs', () => {
  it('are those of the example, byte for byte', () => {
    expect(Buffer.compare(gunzipSync(readFileSync('examples/glyphs.idx.gz')), glyphs.exampleGlyphs())).toBe(0);
  });

  it.each([8, 16])('of %i pixels are told apart by their nearest neighbour, and dark at the corners', (side) => {
    const size = side * side;
    const train = glyphs.drawGlyphs(400, side, 1);
    const test = glyphs.drawGlyphs(200, side, 2);
    const right = nearest(test.images, train.images, size).filter(({ index }, i) => train.kinds[index] === test.kinds[i]).length;
    expect(right).toBe(200);
    for (let i = 0; i < 200; i++) expect(test.images[i * size]).toBe(0);
  });
});
