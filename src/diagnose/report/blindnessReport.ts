import { unvisited } from './evidence';
import { reportLines } from './lines';
import type { BlindnessInput, BlindnessReport } from './reportTypes';
import type { Verdict } from '../../shared/diagnosis';
import { verdictOf } from './verdict';

function summaryOf({ modes, evidence }: BlindnessInput, verdict: Verdict): string {
  if (verdict === 'blind') return `Blind: the scores of this density do not tell the weights of its ${modes.length} modes.`;
  if (verdict === 'cannot tell') return `Cannot tell: ${unvisited(evidence)?.why ?? "the modes' weights could not be measured."}`;
  return modes.length === 1
    ? 'Sees: the density has one mode.'
    : `Sees: the scores of this density tell the weights of its ${modes.length} modes.`;
}

/** The blindness report: verdict, figures, and a line for each thing that was measured. A pure function of what was measured. */
export function blindnessReport(input: BlindnessInput): BlindnessReport {
  const verdict = verdictOf(input);
  const { visibility, spectrum, modes, advice } = input;
  return {
    verdict,
    summary: summaryOf(input, verdict),
    visibility: visibility && { fisher: visibility.fisher.visibility, mfd: visibility.mixture.visibility },
    modes,
    visibleFrom: spectrum?.visibleFrom,
    advice,
    lines: reportLines(input, verdict),
  };
}
