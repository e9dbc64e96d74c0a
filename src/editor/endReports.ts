/** Says how runs end: in the log always, as a notification only where the engine broke, or where nobody sees the panel. */

import * as vscode from 'vscode';
import { Disposable } from './disposable';
import { endWords, isFailure } from './endWords';
import type { Fitter } from './fitter';
import type { FitService } from './fitService';
import { nameOf } from './sessionService';
import type { Panels } from './panels';
import type { RunSession } from './runSession';
import { t } from './t';

export class EndReports extends Disposable {
  constructor(
    fits: FitService,
    private readonly panels: Panels,
    private readonly fitter: Fitter,
    private readonly log: vscode.LogOutputChannel,
  ) {
    super();
    this.register(fits.onDidStart(({ request }) => log.info(t('{0}: fit asked for, {1}', request.energy, request.file))));
    this.register(
      fits.onDidChange(({ session, change }) => {
        if (change.type === 'started') log.info(`${session.request.energy}: ${session.info!.executorDetail}, ${session.info!.runDir}`);
        if (change.type === 'ended') void this.report(session);
      }),
    );
  }

  private async report(session: RunSession): Promise<void> {
    const { end, request } = session;
    if (end === undefined) return;
    const words = `${request.energy}: ${endWords(end, t)}`;
    if (!isFailure(end)) {
      this.log.info(words);
      return;
    }
    this.log.error(words);
    if (session.log !== '') this.log.append(session.log);
    const broke = end.kind === 'crashed' || end.kind === 'killed' || end.kind === 'out-of-memory';
    if (!broke && this.panels.find(nameOf(request))?.visible === true) return;
    const [showLog, again] = [t('Show Log'), t('Run Again')];
    const show = broke ? vscode.window.showErrorMessage : vscode.window.showWarningMessage;
    const answer = await show(words, showLog, again);
    if (answer === showLog) this.log.show(true);
    if (answer === again) {
      const { executor, seed, overrides, warmFrom } = request;
      await this.fitter.fit(nameOf(request), { executor, seed, overrides, warmFrom });
    }
  }
}
