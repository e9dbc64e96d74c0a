/** Says how runs end: in the log always, as a notification only where the engine broke, or where nobody sees the panel. */

import * as vscode from 'vscode';
import type { Diagnoser } from './diagnoser';
import type { Diagnosing } from './diagnosing';
import type { DiagnoseService } from './diagnoseService';
import { Disposable } from './disposable';
import { endWords, isFailure } from './endWords';
import type { EnergyRef } from './energyRef';
import type { Fitter } from './fitter';
import type { FitService } from './fitService';
import { nameOf } from './sessionService';
import type { Panels } from './panels';
import type { RunSession } from './runSession';
import type { SampleService } from './sampleService';
import type { SampleSession } from './sampleSession';
import type { SampleStarter } from './sampleStarter';
import { t } from './t';

export interface EndReportParts {
  readonly fits: FitService;
  readonly samples: SampleService;
  readonly diagnoses: DiagnoseService;
  readonly panels: Panels;
  readonly fitter: Fitter;
  readonly starter: SampleStarter;
  readonly diagnoser: Diagnoser;
  readonly log: vscode.LogOutputChannel;
}

export class EndReports extends Disposable {
  constructor(private readonly parts: EndReportParts) {
    super();
    const { fits, samples, diagnoses, log } = parts;
    this.register(fits.onDidStart(({ request }) => log.info(t('{0}: fit asked for, {1}', request.energy, request.file))));
    this.register(samples.onDidStart(({ request }) => log.info(t('{0}: particles asked for, {1}', request.energy, request.file))));
    this.register(fits.onDidChange(({ session, change }) => this.changed(session, change.type, () => this.fitAgain(session))));
    this.register(samples.onDidChange(({ session, change }) => this.changed(session, change.type, () => this.sampleAgain(session))));
    this.register(diagnoses.onDidEnd((diagnosing) => void this.diagnosed(diagnosing)));
  }

  private changed(session: RunSession | SampleSession, change: string, again: () => Promise<unknown>): void {
    const { request, info } = session;
    if (change === 'started' && info !== undefined) this.parts.log.info(`${request.energy}: ${info.executorDetail}, ${info.runDir}`);
    if (change === 'ended') void this.ended(session, again);
  }

  private async ended({ end, request, log, steers }: RunSession | SampleSession, again: () => Promise<unknown>): Promise<void> {
    if (end === undefined) return;
    const words = `${request.energy}: ${endWords(end, t)}`;
    // Who looks on sees it in the panel; the window that steers says it.
    if (!isFailure(end) || !steers) {
      this.parts.log.info(words);
      return;
    }
    const broke = end.kind === 'crashed' || end.kind === 'killed' || end.kind === 'out-of-memory';
    await this.sayFailure(nameOf(request), words, { log, broke, again });
  }

  private async diagnosed({ request, state, log, broke }: Diagnosing): Promise<void> {
    if (state.kind === 'done') this.parts.log.info(`${request.energy}: ${state.answer.record.summary}`);
    if (state.kind !== 'failed') return;
    const energy = nameOf(request);
    await this.sayFailure(energy, `${request.energy}: ${state.words}`, { log, broke, again: () => this.parts.diagnoser.diagnose(energy) });
  }

  private async sayFailure(
    energy: EnergyRef,
    words: string,
    { log, broke, again }: { readonly log: string; readonly broke: boolean; readonly again: () => Promise<unknown> },
  ): Promise<void> {
    this.parts.log.error(words);
    if (log !== '') this.parts.log.append(log);
    if (!broke && this.parts.panels.find(energy)?.visible === true) return;
    const [showLog, runAgain] = [t('Show Log'), t('Run Again')];
    const show = broke ? vscode.window.showErrorMessage : vscode.window.showWarningMessage;
    const answer = await show(words, showLog, runAgain);
    if (answer === showLog) this.parts.log.show(true);
    if (answer === runAgain) await again();
  }

  private fitAgain({ request }: RunSession): Promise<unknown> {
    const { executor, seed, overrides, warmFrom } = request;
    return this.parts.fitter.fit(nameOf(request), { executor, seed, overrides, warmFrom });
  }

  private sampleAgain({ request }: SampleSession): Promise<unknown> {
    return this.parts.starter.sample(nameOf(request), request);
  }
}
