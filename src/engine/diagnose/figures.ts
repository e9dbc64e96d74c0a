import type { ScoreField } from '../../diagnose/fields/scoreField';
import { partsAt } from '../../diagnose/fields/gaussianComponents';
import { divergenceCurves } from '../../diagnose/divergence/curves';
import { membershipsOf, modeMasses, tilted } from '../../diagnose/divergence/logRatio';
import { pairPictures } from '../../diagnose/divergence/pictures';
import { gridCloud } from '../../diagnose/gridCloud';
import type { Measured } from '../../diagnose/report/measure';
import type { DiagnosisFigures, WeightCurve } from '../../shared/diagnosis';

/** Cells of a coordinate of pictures and curves, by dimension: 1, 2. */
const cells = [1024, 96];
/** Weights at which the curves are taken: steps of .02. */
const alpha = Array.from({ length: 51 }, (_, i) => i / 50);

/** Curves against the weight of the mode that gains most, and pictures of the pair; nulls where there is nothing to tilt. */
export async function diagnosisFigures(field: ScoreField, { survey, change }: Measured): Promise<DiagnosisFigures> {
  if (!survey || !change) return { curves: null, pictures: null };
  const { tilt, bridging } = change;
  const { box, components } = survey;
  const cloud = box ? await gridCloud(field, box, cells[field.dim - 1]!) : survey.cloud;
  const memberships = box ? membershipsOf(partsAt(components, cloud.points.points)) : survey.memberships;
  const weights = modeMasses(cloud, memberships);
  const mode = tilt.from.reduce((best, k) => (weights[k]! > weights[best]! ? k : best), tilt.from[0] ?? 0);
  // The weight itself is among them: there all divergences are nought.
  const at = [...new Set([...alpha, weights[mode]!])].sort((a, b) => a - b);
  const curves = divergenceCurves(cloud, memberships, weights, { mode, alpha: at, bridgings: [bridging] });
  const curve = (values: readonly { value: number }[], least: number): WeightCurve => ({ values: values.map(({ value }) => value), least });
  return {
    curves: {
      mode,
      weight: weights[mode]!,
      alpha: at,
      fisher: curve(curves.fisher, curves.least.fisher),
      kl: curve(curves.kl, curves.least.kl),
      mixtureFisher: curve(curves.mixtureFisher[0] ?? [], curves.least.mixtureFisher[0] ?? NaN),
      beta: bridging.beta,
    },
    pictures: box
      ? pictured(pairPictures(cloud, tilted(cloud, memberships, tilt.tilt), bridging), {
          shape: box.low.map(() => cells[field.dim - 1]!),
          extent: box.low.flatMap((low, j) => [low, box.high[j]!]),
        })
      : null,
  };
}

function pictured(
  pictures: ReturnType<typeof pairPictures>,
  grid: { readonly shape: readonly number[]; readonly extent: readonly number[] },
): NonNullable<DiagnosisFigures['pictures']> {
  return {
    ...grid,
    p: Float32Array.from(pictures.p.density),
    tilted: Float32Array.from(pictures.q.density),
    bridgedP: Float32Array.from(pictures.bridgedP.density),
    bridgedTilted: Float32Array.from(pictures.bridgedQ.density),
  };
}
