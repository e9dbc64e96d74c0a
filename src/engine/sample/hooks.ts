import type { SampleFrame, SampleInfo, SampleProgress, SampleSummary } from '../../shared/sampleProtocol';
import type { FitControl } from '../fit/control';

/** How a caller follows and steers a sampler run. What is shown never changes what is computed. */
export interface SampleHooks {
  /** What begins now, outside the steps. */
  readonly onStage?: (text: string) => void;
  /** The run directory has been made: from now on the run must come to an end of its own. */
  readonly onDirectory?: (directory: string) => void;
  readonly onStart?: (info: SampleInfo) => void;
  readonly onProgress?: (progress: SampleProgress) => void;
  /** Particles: at the start, whenever the run pauses, at the end, and between them up to twenty times a second. */
  readonly onFrame?: (frame: SampleFrame) => void;
  /** Whether a frame that is not one of the promised ones is welcome now. */
  readonly wantsFrame?: () => boolean;
  readonly onPaused?: (step: number) => void;
  readonly onResumed?: () => void;
  /** The particles have been measured and the directory is complete. */
  readonly onSummary?: (summary: SampleSummary) => void;
  /** Pauses, steps and stops: the same control as a fit's. */
  readonly control?: FitControl;
}
