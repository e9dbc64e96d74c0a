/** Measures, for a density and data if any, what a blindness report is made of. */

import type { Random } from '../../shared/random';
import type { Bridging } from '../divergence/curves';
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
  /** Where to look for modes; around the data where it is left out. */
  readonly region?: Region;
  /** Modes that are lighter are noise: what an imperfect fit leaves between and around the modes. 0 where none are. */
  readonly smallestWeight?: number;
  /** The beta and m that a fit uses; what is left out is as advised. */
  readonly bridging?: Partial<Bridging>;
  readonly random: Random;
  /** Told what begins now; what it throws ends the measurement. */
  readonly onStage?: (stage: MeasureStage) => void;
}

export type MeasureStage = 'searching modes' | 'measuring visibility';

/** What a report is made of, with what figures are drawn from. */
export interface Measured {
  readonly input: BlindnessInput;
  /** Undefined where no mode was found. */
  readonly survey: ModeSurvey | undefined;
  /** The least visible change of the weights, and the beta and m that MFD sees it with; undefined without two modes of known weight. */
  readonly change: { readonly tilt: WeightTilt; readonly bridging: Bridging } | undefined;
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
export async function measure(field: ScoreField, options: MeasureOptions): Promise<Measured> {
  const { data, random, onStage } = options;
  const { dim } = field;
  onStage?.('searching modes');
  const survey = await surveyModes(field, options);
  const rows = data && data.length / dim;
  if (!('cloud' in survey)) {
    const input = { dim, rows, modes: [], barriers: [], evidence: survey.evidence, reliable: false };
    return { input, survey: undefined, change: undefined };
  }
  const { evidence, barriers, reliable, cloud, memberships } = survey;
  const modes = data ? await compareWithData(field, survey, data) : modesAlone(survey);
  const found: BlindnessInput = { dim, rows, modes, barriers, evidence, reliable };
  if (survey.modes.length < 2 || !reliable) return { input: found, survey, change: undefined };
  onStage?.('measuring visibility');
  const tilt = weightTilt(cloud, memberships);
  const advice = mixingAdvice(cloud, tilt);
  const { beta, mixing } = { ...advice, ...options.bridging };
  const input: BlindnessInput = {
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
  return { input, survey, change: { tilt, bridging: { beta, mixing } } };
}

/** What a blindness report is made of, alone. */
export async function measureBlindness(field: ScoreField, options: MeasureOptions): Promise<BlindnessInput> {
  return (await measure(field, options)).input;
}
