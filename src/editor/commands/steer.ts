/** "Stop" and "Pause/Resume" of the run that goes on. */

import * as vscode from 'vscode';
import type { Command, CommandContext } from '../commandContext';
import type { RunSession } from '../runSession';
import { t } from '../t';

export const stop: Command = {
  id: 'stop',
  run: (context) => current(context)?.stop(),
};

export const pauseResume: Command = {
  id: 'pauseResume',
  run: (context) => {
    const session = current(context);
    if (session?.phase === 'paused') session.resume();
    else session?.pause();
  },
};

/** The run of the panel that is looked at, else the newest one that goes on. */
function current({ fits, panels }: CommandContext): RunSession | undefined {
  const shown = panels.all.find(({ visible }) => visible)?.model.activeRun?.session;
  const session = shown?.isActive === true ? shown : fits.current;
  if (session === undefined) void vscode.window.showInformationMessage(t('Nothing is being fitted.'));
  return session;
}
