import type { ModePartition } from '../../diagnose/modeWeights';
import type { Executor } from '../../executors/executor';
import type { SamplePicture } from '../../shared/sampleProtocol';
import { boxAround, union } from '../fit/boxes';
import { quantileBox } from './quantileBox';
import { samplePicture } from './samplePicture';
import type { SampleProblem } from './sampleProblem';

const overviewRows = 20_000;

/** The picture of what is sampled, with the start, the data and the modes in it; undefined where there is none. */
export async function pictureOf(
  { traced: { dim }, target, start }: SampleProblem,
  executor: Executor,
  partition: ModePartition | undefined,
): Promise<SamplePicture | undefined> {
  if (dim > 2 || target.record.kind === 'score') return undefined;
  const centers = partition?.modes.flatMap(({ center }) => [...center]) ?? [];
  const boxes = [
    quantileBox(start.rows, dim),
    ...(target.source ? [quantileBox(target.source.overview(overviewRows), dim)] : []),
    ...(centers.length > 0 ? [boxAround(Float64Array.from(centers), dim)] : []),
  ];
  return samplePicture(executor, target.target, boxes.reduce(union));
}
