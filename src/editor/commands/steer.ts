/** "Stop" and "Pause/Resume" of the run that goes on; without one "Stop" gives up a diagnosis. */

import * as vscode from 'vscode';
import type { Command, CommandContext } from '../commandContext';
import { currentRun } from '../currentRun';
import type { RunSession } from '../runSession';
import type { SampleSession } from '../sampleSession';
import { nameOf } from '../sessionService';
import { t } from '../t';

export const stop: Command = {
  id: 'stop',
  run: (context) => {
    const session = current(context);
    const diagnosing = context.diagnoses.active.at(-1);
    if (session !== undefined) steered(session, () => session.stop());
    else if (diagnosing !== undefined) context.diagnoses.cancel(nameOf(diagnosing.request));
    else sayNothingRuns();
  },
};

export const pauseResume: Command = {
  id: 'pauseResume',
  run: (context) => {
    const session = current(context);
    if (session === undefined) sayNothingRuns();
    else steered(session, () => (session.phase === 'paused' ? session.resume() : session.pause()));
  },
};

/** Does what steers a run, if this window does; else offers to take it over. */
function steered(session: RunSession | SampleSession, act: () => void): void {
  if (session.steers) act();
  else void offerSteering(session);
}

async function offerSteering(session: RunSession | SampleSession): Promise<void> {
  const takeOver = t('Take Over');
  if ((await vscode.window.showInformationMessage(t('Another window steers this run.'), takeOver)) === takeOver) session.takeSteering();
}

function sayNothingRuns(): void {
  void vscode.window.showInformationMessage(t('Nothing is running.'));
}

/** The run of the panel that is looked at, in the view that was asked for last, else the newest one that goes on. */
function current({ fits, samples, panels }: CommandContext): RunSession | SampleSession | undefined {
  const model = panels.all.find(({ visible }) => visible)?.model;
  const ofFit = model?.activeRun?.session;
  const ofSampler = model?.sampling?.session;
  const shown = model?.view === 'sample' ? [ofSampler, ofFit] : [ofFit, ofSampler];
  return shown.find((session) => session?.isActive === true) ?? currentRun(fits, samples);
}
