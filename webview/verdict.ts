/** What a run comes to, in one sentence. */

import { fineWeightError, worstMode, wrongWeightError } from '../src/shared/modeWeights';
import type { Frame, RunEnd } from '../src/shared/protocol';
import { formatSmall } from '../src/shared/plot/numberFormat';
import type { ObjectiveName } from '../src/shared/settings';
import type { RunView } from './state';
import { t } from './words';

export interface Verdict {
  readonly status: 'good' | 'warn' | 'bad' | 'info';
  readonly text: string;
}

/** Objectives that hardly depend on how mass is shared between modes that lie apart. */
const blind: ReadonlySet<ObjectiveName> = new Set(['fisher', 'sliced', 'sliced-vr', 'denoising', 'noise-annealed']);

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
      run.state.kind === 'stage'
        ? `${run.state.text}…`
        : run.state.kind === 'ended'
          ? run.state.words
          : t('Waiting for the first picture…');
    return { status: 'info', text };
  }
  const negative =
    frame.negativeMass !== null && frame.negativeMass > 0.05
      ? ` ${t('The correction clamps a negative mass of {0}.', formatSmall(frame.negativeMass))}`
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
      text: t('{0} modes, every weight within {1} of the data.', frame.modes.length, size),
    };
  }
  const status = worst.error > wrongWeightError && (blind.has(run.objective) || run.state.kind === 'ended') ? 'bad' : 'warn';
  if (blind.has(run.objective)) return { status, text: t('Weights off by up to {0}: this objective cannot see them.', size) };
  return { status, text: t(run.state.kind === 'ended' ? 'Weights off by up to {0}.' : 'Weights off by up to {0} so far.', size) };
}

function judgeKl({ kl, modes }: Frame): Verdict {
  const count = modes.length === 1 ? t('One mode') : t('{0} modes', modes.length);
  if (kl === null)
    return {
      status: 'info',
      text:
        modes.length > 0
          ? t('{0}; the density of the data is unknown.', count)
          : t('The density of the data is unknown, so there is no KL.'),
    };
  if (!Number.isFinite(kl)) return { status: 'bad', text: t('The KL is not finite: the model is no density yet.') };
  return { status: kl > 0.1 ? 'warn' : 'good', text: t(modes.length === 1 ? 'KL {0}, one mode.' : 'KL {0}.', formatSmall(kl)) };
}
