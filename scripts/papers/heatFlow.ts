/** Lyu's theorem in the slides' appendix C: along the heat flow KL falls by the Fisher divergence; and its integral, the KL spectrum. */

import { kullbackLeibler } from '../../src/diagnose/divergence/divergences';
import { noisedGaussians } from '../../src/diagnose/divergence/noisedGaussians';
import { fractionBelow, type KlSpectrum, klSpectrum, noiseLevels } from '../../src/diagnose/divergence/spectrum';
import { noised } from '../../src/diagnose/fields/gaussianComponents';
import { Random } from '../../src/shared/random';
import { chart, line } from './curve';
import * as published from './published';
import { compared, type Picture, type Row, type Section } from './section';
import { sheet } from './sheet';
import { measuredPair, swapped, swappedRatio, twoModes, weights } from './twoModes';

const times = [0.25, 1, 4, 9, 25, 100] as const;
/** Step of the difference as a share of t: its truncation is below 1e-5 of FD at all these times, its rounding far below that. */
const share = 2e-3;

async function klAt(time: number): Promise<number> {
  const components = noised(twoModes(5), time);
  const { cloud } = await measuredPair(components);
  return kullbackLeibler(cloud, swappedRatio(components, cloud)).value;
}

async function slopeRows(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const time of times) {
    const step = share * time;
    const slope = ((await klAt(time + step)) - (await klAt(time - step))) / (2 * step);
    const { fisher } = await measuredPair(noised(twoModes(5), time));
    rows.push(compared(`-FD and dKL/dt at t = ${time}`, -fisher.value, slope, { relative: 1e-4, why: 'truncation of the difference' }));
  }
  return rows;
}

function spectrumRows(spectrum: KlSpectrum): Row[] {
  // The trapezium rule between two of 84 levels, and straight lines between them: both of order (step in log t)^2 / 12.
  const trapezium = { absolute: 2e-3, why: 'trapezium rule between 84 levels' };
  return [
    compared('integral of FD over the variance of the noise, and KL', published.spectrum.kl, spectrum.integral ?? NaN, {
      relative: 1e-3,
      why: 'trapezium rule',
    }),
    ...Object.entries(published.spectrum.below).map(([sigma, fraction]) =>
      compared(`share of KL below noise ${sigma}`, fraction, fractionBelow(spectrum, Number(sigma)) ?? NaN, trapezium),
    ),
  ];
}

function picture({ sigma, fisher, fractionBelow: fraction }: KlSpectrum): Picture {
  const logs = sigma.map(Math.log10);
  const heights = fisher.map((f, i) => (f?.value ?? NaN) * (sigma[i] ?? NaN) ** 2);
  const highest = Math.max(...heights);
  return {
    name: 'kl-spectrum.svg',
    caption:
      'KL spectrum of .2 against .8 at half-distance 5: the weights show in the scores only once the noise is as wide as half the gap.',
    svg: sheet({
      label: 'KL spectrum',
      columns: 1,
      legend: [
        { className: 'c-run0', label: 'share of KL below the noise' },
        { className: 'c-run1', label: 'FD times the variance of the noise, over its largest' },
      ],
      pieces: [
        {
          title: 'where along the heat flow KL is lost',
          content: chart({
            label: 'Share of KL below the noise, and the integrand',
            series: [
              line(
                logs,
                fraction.map((f) => f ?? NaN),
                'c-run0',
              ),
              line(
                logs,
                heights.map((h) => h / highest),
                'c-run1',
              ),
            ],
            axes: ['log₁₀ of the noise', 'share'],
            x: [logs[0] ?? 0, logs.at(-1) ?? 1],
            y: [0, 1.05],
            size: [640, 240],
          }),
        },
      ],
    }),
  };
}

export async function heatFlow(): Promise<Section> {
  const spectrum = await klSpectrum(noisedGaussians(twoModes(5), weights, swapped, new Random(1)), published.spectrum.kl, noiseLevels(5));
  return {
    title: 'Slides, appendix C: dKL/dt = -FD along the heat flow',
    text: [
      'p = .2 N(-5, 1) + .8 N(5, 1) and q with the weights swapped, both convolved with N(0, t). The slides write dKL/dt = -D_F / 2 with a Fisher divergence without the factor 1/2; with it, as everywhere here, dKL/dt = -FD. The left side is a central difference of KL, the right side the quadrature of FD.',
      'Integrated over t this is KL itself: most of it lies at noise at which the modes have begun to join.',
    ],
    pictures: [picture(spectrum)],
    tables: [
      {
        caption: 'Both sides of the theorem',
        column: 'exact',
        source: '-FD by quadrature; ours is the difference quotient of KL.',
        rows: await slopeRows(),
      },
      {
        caption: 'The integral',
        column: 'reference',
        source: 'independent float64 quadrature (the first is KL by itself); no paper prints numbers.',
        rows: spectrumRows(spectrum),
      },
    ],
  };
}
