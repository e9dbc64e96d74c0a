import type { Frame, RunInfo } from '../../shared/protocol';
import type { FitControl } from './control';

/** What a fit tells its caller after each chunk of steps. */
export interface FitProgress {
  readonly step: number;
  readonly steps: number;
  /** Means over the chunk. */
  readonly loss: number;
  readonly gradientNorm: number;
  readonly stepsPerSecond: number;
  /** Estimated seconds until the last step. */
  readonly secondsLeft: number;
}

/** How a caller follows and steers a fit. What is drawn never changes what is computed. */
export interface FitHooks {
  /** What begins now, outside the training steps: choosing the executor, measuring the result. */
  readonly onStage?: (text: string) => void;
  /** The run directory has been made: from now on the run must come to an end of its own. */
  readonly onDirectory?: (directory: string) => void;
  /** Everything is compiled, and the first step comes next. */
  readonly onStart?: (info: RunInfo) => void;
  readonly onProgress?: (progress: FitProgress) => void;
  /**
   * Pictures of the model: of the start once a first step is done, whenever the fit pauses, at the end, and between them as often as
   * `FrameSchedule` allows. Without this hook none are computed. The receiver owns the frame.
   */
  readonly onFrame?: (frame: Frame) => void;
  /** Whether a frame that is not one of the promised ones is welcome now; false while the last is still on its way. */
  readonly wantsFrame?: () => boolean;
  readonly onPaused?: (step: number) => void;
  readonly onResumed?: () => void;
  readonly control?: FitControl;
}
