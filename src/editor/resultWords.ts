/** What a run came to, in the few words that fit above a line of code. */

import type { Verdict } from '../shared/diagnosis';
import type { FrameMode, RunEnd } from '../shared/protocol';
import type { ObjectiveName } from '../shared/settings';
import { judgeModes } from './modeJudgement';
import { shortNumber } from './numbers';
import { objectiveTexts } from './objectiveNames';
import type { Translate } from './translate';

/** What is known of a run that has ended. */
export interface Outcome {
  readonly objective: ObjectiveName;
  readonly kl: number | null;
  readonly modes: readonly FrameMode[];
  readonly end: RunEnd['kind'] | 'unknown';
}

/** What is known of a run that goes on. */
export interface Progress {
  readonly phase: 'starting' | 'running' | 'paused' | 'stopping';
  readonly stage: string | undefined;
  readonly step: number;
  readonly steps: number | undefined;
}

/** `MFD: KL 0.012, 4 modes, weights ok` */
export function outcomeWords({ objective, kl, modes, end }: Outcome, t: Translate): string {
  const name = objectiveTexts(t)[objective].short;
  const failure = failureWords(end, t);
  if (failure !== undefined) return t('{0}: {1}', name, failure);
  const parts: string[] = [];
  if (end === 'stopped') parts.push(t('stopped'));
  if (kl !== null) parts.push(t('KL {0}', shortNumber(kl)));
  if (modes.length === 1) parts.push(t('1 mode'));
  if (modes.length > 1) {
    const { status, error } = judgeModes(modes);
    parts.push(t('{0} modes', modes.length));
    parts.push(status === 'pass' ? t('weights ok') : t('weights off by {0}', shortNumber(error)));
  }
  return t('{0}: {1}', name, parts.length === 0 ? t('fitted') : parts.join(', '));
}

function failureWords(end: Outcome['end'], t: Translate): string | undefined {
  switch (end) {
    case 'diverged':
      return t('diverged');
    case 'bad-input':
      return t('could not be fitted');
    case 'crashed':
      return t('the engine crashed');
    case 'killed':
      return t('the engine was ended');
    case 'out-of-memory':
      return t('out of memory');
    case 'done':
    case 'stopped':
    case 'unknown':
      return undefined;
  }
}

/** `fitting: step 1,200 of 6,000` */
export function progressWords({ phase, stage, step, steps }: Progress, t: Translate, sampling = false): string {
  const at = steps === undefined ? t('step {0}', grouped(step)) : t('step {0} of {1}', grouped(step), grouped(steps));
  if (phase === 'starting') return stage ?? t('starting');
  if (phase === 'paused') return t('paused at {0}', at);
  if (phase === 'stopping') return t('stopping');
  return sampling ? t('sampling: {0}', at) : t('fitting: {0}', at);
}

/** What a diagnosis came to: what plain score matching can see of the weights. */
export function verdictWords(verdict: Verdict, t: Translate): string {
  switch (verdict) {
    case 'blind':
      return t('score matching is blind here');
    case 'sees':
      return t('score matching sees the weights');
    case 'cannot tell':
      return t('blindness: cannot tell');
  }
}

/** Digits in groups of three. */
export function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}
