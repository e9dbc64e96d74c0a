import { fineWeightError, worstMode, wrongWeightError } from '../../shared/modeWeights';
import type { EndEvent, RunResult } from '../record';
import type { Run } from '../runReader';
import { formatFixed, formatSmall } from '../../shared/plot/numberFormat';

/** What a run came to, in one sentence without its first capital, and how good that is. */
export interface Verdict {
  readonly status: 'good' | 'warn' | 'bad';
  readonly text: string;
}

const highKl = 0.1;
const highNegativeMass = 0.05;

/** Judges a run by its KL and by the weights of its modes. */
export function verdictOf(run: Run): Verdict {
  const end = run.events.findLast((event): event is EndEvent => event.type === 'end');
  const lastStep = run.result?.steps ?? run.events.reduce((step, event) => ('step' in event ? Math.max(step, event.step) : step), 0);
  const steps = `${formatFixed(lastStep, 0)} steps`;
  if (end?.status === 'failed')
    return { status: 'bad', text: `the run failed after ${steps}${end.reason === undefined ? '.' : `: ${asSentence(end.reason)}`}` };
  if (run.result === null) {
    return {
      status: 'warn',
      text:
        end === undefined
          ? `the run has not ended; this is its state after ${steps}.`
          : `interrupted after ${steps}, before it was evaluated.`,
    };
  }
  const judged = judge(run.result);
  return end?.status === 'interrupted'
    ? { status: judged.status === 'bad' ? 'bad' : 'warn', text: `interrupted after ${steps}; ${judged.text}` }
    : judged;
}

function judge(result: RunResult): Verdict {
  const kl = result.kl === null ? null : `KL ${formatSmall(result.kl)}`;
  const negative =
    result.negativeMass !== null && result.negativeMass > highNegativeMass
      ? ` The correction had to clamp a negative mass of ${formatSmall(result.negativeMass)}.`
      : '';
  const doubtful = negative !== '' || (result.kl !== null && result.kl > highKl);
  const worst = worstMode(result.modes);
  if (worst === null) {
    const modes = result.modes.length === 1 ? ', one mode' : '';
    const text =
      kl === null
        ? `final loss ${formatSmall(result.finalLoss)}; the density of the data is unknown, so there is no KL.`
        : `${kl}${modes}.`;
    return { status: doubtful ? 'warn' : 'good', text: text + negative };
  }
  const count = `${result.modes.length} modes`;
  const size = formatSmall(worst.error);
  if (worst.error <= Math.max(fineWeightError, 2 * worst.stdErr)) {
    return {
      status: doubtful ? 'warn' : 'good',
      text: `${kl === null ? '' : `${kl}, `}${count}, every weight within ${size} of the data.${negative}`,
    };
  }
  const lead = kl === null ? `${count}: ` : `${kl}: `;
  if (worst.error <= wrongWeightError)
    return { status: 'warn', text: `${lead}the weights of the modes are off by up to ${size}.${negative}` };
  return { status: 'bad', text: `${lead}the weights of the modes are wrong by up to ${size}.${negative}` };
}

function asSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
