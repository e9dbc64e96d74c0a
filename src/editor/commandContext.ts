/** What commands work with. */

import type * as vscode from 'vscode';
import type { CheckService } from './checkService';
import type { Fitter } from './fitter';
import type { FitService } from './fitService';
import type { Panels } from './panels';
import type { RunsView } from './runsView';

export interface CommandContext {
  readonly extension: vscode.Uri;
  readonly fits: FitService;
  readonly fitter: Fitter;
  readonly checks: CheckService;
  readonly panels: Panels;
  readonly runs: RunsView;
  readonly log: vscode.LogOutputChannel;
}

/** A command of the extension; `id` is without its prefix. */
export interface Command {
  readonly id: string;
  readonly run: (context: CommandContext, ...args: readonly unknown[]) => unknown;
}
