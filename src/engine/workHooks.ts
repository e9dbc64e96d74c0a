/** What an engine process sends while it fits or samples. */

import type { FromEngine } from '../shared/protocol';
import type { FitControl } from './fit/control';
import type { FitHooks } from './fit/hooks';
import { LatestProgress } from './latestProgress';
import { ProgressBatch } from './progressBatch';
import type { SampleHooks } from './sample/hooks';

/** What the hooks of a fit and of a sampler run have in common. */
type CommonHooks = Required<Pick<FitHooks & SampleHooks, 'control' | 'onStage' | 'onDirectory' | 'wantsFrame' | 'onPaused' | 'onResumed'>>;

export interface WorkPort {
  readonly control: FitControl;
  readonly send: (message: FromEngine) => void;
  /** Whether somebody waits for a frame. */
  readonly wantsFrame: () => boolean;
  /** The run directory has been made. */
  readonly begun: (directory: string) => void;
}

/** Progress never waits for long, and no later message overtakes it. */
export class WorkHooks {
  private readonly points: ProgressBatch;
  private readonly latest: LatestProgress;

  constructor(private readonly port: WorkPort) {
    this.points = new ProgressBatch((message) => port.send(message));
    this.latest = new LatestProgress((message) => port.send(message));
  }

  forFit(): FitHooks {
    return {
      ...this.common(),
      onStart: (info) => this.port.send({ type: 'started', info }),
      onProgress: (progress) => this.points.add(progress),
      onFrame: (frame) => this.last({ type: 'frame', frame }),
    };
  }

  forSample(): SampleHooks {
    return {
      ...this.common(),
      onStart: (info) => this.port.send({ type: 'sample-started', info }),
      onProgress: (progress) => this.latest.add(progress),
      onFrame: (frame) => this.last({ type: 'sample-frame', frame }),
      onSummary: (summary) => this.last({ type: 'sample-summary', summary }),
    };
  }

  /** Sends a message after all progress that was made before it. */
  last(message: FromEngine): void {
    this.points.flush();
    this.latest.flush();
    this.port.send(message);
  }

  private common(): CommonHooks {
    return {
      control: this.port.control,
      onStage: (text) => this.last({ type: 'stage', text }),
      onDirectory: (directory) => this.port.begun(directory),
      wantsFrame: () => this.port.wantsFrame(),
      onPaused: (step) => this.last({ type: 'paused', step }),
      onResumed: () => this.port.send({ type: 'resumed' }),
    };
  }
}
