/** Lines of a diagnosis that come from the run, the sampler and the check, and not from the density alone. */

import { fewestEffective } from '../../diagnose/modes/surveyModes';
import type { ReportLine } from '../../shared/diagnosis';
import { figure, percent } from '../../diagnose/report/words';
import type { CheckLine } from '../check/checkEnergy';

/** Own choices: negative mass up to which a correction is good, and usable. */
const [littleNegative, muchNegative] = [0.02, 0.1];
/** Own choices: acceptance of MALA between which its steps suit the density. */
const [fewAccepted, manyAccepted] = [0.3, 0.9];

/** Mass that the correction of an MFD fit had to clamp. */
export function correctionLine(negativeMass: number): ReportLine {
  const line = { id: 'correction', title: 'Correction' } as const;
  const why = `The correction clamped a negative mass of ${figure(negativeMass)}.`;
  if (negativeMass <= littleNegative) return { ...line, status: 'pass', why, todo: '' };
  return {
    ...line,
    status: negativeMass <= muchNegative ? 'warn' : 'fail',
    why,
    todo: 'Fit longer or with a wider network, or with a beta nearer to 1.',
  };
}

/** Acceptance of the Langevin dynamics that the basins were measured with. */
export function acceptanceLine(acceptance: number): ReportLine {
  const good = acceptance >= fewAccepted && acceptance <= manyAccepted;
  return {
    id: 'acceptance',
    title: 'Langevin steps',
    status: good ? 'info' : 'warn',
    why: `${percent(acceptance)} of the proposals were accepted.`,
    todo: good ? '' : 'Scales differ too much for one step size: sample in other coordinates, or trust the basins little.',
  };
}

/** Effective draws behind weights and visibility, where they are not from a grid. */
export function drawsLine(effective: number): ReportLine {
  const enough = effective >= fewestEffective;
  return {
    id: 'draws',
    title: 'Draws',
    status: enough ? 'pass' : 'unknown',
    why: `Weights and visibility rest on ${figure(Math.round(effective))} effective draws.`,
    todo: enough ? '' : `At least ${fewestEffective} are needed: sample the density by parallel tempering or annealed importance sampling.`,
  };
}

/** Score and Laplacian against finite differences. */
export function gradientLine(checks: readonly CheckLine[]): ReportLine | undefined {
  const line = { id: 'gradient', title: 'Derivatives' } as const;
  const wrong = checks.find(({ status }) => status === 'fail') ?? checks.find(({ status }) => status === 'warn');
  if (wrong)
    return {
      ...line,
      status: wrong.status,
      why: `${wrong.text.charAt(0).toUpperCase()}${wrong.text.slice(1)}.`,
      todo: 'See unblind check, and mend the energy first.',
    };
  const score = checks.find(({ name }) => name === 'score');
  return score && { ...line, status: 'pass', why: `The score and the Laplacian agree with finite differences.`, todo: '' };
}
