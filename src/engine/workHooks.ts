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
  /** Sends a message; `written` is called once it has left, or could not. */
  readonly send: (message: FromEngine, written?: () => void) => void;
  /** The run directory has been made. */
  readonly begun: () => void;
}

/** Progress never waits for long, and no later message overtakes it. Frames wait for each other. */
export class WorkHooks {
  private framesOnTheirWay = 0;
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
      onFrame: (frame) => this.frame({ type: 'frame', frame }),
    };
  }

  forSample(): SampleHooks {
    return {
      ...this.common(),
      onStart: (info) => this.port.send({ type: 'sample-started', info }),
      onProgress: (progress) => this.latest.add(progress),
      onFrame: (frame) => this.frame({ type: 'sample-frame', frame }),
      onSummary: (summary) => this.last({ type: 'sample-summary', summary }),
    };
  }

  /** Sends a message after all progress that was made before it. */
  last(message: FromEngine, written?: () => void): void {
    this.points.flush();
    this.latest.flush();
    this.port.send(message, written);
  }

  private common(): CommonHooks {
    return {
      control: this.port.control,
      onStage: (text) => this.last({ type: 'stage', text }),
      onDirectory: () => this.port.begun(),
      wantsFrame: () => this.framesOnTheirWay === 0,
      onPaused: (step) => this.last({ type: 'paused', step }),
      onResumed: () => this.port.send({ type: 'resumed' }),
    };
  }

  private frame(message: FromEngine): void {
    this.framesOnTheirWay++;
    this.last(message, () => this.framesOnTheirWay--);
  }
}
