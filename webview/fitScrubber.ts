import type { Frame } from '../src/shared/protocol';
import type { Context } from './context';
import { type Scrubber, scrubber } from './scrubber';
import { activeRun, isRunning } from './state';

/** Back and forth through the snapshots of the active fit. */
export function fitScrubber(context: Context): Scrubber<Frame> {
  const { store, host } = context;
  return scrubber<Frame>(context, {
    of: (state) => {
      const run = activeRun(state);
      return run && { ...run, running: isRunning(run), shown: state.shown, playing: state.playing };
    },
    show: (step, frame) => store.dispatch({ type: 'scrub', step, frame }),
    play: (playing) => store.dispatch({ type: 'play', playing }),
    open: (runId, step) => host.post({ type: 'openSnapshot', runId, step }),
  });
}
