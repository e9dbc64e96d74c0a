/** What a run comes to, in one sentence. */

import { fineWeightError, worstMode, wrongWeightError } from '../src/shared/modeWeights';
import type { Frame, RunEnd } from '../src/shared/protocol';
import { formatSmall } from '../src/shared/plot/numberFormat';
import type { ObjectiveName } from '../src/shared/settings';
import type { RunView } from './state';

export interface Verdict {
  readonly status: 'good' | 'warn' | 'bad' | 'info';
  readonly text: string;
}

/** Objectives that hardly depend on how mass is shared between modes that lie apart. */
const blind: ReadonlySet<ObjectiveName> = new Set(['fisher', 'sliced', 'sliced-vr', 'denoising']);

const failures: ReadonlySet<RunEnd['kind']> = new Set(['diverged', 'bad-input', 'crashed', 'killed', 'out-of-memory']);

/** Whether the run ended in another way than it should. */
export function hasFailed({ state }: RunView): boolean {
  return state.kind === 'ended' && failures.has(state.end.kind);
}

/** Judges what the frame shows; undefined is before the first one. */
export function verdictOf(run: RunView, frame: Frame | undefined): Verdict {
  if (run.state.kind === 'ended' && hasFailed(run)) return { status: 'bad', text: run.state.words };
  if (!frame) {
    const text =
      run.state.kind === 'stage' ? `${run.state.text}…` : run.state.kind === 'ended' ? run.state.words : 'Waiting for the first picture…';
    return { status: 'info', text };
  }
  const negative =
    frame.negativeMass !== null && frame.negativeMass > 0.05
      ? ` The correction clamps a negative mass of ${formatSmall(frame.negativeMass)}.`
      : '';
  const judged = judgeWeights(run, frame) ?? judgeKl(frame);
  return { status: judged.status === 'good' && negative !== '' ? 'warn' : judged.status, text: judged.text + negative };
}

function judgeWeights(run: RunView, frame: Frame): Verdict | undefined {
  const worst = worstMode(frame.modes);
  if (!worst) return undefined;
  const size = formatSmall(worst.error);
  if (worst.error <= Math.max(fineWeightError, 2 * worst.stdErr)) {
    return {
      status: frame.kl !== null && frame.kl > 0.1 ? 'warn' : 'good',
      text: `${frame.modes.length} modes, every weight within ${size} of the data.`,
    };
  }
  const status = worst.error > wrongWeightError && (blind.has(run.objective) || run.state.kind === 'ended') ? 'bad' : 'warn';
  if (blind.has(run.objective)) return { status, text: `Weights off by up to ${size}: this objective cannot see them.` };
  return { status, text: `Weights off by up to ${size}${run.state.kind === 'ended' ? '.' : ' so far.'}` };
}

function judgeKl({ kl, modes }: Frame): Verdict {
  const count = modes.length === 1 ? 'One mode' : `${modes.length} modes`;
  if (kl === null)
    return {
      status: 'info',
      text: modes.length > 0 ? `${count}; the density of the data is unknown.` : 'The density of the data is unknown, so there is no KL.',
    };
  return { status: kl > 0.1 ? 'warn' : 'good', text: `KL ${formatSmall(kl)}${modes.length === 1 ? ', one mode' : ''}.` };
}
