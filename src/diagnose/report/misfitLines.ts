/** The lines of the two tests that say where samples misfit, and whether their shares of the modes are the density's. */

import type { FssdRecord, ReportLine, TemperingRecord } from '../../shared/diagnosis';
import { misfitLevel, showsMisfit } from '../../shared/misfit';
import { figure, percent, place } from './words';

/** Share of the samples that must change their mode for their shares to say something. Own choice. */
const fewestMoved = 0.02;

/** What FSSD found, and where; `cure` is what to do about a misfit. */
export function fssdLine(fssd: FssdRecord, cure: string): ReportLine {
  const line = { id: 'fssd', title: 'Where samples misfit' } as const;
  const p = `FSSD p = ${figure(fssd.pValue)}`;
  if (showsMisfit(fssd))
    return {
      ...line,
      status: 'warn',
      why: `Misfit is largest near ${place(fssd.locations[0]!)}: ${p}.`,
      todo: cure,
    };
  return {
    ...line,
    status: 'pass',
    why: `${p}: no misfit is seen at the ${fssd.locations.length} places where it was looked for.`,
    todo: '',
  };
}

/** How heating and cooling under the density changed the samples' shares of its modes; `cure` is what to do about wrong ones. */
export function temperingLine({ before, after, moved, acceptance, pValue }: TemperingRecord, cure: string): ReportLine {
  const line = { id: 'tempering', title: 'Tempering' } as const;
  const changed = `${percent(moved)} of the samples changed their mode`;
  if (pValue < misfitLevel) {
    const changes = after.map((share, k) => Math.abs(share - before[k]!));
    const worst = changes.reduce((best, change, k) => (change > changes[best]! ? k : best), 0);
    return {
      ...line,
      status: 'fail',
      why: `Heated and cooled again, ${changed}, and those in mode ${worst + 1} went from ${percent(before[worst]!)} to ${percent(after[worst]!)}, p = ${figure(pValue)}: samples and density share their mass differently.`,
      todo: cure,
    };
  }
  if (moved < fewestMoved)
    return {
      ...line,
      status: 'info',
      why: `Heated and cooled again, ${changed} and ${percent(acceptance)} of the round trips were accepted: too few to test the weights.`,
      todo: '',
    };
  return {
    ...line,
    status: 'pass',
    why: `Heated and cooled again, ${changed} and the shares stayed, p = ${figure(pValue)}.`,
    todo: '',
  };
}
