/** What the figures of a finished sampling mean. Limits are those of the engine's own warnings. */

import type { SampleSummary } from '../../src/shared/sampleProtocol';
import { formatFixed, formatNumber, formatWithError } from '../../src/shared/plot/numberFormat';
import type { Finding } from '../statusList';
import { t } from '../words';

/** The usual limits (Vehtari et al. 2021). */
const [largestRHat, leastEss] = [1.01, 400];
/** Own choices, as the engine has them. */
const [leastAcceptance, leastSwaps, leastEffective, fineTemperature, widestBracket, sigmas] = [0.2, 0.1, 0.1, 0.02, 0.5, 3];
/** Samplers whose particles are no draws: their temperature means nothing. */
const withoutDraws: ReadonlySet<string> = new Set(['svgd', 'annealed-svgd']);

type Judge = (summary: SampleSummary, sampler: string) => Finding | undefined;

const finding = (good: boolean, title: string, why: string): Finding => ({ status: good ? 'pass' : 'warn', title, why, todo: '' });

const percent = (share: number): string => `${formatNumber(100 * share, 3)} %`;

const temperature: Judge = ({ temperature: found }, sampler) => {
  if (!found) return undefined;
  const why = t('{0}; 1 where particles follow the density within its modes.', formatWithError(found.value, found.standardError));
  const good = Math.abs(found.value - 1) <= Math.max(sigmas * found.standardError, fineTemperature);
  if (withoutDraws.has(sampler)) return { status: 'info', title: t('Temperature'), why, todo: '' };
  return finding(good, t('Temperature'), why);
};

const rHat: Judge = ({ chains }) =>
  chains
    ? finding(
        chains.rHat <= largestRHat,
        'R-hat',
        t('{0} over {1} chains; up to {2} they agree.', formatFixed(chains.rHat, 3), chains.chains, largestRHat),
      )
    : undefined;

const ess: Judge = ({ chains }) =>
  chains
    ? finding(
        Math.min(chains.essBulk, chains.essTail) >= leastEss,
        t('Effective draws'),
        t('{0} in the bulk, {1} in the tails; {2} are enough.', formatFixed(chains.essBulk, 0), formatFixed(chains.essTail, 0), leastEss),
      )
    : undefined;

const logZ: Judge = ({ logZ: found }) => {
  if (!found) return undefined;
  const { lower, lowerError, upper, upperError } = found;
  const width = Math.abs(upper - lower);
  return finding(
    width <= Math.max(widestBracket, sigmas * (Math.hypot(lowerError, upperError) || 0)),
    'log Z',
    t('Between {0} and {1}.', formatWithError(lower, lowerError), formatWithError(upper, upperError)),
  );
};

/** Shares that should not be below a limit. */
const shares: readonly { readonly name: string; readonly title: string; readonly least: number }[] = [
  { name: 'acceptance', title: t('Acceptance'), least: leastAcceptance },
  { name: 'swapAcceptance', title: t('Swaps accepted'), least: leastSwaps },
  { name: 'effectiveShare', title: t('Effective share'), least: leastEffective },
];

const shareJudges: readonly Judge[] = shares.map(({ name, title, least }) => ({ figures }) => {
  const value = figures[name];
  return value === undefined ? undefined : finding(value >= least, title, t('{0}; {1} is enough.', percent(value), percent(least)));
});

/** One finding for each figure there is. */
export function sampleFindings(summary: SampleSummary, sampler: string): Finding[] {
  return [temperature, rHat, ess, logZ, ...shareJudges].flatMap((judge) => judge(summary, sampler) ?? []);
}
