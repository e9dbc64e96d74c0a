/** The extension's composition root: makes the editor side's parts and wires them, nothing else. */

import * as vscode from 'vscode';
import { createApi, type UnblindApi } from './editor/api';
import { CheckWhileTyping } from './editor/checkWhileTyping';
import { CheckService } from './editor/checkService';
import { registerCommands } from './editor/commands/all';
import { DiagnosticsView } from './editor/diagnosticsView';
import { EndReports } from './editor/endReports';
import { EngineQuestions } from './editor/engineQuestions';
import { Engines } from './editor/engines';
import { Fitter } from './editor/fitter';
import { FitService } from './editor/fitService';
import { LastResults } from './editor/lastResults';
import { Lenses } from './editor/lenses';
import { Live } from './editor/live';
import { setExamplesFolder } from './editor/newEnergyFile';
import { runPanelCommand } from './editor/panelCommands';
import { Panels } from './editor/panels';
import { QuickFixes } from './editor/quickFixes';
import { RunFolders } from './editor/runFolders';
import { RunHistory } from './editor/runHistory';
import { RunsView } from './editor/runsView';
import { Squiggles } from './editor/squiggles';
import { StatusItem } from './editor/statusItem';
import { t } from './editor/t';
import { WarmEngine } from './editor/warmEngine';

export function activate(context: vscode.ExtensionContext): UnblindApi {
  const started = performance.now();
  const own = <T extends vscode.Disposable>(part: T): T => {
    context.subscriptions.push(part);
    return part;
  };
  const extension = context.extensionUri;
  setExamplesFolder(vscode.Uri.joinPath(extension, 'examples'));
  const log = own(vscode.window.createOutputChannel('Unblind', { log: true }));
  const engines = own(new Engines(context.asAbsolutePath('dist/engine.js')));
  const checks = own(new CheckService(() => engines.source(), t));
  // A process that has checked a file has loaded all that a fit needs.
  const fits = own(
    new FitService(async () => {
      const source = await engines.source();
      return { acquire: () => checks.handOver() ?? source.acquire() };
    }),
  );
  const questions = own(new EngineQuestions(() => engines.source()));
  const live = own(new Live(fits));
  const fitter: Fitter = new Fitter(fits, () => panels, live);
  const panels = own(
    new Panels(context, fits, questions, (panel, command) => runPanelCommand(panel, command, { fitter, showLog: () => log.show(true) })),
  );
  const results = own(new LastResults(fits, t));
  const lenses = own(new Lenses((energy) => results.textOf(energy)));
  const runs = own(new RunsView(new RunHistory(), new RunFolders(context.workspaceState), fits));
  own(results.onDidChange(() => lenses.refresh()));
  own(
    runs.onDidRead((entries) => {
      results.take(entries);
      diagnostics.take(entries);
    }),
  );
  const diagnostics = own(new DiagnosticsView(fits, checks));
  const squiggles = own(new Squiggles(checks, fits));
  own(new CheckWhileTyping(checks));
  own(new QuickFixes((file) => squiggles.curableIn(file)));
  own(new StatusItem(fits));
  own(new WarmEngine(() => engines.warm()));
  own(new EndReports(fits, panels, fitter, log));
  own(registerCommands({ extension, fits, fitter, checks, panels, runs, log }));
  runs.refresh();
  return createApi(fits, panels, performance.now() - started);
}
