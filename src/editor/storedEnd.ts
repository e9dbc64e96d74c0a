/** How a run that lies on disk has ended. */

import type { EndEvent } from '../runs/record';
import type { PanelRunState } from '../shared/panelProtocol';
import type { RunEnd } from '../shared/protocol';
import { asSentence, endWords } from './endWords';
import type { Translate } from './translate';

/** What is asked of a run of any kind. */
interface EndedRun {
  /** Whether a process writes to it. */
  readonly live: boolean;
  readonly events: readonly { readonly type: string }[];
  readonly result: { readonly steps: number; readonly notes: readonly string[] } | null;
}

/** The end of a stored run in words; one that goes on in another window has none yet. */
export function storedState(run: EndedRun, t: Translate): PanelRunState {
  const event = run.events.findLast((entry): entry is EndEvent => entry.type === 'end');
  const end = storedEnd(event, run.result);
  const words =
    event !== undefined
      ? endWords(end, t)
      : run.live
        ? t('The run goes on in another process.')
        : t('The run was cut off: Resume in Runs goes on with it.');
  return { kind: 'ended', end, words, notes: run.result?.notes ?? [] };
}

function storedEnd(event: EndEvent | undefined, result: EndedRun['result']): RunEnd {
  if (event === undefined) return result === null ? { kind: 'stopped' } : { kind: 'done' };
  if (event.status === 'done') return { kind: 'done' };
  if (event.status === 'interrupted') return { kind: 'stopped' };
  return { kind: 'diverged', message: asSentence(event.reason ?? 'the run failed'), step: result?.steps ?? 0 };
}

/** A damaged part of a run hides only itself. */
export function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
