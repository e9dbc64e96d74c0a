/** What is wrong with a sample, in one sentence each: what it means, and what to do. */

import type { SampleResult } from '../../runs/sampleRecord';
import { fewParticles } from '../../samplers/chainRun';
import { fineWeightError } from '../../shared/modeWeights';

/** The usual limit (Vehtari et al. 2021). */
const largestRHat = 1.01;
/** Own choices: below these proposals are wasted, or levels too far apart. */
const leastAcceptance = 0.2;
const leastSwaps = 0.1;
const leastEffective = 0.1;
/** Standard errors that a figure may be off by. */
const sigmas = 3;
/** Own choice: a temperature within this of 1 harms nothing. */
const fineTemperature = 0.02;
/** Own choice, in nats. */
const widestBracket = 0.5;

/** What a sampler's figures mean, and what to do where it fails. */
interface Nature {
  /** Particles are stationary chains, whose agreement means something. */
  readonly chains: boolean;
  /** Particles are draws, whose temperature should be 1. */
  readonly draws: boolean;
  /** Where modes have wrong weights. */
  readonly modes: string;
  /** Where everything else speaks against it. */
  readonly cure: string;
}

const crossing = 'use parallel-tempering or smc, which cross between modes';

const natures: Readonly<Record<string, Nature>> = {
  langevin: {
    chains: true,
    draws: true,
    modes: crossing,
    cure: 'raise steps, lower stepSize, or use mala, whose steps have no such error',
  },
  mala: { chains: true, draws: true, modes: crossing, cure: 'raise steps and burnIn' },
  hmc: { chains: true, draws: true, modes: crossing, cure: 'raise steps and burnIn, or lower stepSize' },
  'annealed-langevin': {
    chains: false,
    draws: true,
    modes: 'raise stepsPerLevel and levels, and largestNoise to the distance between modes',
    cure: 'raise stepsPerLevel, or lower stepSize',
  },
  'parallel-tempering': {
    chains: true,
    draws: true,
    modes: 'raise steps, burnIn or levels, or start wider (widening)',
    cure: 'raise steps and burnIn',
  },
  smc: { chains: false, draws: true, modes: 'raise moves, effectiveShare or particles', cure: 'raise moves or effectiveShare' },
  ais: { chains: false, draws: true, modes: 'raise levels or particles', cure: 'raise levels' },
  svgd: { chains: false, draws: false, modes: `SVGD leaves particles in the basins they start in: ${crossing}`, cure: 'raise steps' },
  'annealed-svgd': { chains: false, draws: false, modes: `raise cycles and steps, or ${crossing}`, cure: 'raise steps' },
};

const unknown: Nature = { chains: false, draws: false, modes: crossing, cure: 'raise steps' };

/** What the figures of a sampler mean. */
export function natureOf(sampler: string): Nature {
  return natures[sampler] ?? unknown;
}

type Judged = Omit<SampleResult, 'warnings' | 'notes'>;
type Judge = (result: Judged, nature: Nature) => string | undefined;

function disagree({ chains, modes, sampler }: Judged, nature: Nature): string | undefined {
  if (!chains || !(chains.rHat > largestRHat)) return undefined;
  const said = `R-hat is ${chains.rHat.toFixed(chains.rHat < 1.1 ? 3 : 2)}, above ${largestRHat}: the chains disagree`;
  // Particles in several modes, and chains that differ: they stay where they are.
  const several = modes.filter(({ weight }) => weight > 0).length > 1;
  return several
    ? `${said}, so ${sampler} has not mixed between modes; ${nature.modes}.`
    : `${said}, so ${sampler} has not explored the density yet; raise steps and burnIn.`;
}

function wrongWeights({ modes, sampler }: Judged, nature: Nature): string | undefined {
  const errors = modes.flatMap(({ label, weight, weightStdErr, ownWeight, ownWeightStdErr }) => {
    if (ownWeight === null) return [];
    const error = Math.abs(weight - ownWeight);
    const stdErr = Math.hypot(weightStdErr, ownWeightStdErr ?? 0);
    return error > Math.max(sigmas * stdErr, fineWeightError) ? [{ label, weight, ownWeight, error }] : [];
  });
  const worst = errors.reduce<(typeof errors)[number] | undefined>((a, b) => (a && a.error >= b.error ? a : b), undefined);
  return (
    worst &&
    `${sampler} put ${worst.weight.toFixed(3)} of the particles in ${worst.label}, whose weight is ${worst.ownWeight.toFixed(3)}; ${nature.modes}.`
  );
}

function refused({ figures }: Judged): string | undefined {
  const { acceptance } = figures;
  if (acceptance === undefined || acceptance >= leastAcceptance) return undefined;
  return `only ${(100 * acceptance).toFixed(1)} % of the proposals were accepted, so particles hardly move; lower stepSize, or raise burnIn.`;
}

function rarelySwapped({ figures }: Judged): string | undefined {
  const { swapAcceptance } = figures;
  if (swapAcceptance === undefined || swapAcceptance >= leastSwaps) return undefined;
  return `only ${(100 * swapAcceptance).toFixed(1)} % of the swaps were accepted, so temperatures hardly trade; raise levels.`;
}

function degenerate({ figures }: Judged, nature: Nature): string | undefined {
  const { effectiveShare } = figures;
  if (effectiveShare === undefined || effectiveShare >= leastEffective) return undefined;
  return `the weights are worth only ${(100 * effectiveShare).toFixed(1)} % of the particles; ${nature.cure}.`;
}

/** By how much the temperature's standard error grows where it is that of draws, which are correlated. */
function correlation({ chains, particles }: Judged): number {
  if (!chains || particles >= fewParticles) return 1;
  return Math.sqrt(Math.max(1, (chains.chains * chains.draws) / chains.essBulk));
}

function offTemperature(result: Judged, nature: Nature): string | undefined {
  const { temperature, sampler } = result;
  if (!nature.draws || !temperature || !Number.isFinite(temperature.value)) return undefined;
  const { value, standardError } = temperature;
  if (Math.abs(value - 1) <= Math.max(sigmas * standardError * correlation(result), fineTemperature)) return undefined;
  const meaning =
    value > 1 ? 'too warm: particles lie where the density is steeper than it should be' : 'too cold: particles are not spread out yet';
  return `the temperature after ${sampler} is ${Number(value.toPrecision(4))} instead of 1, ${meaning}; ${nature.cure}.`;
}

function wideBracket({ logZ }: Judged, nature: Nature): string | undefined {
  if (!logZ) return undefined;
  const width = logZ.upper - logZ.lower;
  // One particle has no spread to tell an error from.
  const error = Math.hypot(logZ.lowerError, logZ.upperError) || 0;
  if (Math.abs(width) <= Math.max(widestBracket, sigmas * error)) return undefined;
  return `the two estimates of log Z are ${Math.abs(width).toFixed(2)} nats apart, so neither it nor mode weights are sure; ${nature.cure}.`;
}

const judges: readonly Judge[] = [disagree, wrongWeights, refused, rarelySwapped, degenerate, offTemperature, wideBracket];

/** One sentence for each figure that speaks against the sample; none where nothing does. */
export function warningsOf(result: Judged): string[] {
  const nature = natureOf(result.sampler);
  return judges.flatMap((judge) => judge(result, nature) ?? []);
}
