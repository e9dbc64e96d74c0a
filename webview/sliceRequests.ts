/** Asks the host for the slices that the page shows, once for each. */

import type { Context, Part } from './context';
import { element } from './dom';
import { runsShown } from './planesModel';
import { followsEngine, sameView, sliceView, stepOf } from './slice';
import type { PageState, RunView } from './state';
import type { SliceView } from '../src/shared/protocol';

/** Shows nothing. */
export function sliceRequests({ host }: Context): Part {
  /** What the frames of each run have been asked to show. */
  const followed = new Map<string, SliceView | null>();
  /** What was asked for last of each stored model. */
  const asked = new Map<string, string>();

  function follow(run: RunView, view: SliceView | null): void {
    const before = followed.get(run.id) ?? null;
    if (before === view || (before && view && sameView(before, view))) return;
    followed.set(run.id, view);
    host.post({ type: 'view', runId: run.id, step: null, view });
  }

  function ask(state: PageState, run: RunView, view: SliceView): void {
    const step = stepOf(state, run);
    const answer = state.slices[run.id];
    if (step === undefined || (run.frame?.step === step && run.frame.slice && sameView(run.frame.slice.view, view))) return;
    const key = `${step} ${JSON.stringify(view)}`;
    if (asked.get(run.id) === key || (answer?.step === step && sameView(answer.view, view))) return;
    asked.set(run.id, key);
    host.post({ type: 'view', runId: run.id, step, view });
  }

  return {
    root: element('span', { hidden: true }),
    render: (state) => {
      const view = sliceView(state);
      for (const run of runsShown(state)) {
        if (followsEngine(state, run)) follow(run, view ?? null);
        else if (view) ask(state, run, view);
      }
    },
  };
}
