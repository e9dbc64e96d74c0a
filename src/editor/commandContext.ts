/** What commands work with. */

import type * as vscode from 'vscode';
import type { CheckService } from './checkService';
import type { Diagnoser } from './diagnoser';
import type { DiagnoseService } from './diagnoseService';
import type { Fitter } from './fitter';
import type { FitService } from './fitService';
import type { Panels } from './panels';
import type { RunsView } from './runsView';
import type { SampleService } from './sampleService';
import type { SampleStarter } from './sampleStarter';

export interface CommandContext {
  readonly extension: vscode.Uri;
  readonly fits: FitService;
  readonly fitter: Fitter;
  readonly samples: SampleService;
  readonly starter: SampleStarter;
  readonly diagnoses: DiagnoseService;
  readonly diagnoser: Diagnoser;
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
