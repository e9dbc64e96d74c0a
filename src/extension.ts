/** The extension's composition root: makes the editor side's parts and wires them, nothing else. */

import * as vscode from 'vscode';
import { createApi, type UnblindApi } from './editor/api';
import { CheckWhileTyping } from './editor/checkWhileTyping';
import { CheckService } from './editor/checkService';
import { registerCommands } from './editor/commands/all';
import { Diagnoser } from './editor/diagnoser';
import { DiagnoseService } from './editor/diagnoseService';
import { DiagnosticsView } from './editor/diagnosticsView';
import { EndReports } from './editor/endReports';
import { EngineQuestions } from './editor/engineQuestions';
import { Engines, type EngineSource } from './editor/engines';
import { Fitter } from './editor/fitter';
import { FitService } from './editor/fitService';
import { Joiner } from './editor/joiner';
import { KeptDiagnoses } from './editor/keptDiagnoses';
import { LastResults } from './editor/lastResults';
import { Lenses } from './editor/lenses';
import { Live } from './editor/live';
import { setExamplesFolder } from './editor/newEnergyFile';
import { runPanelCommand } from './editor/panelCommands';
import { Panels } from './editor/panels';
import { QuickFixes } from './editor/quickFixes';
import { type DiagnosisReader, RunOpener } from './editor/runOpener';
import { RunFolders } from './editor/runFolders';
import { RunHistory } from './editor/runHistory';
import { RunsView } from './editor/runsView';
import { RunWatcher } from './editor/runWatcher';
import { onDidChangeSetting, outlivesWindow } from './editor/settings';
import { SampleService } from './editor/sampleService';
import { SampleStarter } from './editor/sampleStarter';
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
  // A process that has checked a file has loaded all that a run needs.
  const runEngines = async (): Promise<EngineSource> => {
    const source = await engines.source();
    return { acquire: () => checks.handOver() ?? source.acquire() };
  };
  const fits = own(new FitService(runEngines, outlivesWindow));
  const samples = own(new SampleService(runEngines, outlivesWindow));
  for (const runsOfKind of [fits, samples]) own(onDidChangeSetting('runs.onClose', () => runsOfKind.tellOutlive()));
  const joiner = new Joiner(fits, samples);
  const readDiagnosis: DiagnosisReader = async (directory) => (await import('./runs/diagnosisFiles')).readDiagnosis(directory);
  const { storageUri } = context;
  const kept = new KeptDiagnoses(storageUri && vscode.Uri.joinPath(storageUri, 'diagnoses').fsPath, readDiagnosis);
  const diagnoses = own(new DiagnoseService(() => engines.source(), t, kept));
  const questions = own(new EngineQuestions(() => engines.source()));
  const live = own(new Live(fits));
  const fitter: Fitter = new Fitter(fits, () => panels, live);
  const starter: SampleStarter = new SampleStarter(samples, () => panels, live);
  const diagnoser: Diagnoser = new Diagnoser(diagnoses, () => panels, live);
  const opener = new RunOpener(fits, samples, joiner, readDiagnosis, t);
  const showLog = (): void => log.show(true);
  const panels = own(
    new Panels(context, { fits, samples, diagnoses, questions }, opener, (panel, command) =>
      runPanelCommand(panel, command, { fitter, starter, diagnoser, diagnoses, showLog }),
    ),
  );
  const results = own(new LastResults(fits, diagnoses, t));
  const lenses = own(new Lenses((energy) => results.textOf(energy)));
  const history = new RunHistory(async (directory) => (await import('./runs/diagnosisFiles')).readDiagnosisRecord(directory));
  const runs = own(new RunsView(history, new RunFolders(context.workspaceState), { fits, samples, diagnoses }));
  own(new RunWatcher(() => runs.refresh()));
  own(results.onDidChange(() => lenses.refresh()));
  own(
    runs.onDidRead((entries) => {
      joiner.take(entries);
      results.take(entries);
      diagnostics.take(entries);
    }),
  );
  const diagnostics = own(new DiagnosticsView(fits, checks, diagnoses));
  const squiggles = own(new Squiggles(checks, fits, samples));
  own(new CheckWhileTyping(checks));
  own(new QuickFixes((file) => squiggles.curableIn(file)));
  own(new StatusItem(fits, samples, diagnoses));
  own(new WarmEngine(() => engines.warm()));
  own(new EndReports({ fits, samples, diagnoses, panels, fitter, starter, diagnoser, log }));
  own(registerCommands({ extension, fits, fitter, samples, starter, diagnoses, diagnoser, checks, panels, runs, log }));
  runs.refresh();
  void diagnoses.restore().then(() => lenses.refresh());
  return createApi({ fits, samples, diagnoses, panels, diagnostics, runs }, performance.now() - started);
}
