import { FitControl } from '../engine/fit/control';
import type { FitHooks } from '../engine/fit/hooks';
import type { FitProblem } from '../engine/fit/problem';
import type { FinishedFit } from '../engine/fit/runFit';
import { stopOnInterrupt } from './interrupts';
import { ProgressBar } from './progressBar';
import { resultText } from './resultText';
import { figure, printNotice, printResult } from './terminal';

/** How a fit is shown. */
export interface FitView {
  /** What the progress bar begins with. */
  readonly label: string;
  readonly quiet: boolean;
  readonly json: boolean;
}

/** Shows a fit and its result on the terminal, and lets interrupts end it; answers with the exit status. */
export async function followFit(
  { label, quiet, json }: FitView,
  fit: (hooks: FitHooks) => Promise<FinishedFit & { readonly problem: FitProblem }>,
): Promise<number> {
  const bar = quiet ? undefined : new ProgressBar(label);
  const control = new FitControl();
  const interrupts = stopOnInterrupt(control);
  try {
    const { problem, result, candidates, detail } = await fit({
      control,
      onDirectory: interrupts.begun,
      ...(bar && {
        onProgress: (progress) => {
          bar.update(progress, `loss ${figure(progress.loss, 4).padStart(8)}`);
        },
      }),
    });
    bar?.end();
    if (json) printResult(JSON.stringify(result));
    else printResult(resultText(problem, result, detail, candidates));
    if (!control.stopped) return 0;
    printNotice(
      `unblind: interrupted after step ${result.steps}; the run directory is complete, and unblind fit --resume goes on: ${result.runDir}`,
    );
    return 130;
  } catch (error) {
    bar?.end();
    throw error;
  } finally {
    interrupts.dispose();
  }
}
