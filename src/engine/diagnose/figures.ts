import { widenedMixing } from '../../data/mixing';
import type { Cloud } from '../../diagnose/cloud';
import type { Bridging } from '../../diagnose/divergence/curves';
import { type LogRatio, type Memberships, membershipsOf, modeMasses, tilted } from '../../diagnose/divergence/logRatio';
import { bridgedCloud, bridgedFisher, mixtureFisher } from '../../diagnose/divergence/mixtureFisher';
import { pairPictures } from '../../diagnose/divergence/pictures';
import { partsAt } from '../../diagnose/fields/gaussianComponents';
import { mixingScores } from '../../diagnose/fields/mixingScores';
import type { ScoreField } from '../../diagnose/fields/scoreField';
import { type Box, gridCloud } from '../../diagnose/gridCloud';
import type { Measured } from '../../diagnose/report/measure';
import { mixingWords } from '../../diagnose/report/words';
import type { DiagnosisFigures, DiagnosisPictures, WeightCurves } from '../../shared/diagnosis';
import type { BridgeAnswer, BridgeRequest } from '../../shared/diagnosisProtocol';
import { ModeCurves } from './modeCurves';
import { cells, picturesOver } from './pairCells';

/** Log density below its maximum from which on, with a margin, nothing is drawn: less than a hundred-thousandth of a Gaussian. Own choice. */
const depth = 10;
const margin = 0.1;

interface Parts {
  readonly change: NonNullable<Measured['change']>;
  /** Where visibility was measured. */
  readonly surveyed: Cloud;
  /** Where curves and pictures are taken. */
  readonly cloud: Cloud;
  readonly memberships: Memberships;
  readonly weights: readonly number[];
  readonly ratio: LogRatio;
  /** Undefined above two dimensions. */
  readonly box: Box | undefined;
}

/** The part of the survey's box outside of which log p is far below its maximum: the tails of a fit may go on for long. */
function drawnBox({ points, logDensity }: Cloud, { low, high }: Box): Box {
  const largest = logDensity.reduce((a, b) => (b > a ? b : a), -Infinity);
  const [from, to] = [[...high], [...low]];
  logDensity.forEach((l, i) => {
    if (!(l > largest - depth)) return;
    for (let j = 0; j < points.dim; j++) {
      from[j] = Math.min(from[j]!, points.points[i * points.dim + j]!);
      to[j] = Math.max(to[j]!, points.points[i * points.dim + j]!);
    }
  });
  const pad = from.map((f, j) => margin * (to[j]! - f));
  return { low: low.map((l, j) => Math.max(l, from[j]! - pad[j]!)), high: high.map((h, j) => Math.min(h, to[j]! + pad[j]!)) };
}

/**
 * What a page draws of a diagnosis, for any bridge: what does not depend on the bridge is computed once. Holds numbers only, no
 * executor: nothing has to be let go of.
 */
export class BridgedFigures {
  /** Of the mode that was asked for last. */
  private modeCurves: ModeCurves | undefined;

  private constructor(private readonly parts: Parts) {}

  /** Undefined where there are no two modes of known weights, so that there is nothing to tilt. */
  static async open(field: ScoreField, { survey, change }: Measured): Promise<BridgedFigures | undefined> {
    if (!survey || !change) return undefined;
    const { components } = survey;
    const box = survey.box && drawnBox(survey.cloud, survey.box);
    const cloud = box ? await gridCloud(field, box, cells[field.dim - 1]!) : survey.cloud;
    const memberships = box ? membershipsOf(partsAt(components, cloud.points.points)) : survey.memberships;
    const weights = modeMasses(cloud, memberships);
    const ratio = tilted(cloud, memberships, change.tilt.tilt);
    return new BridgedFigures({ change, surveyed: survey.cloud, cloud, memberships, weights, ratio, box });
  }

  /** With the record's own bridge, against the weight of the mode that loses most. */
  figures(): DiagnosisFigures {
    const { change, weights } = this.parts;
    const { from } = change.tilt;
    const mode = from.reduce((best, k) => (weights[k]! > weights[best]! ? k : best), from[0] ?? 0);
    return this.drawn(mode, change.bridging);
  }

  /** With another bridge. */
  answer({ mode, beta, width }: BridgeRequest): BridgeAnswer {
    const { change, weights, surveyed } = this.parts;
    if (mode >= weights.length) return { problem: `The density has ${weights.length} modes; there is no mode ${mode + 1}.` };
    const mixing = widenedMixing(change.bridging.mixing, width);
    const { ratio, kl } = change.tilt;
    const seen = mixtureFisher(surveyed, ratio, mixingScores(mixing, surveyed.points.points), beta).value / kl;
    return { figures: this.drawn(mode, { mixing, beta }), visibility: Number.isFinite(seen) ? seen : null };
  }

  private drawn(mode: number, bridging: Bridging): DiagnosisFigures {
    return { curves: this.curves(mode, bridging), pictures: this.pictures(bridging) };
  }

  private curves(mode: number, { mixing, beta }: Bridging): WeightCurves {
    const { cloud, memberships, weights } = this.parts;
    if (this.modeCurves?.mode !== mode) this.modeCurves = new ModeCurves(cloud, memberships, mode, weights[mode]!);
    const { alpha } = this.modeCurves;
    const bridged = bridgedCloud(cloud, mixingScores(mixing, cloud.points.points), beta);
    return {
      mode,
      weight: weights[mode]!,
      alpha,
      fisher: this.modeCurves.fisher,
      kl: this.modeCurves.kl,
      mixtureFisher: this.modeCurves.curve((ratio) => bridgedFisher(bridged, ratio)),
      beta,
      mixing: mixingWords(mixing),
    };
  }

  private pictures(bridging: Bridging): DiagnosisPictures | null {
    const { cloud, ratio, box } = this.parts;
    if (!box) return null;
    return picturesOver(box, pairPictures(cloud, ratio, bridging));
  }
}
