/** All commands. Adding one is a line here and its title in package.json. */

import * as vscode from 'vscode';
import type { Command, CommandContext } from '../commandContext';
import { createEnergyFile } from '../newEnergyFile';
import { check } from './check';
import { compareRuns } from './compare';
import { diagnose } from './diagnose';
import { doctor } from './doctor';
import { exportRun } from './exportRun';
import { fit, fitWith } from './fit';
import { openPanel, showCode } from './panel';
import { deleteRun, openRun, refreshRuns, rerun, resumeRun, revealRun, showMoreRuns } from './runs';
import { sample } from './sample';
import { pauseResume, stop } from './steer';
import { toggleLenses, toggleLive } from './toggles';

const newEnergyFile: Command = { id: 'newEnergyFile', run: createEnergyFile };
const showLog: Command = { id: 'showLog', run: ({ log }) => log.show(true) };

const commands: readonly Command[] = [
  fit,
  fitWith,
  sample,
  diagnose,
  stop,
  pauseResume,
  openPanel,
  openRun,
  newEnergyFile,
  check,
  compareRuns,
  exportRun,
  doctor,
  toggleLenses,
  toggleLive,
  showLog,
  rerun,
  resumeRun,
  deleteRun,
  revealRun,
  refreshRuns,
  showMoreRuns,
  showCode,
];

/** Registers all of them. */
export function registerCommands(context: CommandContext): vscode.Disposable {
  return vscode.Disposable.from(
    ...commands.map(({ id, run }) => vscode.commands.registerCommand(`unblind.${id}`, (...args: unknown[]) => run(context, ...args))),
  );
}
