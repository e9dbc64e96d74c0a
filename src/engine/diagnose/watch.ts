import { setImmediate } from 'node:timers/promises';
import type { ScoreField } from '../../diagnose/fields/scoreField';
import type { SamplerRun } from '../../samplers/sampler';

export type DiagnoseStage =
  | 'loading data'
  | 'searching modes'
  | 'measuring visibility'
  | 'following particles'
  | 'Stein tests'
  | 'tempering'
  | 'normaliser'
  | 'checking derivatives'
  | 'drawing figures';

/** How a caller follows a diagnosis, and ends it early. */
export interface DiagnoseHooks {
  /** What begins now. */
  readonly onStage?: (stage: DiagnoseStage) => void;
  /** Where it is aborted the diagnosis throws the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Longest time for which nothing else of the process gets a turn. */
const turnMilliseconds = 50;

/** Passes on what the hooks ask for, at points where a diagnosis may end. */
export class Watch {
  private last = performance.now();

  constructor(private readonly hooks: DiagnoseHooks) {}

  /** Says what begins. Throws where the diagnosis was cancelled. */
  stage(stage: DiagnoseStage): void {
    this.hooks.signal?.throwIfAborted();
    this.hooks.onStage?.(stage);
  }

  /** Gives the rest of the process a turn now and then. Throws where the diagnosis was cancelled. */
  async turn(): Promise<void> {
    if (performance.now() - this.last > turnMilliseconds) {
      await setImmediate();
      this.last = performance.now();
    }
    this.hooks.signal?.throwIfAborted();
  }

  /** The field, whose every call is a point at which the diagnosis may end. */
  field(field: ScoreField): ScoreField {
    return {
      dim: field.dim,
      at: async (rows) => {
        await this.turn();
        return field.at(rows);
      },
    };
  }

  /** Runs a sampler, a few steps at a time, to its end or to the most steps that it may take; whether it came to its end. */
  async finish(run: SamplerRun, stepsPerTurn: number, mostSteps = Infinity): Promise<boolean> {
    let { done, step } = run.progress;
    while (!done && step < mostSteps) {
      ({ done, step } = await run.advance(stepsPerTurn));
      await this.turn();
    }
    return done;
  }
}
