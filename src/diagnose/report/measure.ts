/** Measures, for a density and data if any, what a blindness report is made of. */

import type { ResolvedMixing } from '../../data/mixing';
import type { Random } from '../../shared/random';
import { kullbackLeibler } from '../divergence/divergences';
import { noisedDraws } from '../divergence/noisedDraws';
import { noisedGrid } from '../divergence/noisedGrid';
import { type KlSpectrum, klSpectrum, noiseLevels } from '../divergence/spectrum';
import { membershipsOf, tilted } from '../divergence/logRatio';
import { partsAt } from '../fields/gaussianComponents';
import type { ScoreField } from '../fields/scoreField';
import { gridCloud } from '../gridCloud';
import { compareWithData, modesAlone } from '../modes/compareData';
import type { Region } from '../modes/region';
import { type ModeSurvey, surveyModes } from '../modes/surveyModes';
import { mixingAdvice } from '../visibility/advice';
import { seenByFisher, seenByMixture, shapeVisibility, weightTilt, type WeightTilt } from '../visibility/visibility';
import type { BlindnessInput } from './reportTypes';

/** Cells of a coordinate from which the spectrum is convolved, by dimension: 1, 2. */
const spectrumCells = [512, 96];
const spectrumLevels = 28;

export interface MeasureOptions {
  readonly data?: Float64Array;
  /** Where to look for modes without data. */
  readonly region?: Region;
  /** The beta and m that a fit uses; the advised ones otherwise. */
  readonly bridging?: { readonly beta: number; readonly mixing: ResolvedMixing };
  readonly random: Random;
}

async function spectrumOf(field: ScoreField, survey: ModeSurvey, { tilt, ratio, kl }: WeightTilt, random: Random): Promise<KlSpectrum> {
  const { cloud, box, region, components } = survey;
  const { dim, points } = cloud.points;
  const mean = region.center.map((_, c) => cloud.mass.reduce((t, m, i) => t + m * points[i * dim + c]!, 0));
  const variances = mean.map((m, c) => cloud.mass.reduce((t, mass, i) => t + mass * (points[i * dim + c]! - m) ** 2, 0));
  const levels = noiseLevels(Math.sqrt(variances.reduce((a, b) => a + b, 0) / dim), spectrumLevels);
  if (!box) return klSpectrum(noisedDraws(cloud, ratio, random), kl, levels);
  const coarse = await gridCloud(field, box, spectrumCells[dim - 1]!);
  const coarseRatio = tilted(coarse, membershipsOf(partsAt(components, coarse.points.points)), tilt);
  return klSpectrum(noisedGrid(coarse, coarseRatio, box), kullbackLeibler(coarse, coarseRatio).value, levels);
}

/** Everything but particles, Stein tests and the bracket of log Z, which come from elsewhere. */
export async function measureBlindness(field: ScoreField, options: MeasureOptions): Promise<BlindnessInput> {
  const { data, bridging, random } = options;
  const { dim } = field;
  const survey = await surveyModes(field, options);
  const rows = data && data.length / dim;
  if (!('cloud' in survey)) return { dim, rows, modes: [], barriers: [], evidence: survey.evidence, reliable: false };
  const { evidence, barriers, reliable, cloud, memberships } = survey;
  const modes = data ? await compareWithData(field, survey, data) : modesAlone(survey);
  const found: BlindnessInput = { dim, rows, modes, barriers, evidence, reliable };
  if (survey.modes.length < 2 || !reliable) return found;
  const tilt = weightTilt(cloud, memberships);
  const advice = mixingAdvice(cloud, tilt);
  const { beta, mixing } = bridging ?? advice;
  return {
    ...found,
    advice,
    spectrum: await spectrumOf(field, survey, tilt, random.split('spectrum')),
    visibility: {
      from: tilt.from,
      to: tilt.to,
      kl: tilt.kl,
      fisher: seenByFisher(cloud, tilt),
      mixture: seenByMixture(cloud, tilt, mixing, beta),
      shape: shapeVisibility(cloud),
    },
  };
}
