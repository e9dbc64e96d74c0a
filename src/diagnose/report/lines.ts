/** The lines of a blindness report: one function a line, undefined where there is nothing to say. */

import { wrongWeightError } from '../../shared/modeWeights';
import { curesOf } from './cures';
import { unvisited } from './evidence';
import { fssdLine, temperingLine } from './misfitLines';
import type { BlindnessInput } from './reportTypes';
import type { ReportLine, Verdict } from '../../shared/diagnosis';
import { assumedRows, rowsToSee, samplingNoise } from './verdict';
import { figure, modeList, percent, place } from './words';

type LineOf = (input: BlindnessInput, verdict: Verdict) => ReportLine | undefined;

/** Own choices: widths of the bracket of log Z up to which it is good, and usable. */
const [narrowBracket, wideBracket] = [0.2, 2];
const significance = 0.05;

const modes: LineOf = ({ modes: list, reliable, fixed }) => {
  const line = { id: 'modes', title: 'Modes' } as const;
  if (list.length === 0)
    return {
      ...line,
      status: 'unknown',
      why: 'No maximum of the density was found.',
      todo: 'Check that the energy is bounded from below.',
    };
  const cures = curesOf(fixed);
  const odd = (kind: 'spurious' | 'missed'): number[] => list.flatMap((m, k) => (m.kind === kind ? [k] : []));
  const [spurious, missed] = [odd('spurious'), odd('missed')];
  if (missed.length > 0) {
    const share = missed.reduce((t, k) => t + (list[k]!.dataWeight ?? 0), 0);
    return {
      ...line,
      status: 'fail',
      why: `The density has no mass at ${percent(share)} of the data, near ${missed
        .slice(0, 3)
        .map((k) => place(list[k]!.center))
        .join(' and ')}.`,
      todo: cures.missed,
    };
  }
  if (spurious.length > 0) {
    const share = spurious.reduce((t, k) => t + list[k]!.weight, 0);
    return {
      ...line,
      status: 'fail',
      why: `${percent(share)} of the density's mass is in ${modeList(spurious)}, where there is no data.`,
      todo: cures.spurious,
    };
  }
  if (list.length === 1) return { ...line, status: 'pass', why: 'There is one mode, so there are no weights to miss.', todo: '' };
  if (!reliable)
    return {
      ...line,
      status: 'unknown',
      why: `${list.length} modes were found, but their weights could not be measured: too few effective draws.`,
      todo: 'Measure them by tempering or annealed importance sampling.',
    };
  const wrong = list.flatMap((m, k) => {
    if (m.dataWeight === undefined) return [];
    const error = Math.abs(m.weight - m.dataWeight);
    return error > Math.max(wrongWeightError, 3 * Math.hypot(m.stdErr, m.dataStdErr ?? 0)) ? [{ k, error }] : [];
  });
  const worst = wrong.sort((a, b) => b.error - a.error)[0];
  if (worst) {
    const { weight, dataWeight } = list[worst.k]!;
    return {
      ...line,
      status: 'fail',
      why: `Mode ${worst.k + 1} has ${percent(weight)} of the mass and ${percent(dataWeight ?? 0)} of the data.`,
      todo: cures.weights,
    };
  }
  const weights = list.slice(0, 5).map((m) => figure(m.weight));
  return {
    ...line,
    status: 'pass',
    why: `There are ${list.length} modes, with weights ${weights.join(', ')}${list.length > 5 ? ' and so on' : ''}.`,
    todo: '',
  };
};

const search: LineOf = ({ evidence, modes: list }) => {
  const line = { id: 'search', title: 'Search' } as const;
  const doubt = unvisited(evidence);
  if (doubt) return { ...line, status: 'unknown', why: doubt.why, todo: doubt.todo };
  if (list.length === 0) return undefined;
  // With no new mode in n ascents a basin of 3 / n of the cover is missed with probability exp(-3).
  return {
    ...line,
    status: 'info',
    why: `A mode whose basin is less than ${percent(3 / evidence.starts)} of the random cover could have gone unseen.`,
    todo: '',
  };
};

const visibility: LineOf = ({ visibility: facts, rows, advice, fixed }, verdict) => {
  const line = { id: 'visibility', title: 'What the loss sees' } as const;
  if (!facts) return undefined;
  const noise = samplingNoise(facts, rows);
  const moved = `Moving 30 % of the mass of ${modeList(facts.from)} to ${modeList(facts.to)} changes the Fisher loss by ${figure(facts.fisher.change)}`;
  const size = rows === undefined ? `${assumedRows} rows` : `${rows} rows`;
  if (verdict !== 'blind')
    return {
      ...line,
      status: 'pass',
      why: `${moved}; its sampling noise with ${size} is ${figure(noise)}, and ${figure(Math.ceil(rowsToSee(facts.fisher)))} rows show it.`,
      todo: '',
    };
  return {
    ...line,
    status: 'fail',
    why: `${moved}, ${facts.fisher.change < noise ? 'below' : 'less than twice'} its sampling noise of ${figure(noise)} with ${size}: this objective cannot see it. MFD changes by ${figure(facts.mixture.change)}.`,
    todo: curesOf(fixed).blind(facts, advice),
  };
};

const spectrum: LineOf = ({ spectrum: found, fixed }, verdict) => {
  const line = { id: 'spectrum', title: 'Noise' } as const;
  if (!found) return undefined;
  if (found.visibleFrom === undefined)
    return {
      ...line,
      status: 'unknown',
      why: 'The noise at which the weights become visible is not known: there are too few draws at little noise.',
      todo: '',
    };
  return {
    ...line,
    status: verdict === 'blind' ? 'warn' : 'info',
    why: `The weights become visible to a score from noise ${figure(found.visibleFrom)} on: a tenth of the divergence lies below.`,
    todo: verdict === 'blind' ? curesOf(fixed).noise(figure(found.visibleFrom)) : '',
  };
};

const basins: LineOf = ({ basins: facts, modes: list }) => {
  const line = { id: 'basins', title: 'Basins' } as const;
  if (!facts || list.length < 2) return undefined;
  const shares = facts.actual ?? facts.predicted;
  const errors = shares.map((s, k) => Math.abs(s - (list[k]?.weight ?? 0)));
  const worst = errors.reduce((best, e, k) => (e > errors[best]! ? k : best), 0);
  const weight = list[worst]?.weight ?? 0;
  const tolerance = Math.max(wrongWeightError, 3 * Math.sqrt((weight * (1 - weight)) / facts.particles));
  const verb = facts.actual ? 'hold' : 'would hold';
  const why = `Particles ${verb} ${percent(shares[worst]!)} in mode ${worst + 1}, whose weight is ${percent(weight)}; their start predicts ${percent(facts.predicted[worst] ?? 0)}.`;
  if (errors[worst]! <= tolerance) return { ...line, status: 'pass', why, todo: '' };
  return {
    ...line,
    status: facts.actual ? 'fail' : 'warn',
    why,
    todo: 'Use a sampler that crosses barriers: parallel tempering or annealed importance sampling.',
  };
};

const ksd: LineOf = ({ ksd: plain, perturbedKsd: perturbed, fixed }) => {
  const line = { id: 'ksd', title: 'Stein tests' } as const;
  if (!plain && !perturbed) return undefined;
  const words = [plain && `KSD p = ${figure(plain.pValue)}`, perturbed && `perturbed KSD p = ${figure(perturbed.pValue)}`]
    .filter(Boolean)
    .join(', ');
  const [seen, seenPerturbed] = [plain && plain.pValue < significance, perturbed && perturbed.pValue < significance];
  if (seenPerturbed && !seen)
    return {
      ...line,
      status: 'fail',
      why: `${words}: the samples miss a mode or its weight, which KSD alone cannot see.`,
      todo: 'Trust the perturbed test, and look at the modes and their weights.',
    };
  if (seen)
    return {
      ...line,
      status: 'warn',
      why: `${words}: the samples are not those of the density.`,
      todo: curesOf(fixed).samples,
    };
  return { ...line, status: 'pass', why: `${words}: no difference between samples and density is seen.`, todo: '' };
};

const fssd: LineOf = ({ fssd: found, fixed }) => found && fssdLine(found, curesOf(fixed).misfit);
const tempering: LineOf = ({ tempering: found, fixed }) => found && temperingLine(found, curesOf(fixed).shares);

const logZ: LineOf = ({ logZ: bracket }) => {
  const line = { id: 'logZ', title: 'Normaliser' } as const;
  if (!bracket) return undefined;
  const width = Math.max(0, bracket.upper - bracket.lower);
  const why = `log Z lies between ${bracket.lower.toFixed(2)} and ${bracket.upper.toFixed(2)}.`;
  if (width <= narrowBracket) return { ...line, status: 'pass', why, todo: '' };
  return { ...line, status: width <= wideBracket ? 'warn' : 'fail', why, todo: 'Use more particles or more temperatures.' };
};

/** All lines that have something to say, in the order of the report. */
export function reportLines(input: BlindnessInput, verdict: Verdict): ReportLine[] {
  return [modes, search, visibility, spectrum, basins, ksd, fssd, tempering, logZ].flatMap((line) => line(input, verdict) ?? []);
}
