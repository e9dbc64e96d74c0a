import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzlibSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { compareReport } from '../../../src/runs/export/html';
import { runExports } from '../../../src/runs/exports';
import { readRun } from '../../../src/runs/runReader';
import { RunWriter } from '../../../src/runs/runWriter';
import { fiveDimRun, fourModesRun, lineRun, recordOf, resultOf, temporaryFolder } from './analyticRuns';

const folder = temporaryFolder();

async function report(directory: string): Promise<string> {
  const [path = ''] = await runExports.html(readRun(directory), join(folder, `${Math.random()}.html`));
  return readFileSync(path, 'utf8');
}

/** Width, height and pixels of every embedded picture. */
function pictures(page: string): { width: number; height: number; rows: Uint8Array }[] {
  return [...page.matchAll(/data:image\/png;base64,([A-Za-z0-9+/=]+)/g)].map(([, base64 = '']) => {
    const png = Buffer.from(base64, 'base64');
    expect(png.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
    expect(png.subarray(12, 16).toString('latin1')).toBe('IHDR');
    expect([...png.subarray(24, 29)]).toEqual([8, 2, 0, 0, 0]);
    const length = png.readUInt32BE(33);
    expect(png.subarray(37, 41).toString('latin1')).toBe('IDAT');
    return { width: png.readUInt32BE(16), height: png.readUInt32BE(20), rows: unzlibSync(png.subarray(41, 41 + length)) };
  });
}

/** What a browser would load, run or follow. */
function expectSelfContained(page: string): void {
  expect(page).toContain(
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">`,
  );
  expect(page).not.toMatch(/<script|<link|<iframe|<a\s|javascript:|https?:|@import|\son\w+=/i);
  expect(page).not.toMatch(/\burl\(/);
  expect(page).not.toMatch(/NaN|undefined|Infinity|\[object/);
}

describe('the report of a run of images', () => {
  const image = { width: 3, height: 2, channels: 1 } as const;
  /** Rows whose values are all between 10 and 20. */
  const rows = (count: number): { shape: number[]; data: Float32Array } => ({
    shape: [count, 6],
    data: Float32Array.from({ length: 6 * count }, (_, i) => 10 + (i % 11)),
  });

  it('shows data, samples and the way from noise to data as images, the data on their own scale', async () => {
    const directory = join(folder, 'images');
    const record = recordOf(6, { objective: 'multi-noise', image });
    const writer = RunWriter.create(directory, record);
    writer.snapshot(0, { params: { shape: [1], data: Float32Array.of(1) }, samples: rows(4) });
    writer.snapshot(10, {
      params: { shape: [1], data: Float32Array.of(1) },
      samples: rows(4),
      path: { shape: [3, 2, 6], data: rows(6).data },
      pathNoise: { shape: [3], data: Float64Array.of(5, 1, 0) },
    });
    writer.data({ sample: rows(70) });
    writer.result(resultOf(record, { steps: 10, runDir: directory, logZ: null, kl: null, negativeMass: null, gridMass: null }));
    writer.close();
    const page = await report(directory);
    expectSelfContained(page);
    expect(page).toContain('values from 10.0 (black) to 20.0 (white)');
    expect(page).toMatch(/<ol><li>σ 5\.0<\/li><li>σ 1\.0<\/li><li>denoised<\/li><\/ol>/);
    // Data: 64 images in 7 columns; samples: 2 columns; the path: 3 levels across, 2 particles down; then the strip.
    expect(pictures(page).map(({ width, height }) => [width, height])).toEqual([
      [7 * 4 + 1, 10 * 3 + 1],
      [2 * 4 + 1, 2 * 3 + 1],
      [3 * 4 + 1, 2 * 3 + 1],
      [2 * 4 + 1, 2 * 3 + 1],
      [2 * 4 + 1, 2 * 3 + 1],
    ]);
    // The first image: 10 is black, 15 is half way. A line has one byte before its pixels.
    const stride = 3 * 29 + 1;
    expect([...pictures(page)[0]!.rows.subarray(stride + 1 + 3, stride + 1 + 6)]).toEqual([0, 0, 0]);
    expect(pictures(page)[0]!.rows[2 * stride + 1 + 3 * 3]).toBe(Math.round((255 * 5) / 10));
  });
});

describe('the map of the error of a score', () => {
  it('stands beside the figures of the result, brightest where the error is large', async () => {
    const directory = join(folder, 'error');
    const record = recordOf(2, { objective: 'fisher' });
    const writer = RunWriter.create(directory, record);
    const grid = { shape: [2, 2], data: Float32Array.of(0, 0, 0, 8) };
    const extent = { shape: [4], data: Float64Array.of(-1, 1, -1, 1) };
    writer.snapshot(10, { params: { shape: [1], data: Float32Array.of(1) }, extent, scoreError: grid });
    writer.data({ sample: { shape: [2, 2], data: Float32Array.of(0, 0, 0.5, 0.5) } });
    writer.result(resultOf(record, { steps: 10, runDir: directory, scoreError: { data: 0.25, dataStdErr: 0.01, box: 30 } }));
    writer.close();
    const page = await report(directory);
    expectSelfContained(page);
    expect(page).toContain('Error of the score');
    expect(page).toContain('<td>0.250 ± 0.010</td><td>30.0</td>');
    const [map] = pictures(page);
    expect([map!.width, map!.height]).toEqual([2, 2]);
    // Pictures begin at the top: the upper right cell has the last colour of viridis, the others its first.
    expect([...map!.rows]).toEqual([0, 0x44, 0x01, 0x54, 0xfd, 0xe7, 0x25, 0, 0x44, 0x01, 0x54, 0x44, 0x01, 0x54]);
  });
});

describe('the report of a run in the plane', () => {
  let mfd = '';
  let plain = '';
  beforeAll(async () => {
    mfd = await report(fourModesRun(join(folder, 'mfd'), 'mfd', { cells: 40, steps: 400 }));
    plain = await report(fourModesRun(join(folder, 'fisher'), 'fisher', { cells: 40, steps: 400 }));
  });

  it('says in one sentence what the fit came to', () => {
    expect(mfd).toContain('<p class="verdict good"><b>MFD:</b> KL 0.0081, 4 modes, every weight within 0.013 of the data.</p>');
    expect(plain).toContain('<p class="verdict bad"><b>Score matching:</b> KL 0.18: the weights of the modes are wrong by up to 0.21.</p>');
  });

  it('stands alone', () => {
    expectSelfContained(mfd);
    expect(mfd).toContain('prefers-color-scheme: dark');
  });

  it('holds model, truth, score and the strip as pictures of the grid, bright where the density is high', () => {
    const found = pictures(mfd);
    const grids = found.filter(({ width, height }) => width === 40 && height === 40);
    // Model, truth and score, then six of the strip.
    expect(grids).toHaveLength(9);
    expect(found).toHaveLength(10);
    const green = (row: number, column: number): number => grids[0]?.rows[row * 121 + 1 + 3 * column + 1] ?? 0;
    // The heaviest mode is at (1, 1): three quarters to the right, and a quarter from the top of a picture over [-2, 2].
    expect(green(10, 30)).toBeGreaterThan(200);
    expect(green(30, 10)).toBeLessThan(110);
    expect(green(30, 10)).toBeGreaterThan(green(20, 20));
    expect(green(20, 20)).toBeLessThan(10);
  });

  it('draws contours, arrows, bars with errors, and both training curves', () => {
    expect(mfd.match(/class="contour on-dark" d="M[^"]{80,}"/g)?.length).toBeGreaterThanOrEqual(8);
    expect(/class="arrows" d="(M[^"]+)"/.exec(mfd)?.[1]?.match(/M/g)?.length).toBe(2 * 12 * 12);
    expect(mfd.match(/<rect class="bar"/g)).toHaveLength(8);
    expect(mfd.match(/<path class="error"/g)).toHaveLength(8);
    expect(mfd).toContain('aria-label="Weights of the modes. mode 1: data 0.100, model 0.106;');
    expect(mfd).toMatch(/aria-label="MFD: loss from [\d.]+ at the start to [−\d.]+ at step 400"/);
  });

  it('gives key figures, settings and the numbers behind each figure', () => {
    expect(mfd).toContain('<dt>log Z</dt><dd>1.234 ± 0.004</dd>');
    expect(mfd).toContain('<dt>Negative mass</dt><dd>0.0071</dd>');
    expect(plain).not.toContain('Negative mass');
    expect(mfd).toContain('<th scope="row">Mixing density</th><td>N(0, 1.2² I)</td>');
    expect(mfd.match(/<summary>Numbers of this figure<\/summary>/g)).toHaveLength(3);
    expect(mfd).toContain('<th scope="row">mode 2</th><td>(−1.00, 1.00)</td><td>0.200 ± 0.002</td><td>0.187 ± 0.003</td><td>−0.013</td>');
  });

  it('shows the data where their density is unknown', async () => {
    const page = await report(fourModesRun(join(folder, 'unknown'), 'mfd', { cells: 40, steps: 400, truth: false }));
    expect(page).toContain('<h3>Data</h3>');
    expect(page).not.toContain('<h3>Truth</h3>');
    expect(page).toContain('aria-label="Scatter of the data"');
    expect(page).toContain('</b> 4 modes, every weight within 0.013 of the data.');
  });
});

describe('reports of other dimensions', () => {
  it('shows one dimension as lines over a histogram', async () => {
    const page = await report(lineRun(join(folder, 'line')));
    expectSelfContained(page);
    expect(page).toContain('aria-label="Densities of the models over a histogram of the data"');
    expect(page).toContain('aria-label="Scores of the models"');
    expect(page).toContain('<dt>KL</dt><dd>0.0012 ± 0.0002</dd>');
    expect(pictures(page)).toHaveLength(0);
  });

  it('shows more dimensions as a scatter matrix, and the notes', async () => {
    const page = await report(fiveDimRun(join(folder, 'five')));
    expectSelfContained(page);
    expect(page).toContain('Scatter matrix of samples of the model and of the data over 4 coordinates');
    expect(page.match(/<path class="dots"/g)).toHaveLength(12);
    expect(page).toContain('The first 4 of 5 coordinates are shown.');
    expect(page).toContain('<li>The effective sample size of the importance weights is 312 of 4,096.</li>');
  });
});

describe('hostile and broken runs', () => {
  it('escapes every text that a run brings', async () => {
    const evil = `"><script>alert(1)</script><img src=x onerror='x'>&\u202e`;
    const directory = join(folder, 'evil');
    const record = recordOf(2, {
      energy: evil,
      file: evil,
      executor: evil,
      executorDetail: evil,
      id: evil,
      createdAt: evil,
      platform: evil,
      node: evil,
      unblind: evil,
      data: { description: evil, rows: 3, known: false },
      mixing: { description: evil },
    });
    const writer = RunWriter.create(directory, record);
    writer.event({ type: 'note', level: 'warn', text: `event ${evil}` });
    writer.event({ type: 'end', status: 'failed', reason: evil });
    const mode = { label: evil, center: [0, 0], weight: 1, weightStdErr: 0, dataWeight: 1, dataWeightStdErr: 0 };
    writer.result(resultOf(record, { notes: [evil], modes: [mode, { ...mode, center: [1, 1] }] }));
    writer.close();
    const run = readRun(directory);
    const [alone = ''] = await runExports.html(run, join(folder, 'evil.html'));
    const [beside = ''] = await compareReport([run, run], join(folder, 'evils.html'));
    for (const page of [readFileSync(alone, 'utf8'), readFileSync(beside, 'utf8')]) {
      expect(page).not.toMatch(/<script|<img|\u202e/);
      expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
      expect(page.match(/&quot;&gt;&lt;script/g)?.length).toBeGreaterThan(10);
      // Every attribute stays inside its quotes: what is left of the tags holds no stray quote.
      for (const [tag] of page.matchAll(/<[a-z][^>]*>/g)) expect(tag.replace(/="[^"]*"/g, '')).not.toMatch(/["']/);
    }
  });

  it('reports a run that has only begun, and one that failed', async () => {
    const directory = join(folder, 'begun');
    const writer = RunWriter.create(directory, recordOf(2));
    const begun = await report(directory);
    expect(begun).toContain('the run has not ended; this is its state after 0 steps.');
    writer.event({ type: 'progress', step: 12, loss: Number.NaN, gradientNorm: Number.NaN, learningRate: 0.1, stepsPerSecond: 3 });
    writer.event({ type: 'end', status: 'failed', reason: 'The loss is not finite' });
    writer.close();
    const failed = await report(directory);
    expect(failed).toContain('<p class="verdict bad"><b>MFD:</b> the run failed after 12 steps: The loss is not finite.</p>');
    expectSelfContained(failed);
  });
});

describe('the comparison', () => {
  it('puts runs side by side with one truth', async () => {
    const runs = [readRun(join(folder, 'fisher')), readRun(join(folder, 'mfd'))];
    const [path = ''] = await compareReport(runs, `${folder}/`);
    expect(path).toBe(join(folder, 'comparison.html'));
    const page = readFileSync(path, 'utf8');
    expectSelfContained(page);
    expect(page).toContain('KL 0.18: the weights of the modes are wrong by up to 0.21.');
    expect(page).toContain('KL 0.0081, 4 modes, every weight within 0.013 of the data.');
    expect(page).toContain('<tr><th scope="row">Largest weight error</th><td>0.21</td><td>0.013</td></tr>');
    expect(page).toContain('<tr><th scope="row">Negative mass</th><td>–</td><td>0.0071</td></tr>');
    expect(page.match(/<h3>Truth<\/h3>/g)).toHaveLength(1);
    expect(page.match(/<rect class="bar"/g)).toHaveLength(12);
    expect(page).toContain('<tr class="differs"><th scope="row">Objective</th><td>fisher</td><td>mfd</td></tr>');
    expect(page).toContain('<tr class=""><th scope="row">Seed</th><td>0</td><td>0</td></tr>');
  });

  it('tells equal objectives apart by their seeds', async () => {
    const other = join(folder, 'seed');
    RunWriter.create(other, recordOf(2, { seed: 5 })).close();
    const [path = ''] = await compareReport([readRun(join(folder, 'mfd')), readRun(other)], join(folder, 'seeds.html'));
    const page = readFileSync(path, 'utf8');
    expect(page).toContain('MFD, seed 0');
    expect(page).toContain('MFD, seed 5');
  });
});
