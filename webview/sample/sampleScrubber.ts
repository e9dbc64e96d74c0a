import type { SampleFrame } from '../../src/shared/sampleProtocol';
import type { Context } from '../context';
import { type Scrubber, scrubber } from '../scrubber';
import { isSampling } from './sampleState';

/** Back and forth through the snapshots of the sampling. */
export function sampleScrubber(context: Context): Scrubber<SampleFrame> {
  const { store, host } = context;
  return scrubber<SampleFrame>(context, {
    of: (state) =>
      state.sampling && { ...state.sampling, running: isSampling(state), shown: state.sampleShown, playing: state.samplePlaying },
    show: (step, frame) => store.dispatch({ type: 'sampleScrub', step, frame }),
    play: (playing) => store.dispatch({ type: 'samplePlay', playing }),
    open: (id, step) => host.post({ type: 'openSampleSnapshot', id, step }),
  });
}
