/** What checks, fits and samplers find, as squiggles where it is. */

import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { type Problem, problemsOf } from './checkProblems';
import type { CheckedFile, CheckService } from './checkService';
import { Disposable } from './disposable';
import { energiesIn, isEnergyDocument, openDocument } from './energyFile';
import { asSentence } from './endWords';
import type { FitService } from './fitService';
import { nameOf } from './sessionService';
import type { Fix } from '../shared/fix';
import type { RunSession } from './runSession';
import type { SampleService } from './sampleService';
import type { SampleSession } from './sampleSession';
import { isOn } from './settings';
import { t } from './t';
import { whyUntrusted } from './trust';

const source = 'Unblind';

/** A live fit starts first, and says itself what is wrong with the file. */
const liveDelay = 1500;

/** A problem that the text around its place can be mended of. */
export interface CurableProblem {
  readonly fix: Fix;
  /** From 0. */
  readonly line: number;
  readonly column: number;
  readonly diagnostic: vscode.Diagnostic;
}

export class Squiggles extends Disposable {
  private readonly checks = this.register(vscode.languages.createDiagnosticCollection('unblind.check'));
  private readonly runs = this.register(vscode.languages.createDiagnosticCollection('unblind.run'));
  /** Files that hold problems of a checked file, itself and those that it imports. */
  private readonly marked = new Map<string, readonly vscode.Uri[]>();

  /** Problems with a cure, by file. */
  private readonly curable = new Map<string, readonly CurableProblem[]>();
  private later: NodeJS.Timeout | undefined;

  constructor(
    private readonly service: CheckService,
    fits: FitService,
    samples: SampleService,
  ) {
    super();
    this.register(vscode.workspace.onDidSaveTextDocument((document) => this.saved(document)));
    this.register({ dispose: () => clearTimeout(this.later) });
    this.register(vscode.workspace.onDidOpenTextDocument((document) => void this.checkDocument(document)));
    this.register(vscode.workspace.onDidCloseTextDocument((document) => this.forget(document.uri)));
    this.register(vscode.workspace.onDidGrantWorkspaceTrust(() => this.checkOpen()));
    this.register(service.onDidCheck((found) => void this.show(found)));
    const forgetRun = ({ request }: RunSession | SampleSession): void => this.runs.delete(vscode.Uri.file(request.file));
    this.register(fits.onDidStart(forgetRun));
    this.register(samples.onDidStart(forgetRun));
    this.register(fits.onDidChange(({ session, change }) => change.type === 'ended' && this.markRun(session, t('last fit'))));
    this.register(samples.onDidChange(({ session, change }) => change.type === 'ended' && this.markRun(session, t('last sampling'))));
    this.checkOpen();
  }

  private saved(document: vscode.TextDocument): void {
    clearTimeout(this.later);
    if (isOn('live')) this.later = setTimeout(() => void this.checkDocument(document), liveDelay);
    else void this.checkDocument(document);
  }

  /** Checks the energy files that are open. */
  private checkOpen(): void {
    for (const document of vscode.workspace.textDocuments) void this.checkDocument(document);
  }

  private async checkDocument(document: vscode.TextDocument): Promise<void> {
    if (!isEnergyDocument(document) || !isOn('checkOnSave') || whyUntrusted() !== undefined) return;
    await this.service.check(document.uri.fsPath);
  }

  private forget(uri: vscode.Uri): void {
    for (const marked of this.marked.get(uri.fsPath) ?? []) this.checks.delete(marked);
    for (const marked of this.marked.get(uri.fsPath) ?? []) this.curable.delete(marked.fsPath);
    this.marked.delete(uri.fsPath);
    this.runs.delete(uri);
  }

  /** What can be mended in a file. */
  curableIn(file: string): readonly CurableProblem[] {
    return this.curable.get(file) ?? [];
  }

  private async show({ file, checked, text: unsaved }: CheckedFile): Promise<void> {
    if (unsaved !== undefined) {
      // What does not parse is half-written, and TypeScript says so; and what has changed meanwhile is checked again.
      if (checked.error?.reason === 'syntax' || openDocument(file)?.getText() !== unsaved) return;
    }
    // Places are found in what was checked.
    const text = unsaved ?? (await readFile(file, 'utf8').catch(() => ''));
    const problems = problemsOf(checked, file, text);
    for (const uri of this.marked.get(file) ?? []) this.checks.delete(uri);
    for (const uri of this.marked.get(file) ?? []) this.curable.delete(uri.fsPath);
    const files = new Map<string, vscode.Diagnostic[]>([[file, []]]);
    for (const problem of problems) {
      const diagnostics = files.get(problem.file) ?? [];
      const made = diagnosticOf(problem);
      diagnostics.push(made);
      files.set(problem.file, diagnostics);
      const { fix, line, column } = problem;
      if (fix !== undefined) this.curable.set(problem.file, [...this.curableIn(problem.file), { fix, line, column, diagnostic: made }]);
    }
    const uris = [...files].map(([path, diagnostics]) => {
      const uri = vscode.Uri.file(path);
      this.checks.set(uri, diagnostics);
      return uri;
    });
    this.marked.set(file, uris);
  }

  /** @param code what is said to have found it */
  private markRun({ request, end }: RunSession | SampleSession, code: string): void {
    const uri = vscode.Uri.file(request.file);
    if (end?.kind === 'diverged') {
      const document = openDocument(request.file);
      const { name } = nameOf(request);
      const found = document === undefined ? undefined : energiesIn(document).find(({ energy }) => energy.name === name);
      const range = found?.range ?? new vscode.Range(0, 0, 0, 0);
      this.runs.set(uri, [diagnostic(range, asSentence(end.message), vscode.DiagnosticSeverity.Warning, code)]);
    }
    if (end?.kind === 'bad-input' && end.position !== undefined) {
      const { file, line, column } = end.position;
      const range = wordAt(file, line - 1, column - 1);
      this.runs.set(vscode.Uri.file(file), [diagnostic(range, asSentence(end.message), vscode.DiagnosticSeverity.Error, code)]);
    }
  }
}

function diagnosticOf({ file, line, column, length, severity, message, code }: Problem): vscode.Diagnostic {
  const range = length === undefined ? wordAt(file, line, column) : new vscode.Range(line, column, line, column + length);
  return diagnostic(range, message, severity === 'error' ? vscode.DiagnosticSeverity.Error : vscode.DiagnosticSeverity.Warning, code);
}

function diagnostic(range: vscode.Range, message: string, severity: vscode.DiagnosticSeverity, code: string): vscode.Diagnostic {
  const made = new vscode.Diagnostic(range, message, severity);
  made.source = source;
  made.code = code;
  return made;
}

/** The word at a position where the file is open, else one character. */
function wordAt(file: string, line: number, column: number): vscode.Range {
  const position = new vscode.Position(Math.max(0, line), Math.max(0, column));
  const document = openDocument(file);
  const word = document !== undefined && position.line < document.lineCount ? document.getWordRangeAtPosition(position) : undefined;
  return word ?? new vscode.Range(position, position.translate(0, 1));
}
