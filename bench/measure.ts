/** Interleaved rounds of short slices: all contestants live through the same weather. */

import { setTimeout as sleep } from 'node:timers/promises';
import { type Agreement, agreements, type Answer } from './agreement';
import type { Contestant, Family } from './contestants';
import { initialNumbers, learningRate } from './problem';
import { encodeFloats, type RunAnswer } from './protocol';
import { type Ratio, ratioOf, rotated } from './statistics';
import { sizes, type SizeName } from './sizes';

export interface Slice extends RunAnswer {
  readonly round: number;
  readonly steps: number;
}

export interface Measured {
  readonly name: string;
  readonly family: Family;
  readonly slices: readonly Slice[];
}

export interface SizeResult {
  readonly size: SizeName;
  /** Whom the others are compared with. */
  readonly reference: string;
  readonly agreements: readonly Agreement[];
  readonly measured: readonly Measured[];
  readonly ratios: Readonly<Record<string, Ratio | undefined>>;
}

/** Steps of which loss and gradient norm are compared. */
const comparedSteps = 3;
/** Plain JavaScript takes seconds for a step: it is asked for fewer, and takes part in two rounds. */
const slowFamily: Family = 'tfjs-cpu';
const slowRounds = 2;
/** Pause before a slice: thread pools that spin after their work have gone to sleep by then. */
export const settleSeconds = 0.06;

/** Steps per second of a slice. */
export function rate({ steps, seconds }: Pick<Slice, 'steps' | 'seconds'>): number {
  return steps / seconds;
}

async function prepare(contestants: readonly Contestant[], name: SizeName): Promise<Answer[]> {
  const size = sizes[name];
  const { params, x } = initialNumbers(size);
  const request = { layers: size.layers, batch: size.batch, learningRate, params: encodeFloats(params), x: encodeFloats(x) };
  const answers: Answer[] = [];
  for (const { name: who, family, worker } of contestants) {
    answers.push({ name: who, ...(await worker.prepare({ ...request, steps: family === slowFamily ? 1 : comparedSteps })) });
  }
  return answers;
}

/** Steps that take about `seconds`; finding out warms the contestant up. */
async function stepsFor({ family, worker }: Contestant, seconds: number): Promise<number> {
  for (let steps = 1; ; steps *= 2) {
    const { seconds: taken } = await worker.run(steps);
    if (taken > seconds / 3 || family === slowFamily) return Math.max(1, Math.round((steps * seconds) / taken));
  }
}

async function rounds(
  contestants: readonly Contestant[],
  count: number,
  seconds: number,
  onRound: (round: number) => void,
): Promise<Measured[]> {
  const entries: { contestant: Contestant; steps: number; slices: Slice[] }[] = [];
  for (const contestant of contestants) entries.push({ contestant, steps: await stepsFor(contestant, seconds), slices: [] });
  for (let round = 0; round < count; round++) {
    onRound(round);
    for (const { contestant, steps, slices } of rotated(entries, round)) {
      if (contestant.family === slowFamily && round >= slowRounds) continue;
      await sleep(1000 * settleSeconds);
      slices.push({ round, steps, ...(await contestant.worker.run(steps)) });
    }
  }
  return entries.map(({ contestant: { name, family }, slices }) => ({ name, family, slices }));
}

function series(measured: readonly Measured[], family: Family): { name: string; rates: number[] }[] {
  return measured.filter((one) => one.family === family).map(({ name, slices }) => ({ name, rates: slices.map(rate) }));
}

/** Measures one size. The workers keep nothing of it. */
export async function measureSize(
  contestants: readonly Contestant[],
  size: SizeName,
  { rounds: count, seconds }: { readonly rounds: number; readonly seconds: number },
  onRound: (round: number) => void,
): Promise<SizeResult> {
  const answers = await prepare(contestants, size);
  // PyTorch is the judge where it is there.
  const reference = answers.find(({ name }) => name.startsWith('torch')) ?? answers[0]!;
  const compared = agreements(reference, answers);
  const agree = compared.every(({ agrees }) => agrees);
  const measured = agree ? await rounds(contestants, count, seconds, onRound) : [];
  for (const { worker } of contestants) await worker.release();
  const onnx = series(measured, 'onnx');
  return {
    size,
    reference: reference.name,
    agreements: compared,
    measured,
    ratios: {
      autograd: ratioOf(onnx, series(measured, 'torch autograd')),
      forward: ratioOf(onnx, series(measured, 'torch forward')),
    },
  };
}
