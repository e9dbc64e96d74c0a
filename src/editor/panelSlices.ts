/** Slices that a page asks for: of a run that goes on the engine makes them with its frames, of any other they come from a snapshot. */

import type { FromPanel, PanelSlice } from '../shared/panelProtocol';
import type { EngineQuestions } from './engineQuestions';
import type { PanelModel } from './panelModel';
import type { Translate } from './translate';

type ViewMessage = Extract<FromPanel, { type: 'view' }>;

/**
 * The answer for the page; undefined where it gets none: the next frame has the slice, or a newer request is on its way.
 * @param refusal why no energy file may be run here; undefined where it may
 */
export async function answerView(
  { runId, step, view }: ViewMessage,
  model: PanelModel,
  questions: Pick<EngineQuestions, 'slice'>,
  refusal: string | undefined,
  t: Translate,
): Promise<PanelSlice | undefined> {
  const source = model.find(runId);
  if (source === undefined) return undefined;
  if (step === null) {
    source.session?.show(view);
    return undefined;
  }
  if (view === null) return undefined;
  const answer = { type: 'slice', runId, step, view, slice: undefined, problem: undefined, note: undefined } as const;
  if (refusal !== undefined) return { ...answer, problem: refusal };
  // A run that broke has a picture of a later step than its last snapshot.
  const stored = source.snapshots().findLast((at) => at <= step);
  if (source.directory === undefined || stored === undefined)
    return { ...answer, problem: t('The run has no snapshot to compute a slice from.') };
  const found = await questions.slice({ runDir: source.directory, step: stored, view });
  return found && { ...answer, slice: found.slice, problem: found.problem, note: found.note };
}
