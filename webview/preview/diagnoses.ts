/** Figures and spectra of diagnoses that were never made, of real mixtures. */

import type { DiagnosisFigures, DiagnosisPictures, PairScores, SpectrumRecord, WeightCurve } from '../../src/shared/diagnosis';
import type { BridgeAnswer, BridgeRequest } from '../../src/shared/diagnosisProtocol';
import { blend, fieldOn, fisher, kullbackLeibler, type Lattice } from './divergences';
import { problems } from './fitRuns';
import type { Mixture } from './mixture';

interface Subject {
  readonly truth: Mixture;
  readonly bridge: { readonly mean: readonly number[]; readonly std: number; readonly beta: number };
  readonly lattice: Lattice;
  /** Of the mode that gains most. */
  readonly mode: number;
}

/** The example of the paper on the mixture Fisher divergence, and the four modes of the preview. */
export const subjects = {
  line: {
    truth: { means: [[-5], [5]], std: 1, weights: [0.2, 0.8] },
    bridge: { mean: [0], std: 3, beta: 0.5 },
    lattice: { dim: 1, cells: 600, low: -14, high: 14 },
    mode: 0,
  },
  plane: {
    truth: problems.plane.truth,
    bridge: { mean: [0, 0], std: 1.2, beta: 0.8 },
    lattice: { dim: 2, cells: 64, low: -3.2, high: 3.2 },
    mode: 0,
  },
} as const satisfies Record<string, Subject>;

export type SubjectName = keyof typeof subjects;

const alphas = Array.from({ length: 51 }, (_, i) => i / 50);

/** The mixture with the weight of one mode moved to `alpha`, the others in their proportions. */
function moved({ weights }: Mixture, mode: number, alpha: number): number[] {
  const rest = 1 - weights[mode]!;
  return weights.map((weight, k) => (k === mode ? alpha : ((1 - alpha) * weight) / rest));
}

function curve(values: readonly number[]): WeightCurve {
  return { values, least: alphas[values.indexOf(Math.min(...values))] ?? Number.NaN };
}

type Weighted = (weights: readonly number[]) => ReturnType<typeof blend>;

/** The mixture with any weights, and the same bridged. */
function fieldsOf({ truth, bridge }: Subject, lattice: Lattice, { beta, width }: BridgeRequest): { mixed: Weighted; bridged: Weighted } {
  const { dim } = lattice;
  const parts = truth.means.map((mean) => fieldOn(lattice, { means: [mean], std: truth.std, weights: [1] }));
  const m = fieldOn(lattice, { means: [bridge.mean], std: bridge.std * width, weights: [1] });
  return {
    mixed: (weights) =>
      blend(
        dim,
        parts.map((field, k) => ({ weight: weights[k]!, field })),
      ),
    bridged: (weights) => blend(dim, [...parts.map((field, k) => ({ weight: beta * weights[k]!, field })), { weight: 1 - beta, field: m }]),
  };
}

function picturesOf(subject: Subject, tilted: readonly number[], request: BridgeRequest): DiagnosisPictures {
  const { truth, lattice } = subject;
  const { dim } = lattice;
  const { mixed, bridged } = fieldsOf(subject, lattice, request);
  const coarse = { ...lattice, cells: dim === 1 ? lattice.cells : lattice.cells / 2 };
  const at = fieldsOf(subject, coarse, request);
  const scores: PairScores = {
    shape: dim === 1 ? [coarse.cells, 1] : [coarse.cells, coarse.cells, 2],
    p: Float32Array.from(at.mixed(truth.weights).score),
    tilted: Float32Array.from(at.mixed(tilted).score),
    bridgedP: Float32Array.from(at.bridged(truth.weights).score),
    bridgedTilted: Float32Array.from(at.bridged(tilted).score),
  };
  return {
    shape: dim === 1 ? [lattice.cells] : [lattice.cells, lattice.cells],
    extent: Array.from({ length: dim }, () => [lattice.low, lattice.high]).flat(),
    p: Float32Array.from(mixed(truth.weights).density),
    tilted: Float32Array.from(mixed(tilted).density),
    bridgedP: Float32Array.from(bridged(truth.weights).density),
    bridgedTilted: Float32Array.from(bridged(tilted).density),
    scores,
  };
}

/** Curves and pictures with any bridge. */
export function figuresWith(name: SubjectName, request: BridgeRequest): DiagnosisFigures {
  const { mode, beta, width } = request;
  const subject: Subject = subjects[name];
  const { truth, bridge, lattice } = subject;
  const { mixed, bridged } = fieldsOf(subject, lattice, request);
  const p = mixed(truth.weights);
  const bridgedP = bridged(truth.weights);
  const at = alphas.map((alpha) => moved(truth, mode, alpha));
  const tilted = moved(truth, mode, Math.min(0.95, truth.weights[mode]! + 0.3));
  return {
    curves: {
      mode,
      weight: truth.weights[mode]!,
      alpha: alphas,
      fisher: curve(at.map((weights) => fisher(lattice, p, mixed(weights)))),
      kl: curve(at.map((weights) => kullbackLeibler(lattice, p, mixed(weights)))),
      mixtureFisher: curve(at.map((weights) => fisher(lattice, bridgedP, bridged(weights)))),
      beta,
      mixing: `a Gaussian of standard deviation ${(bridge.std * width).toFixed(2)}`,
    },
    pictures: picturesOf(subject, tilted, request),
  };
}

/** FD against KL of the tilted density with noise, over noise levels; by the identity of science.md the integral is KL. */
export function spectrumOf(name: SubjectName): SpectrumRecord {
  const { truth, mode, lattice }: Subject = subjects[name];
  const sigma = Array.from({ length: 28 }, (_, i) => truth.std * 0.1 * 10 ** (i / 9));
  const weights = moved(truth, mode, truth.weights[mode]! + 0.3);
  const values = sigma.map((noise) => {
    const spread = Math.hypot(truth.std, noise);
    const reach = Math.max(lattice.high, 6 * spread + lattice.high / 2);
    const wide = { ...lattice, low: -reach, high: reach };
    const parts = truth.means.map((mean) => fieldOn(wide, { means: [mean], std: spread, weights: [1] }));
    const mixed = (shares: readonly number[]): ReturnType<typeof blend> =>
      blend(
        lattice.dim,
        parts.map((field, k) => ({ weight: shares[k]!, field })),
      );
    return { fisher: fisher(wide, mixed(truth.weights), mixed(weights)), kl: kullbackLeibler(wide, mixed(truth.weights), mixed(weights)) };
  });
  // What is left of KL at a noise lies above it.
  const kl = truth.weights.reduce((sum, weight, k) => sum + weight * Math.log(weight / weights[k]!), 0);
  const fractionBelow = values.map((value) => Math.min(1, Math.max(0, 1 - value.kl / kl)));
  return {
    sigma,
    fisher: values.map((value) => value.fisher),
    fractionBelow,
    kl,
    visibleFrom: sigma[fractionBelow.findIndex((share) => share >= 0.1)] ?? null,
  };
}

/** The answer to the sliders of a preview. */
export function bridgedFigures(id: string, request: BridgeRequest): BridgeAnswer {
  const figures = figuresWith(id.includes('line') ? 'line' : 'plane', request);
  const { curves } = figures;
  const last = alphas.length - 1;
  return { figures, visibility: curves ? (curves.mixtureFisher.values[last] ?? 0) / Math.max(1e-9, curves.kl.values[last] ?? 1) : null };
}
