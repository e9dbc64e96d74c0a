/** The Runs view: what was fitted and sampled in this workspace, newest first. */

import { basename } from 'node:path';
import * as vscode from 'vscode';
import { liveOwner } from '../runs/owner';
import { samplerLabel } from '../shared/samplers/samplerForms';
import type { DiagnoseService } from './diagnoseService';
import { Disposable } from './disposable';
import type { FitService } from './fitService';
import { judgeModes } from './modeJudgement';
import { duration, shortNumber } from './numbers';
import { objectiveTexts } from './objectiveNames';
import { particleWords } from './particleWords';
import type { HistoryEntry } from './historyEntry';
import type { RunFolders } from './runFolders';
import type { RunHistory } from './runHistory';
import type { SampleService } from './sampleService';
import { t } from './t';
import { ViewContent } from './viewContent';

/** Runs that the view shows at first. */
const firstRuns = 200;

/** A line of the view: a run, or below the last one how many more there are. */
type Line = HistoryEntry | { readonly kind: 'more'; readonly rest: number };

export class RunsView extends Disposable implements vscode.TreeDataProvider<Line> {
  private readonly changes = this.register(new vscode.EventEmitter<undefined>());
  readonly onDidChangeTreeData = this.changes.event;
  private readonly reads = this.register(new vscode.EventEmitter<readonly HistoryEntry[]>());
  /** The runs on disk have been read: all of them, or before that has happened once the newest. */
  readonly onDidRead = this.reads.event;
  private readonly view: vscode.TreeView<Line>;
  /** Runs that the view shows at most. */
  private most = firstRuns;
  private shown: readonly HistoryEntry[] = [];
  private allRead = 0;
  /** How often a survey was asked for. */
  private surveysAsked = 0;
  private surveying = false;

  constructor(
    private readonly history: RunHistory,
    private readonly folders: RunFolders,
    services: { readonly fits: FitService; readonly samples: SampleService; readonly diagnoses: DiagnoseService },
  ) {
    super();
    const treeDataProvider = this.register(new ViewContent(this));
    this.view = this.register(vscode.window.createTreeView('unblind.runs', { treeDataProvider, canSelectMany: true }));
    this.register(this.view.onDidChangeVisibility(({ visible }) => visible && this.refresh()));
    this.register(vscode.workspace.onDidChangeWorkspaceFolders(() => this.refresh()));
    this.register(services.fits.onDidChange(({ session, change }) => this.runChanged(session.directory, change.type)));
    this.register(services.samples.onDidChange(({ session, change }) => this.runChanged(session.directory, change.type)));
    // The diagnosis of a run lies in its directory.
    this.register(services.diagnoses.onDidEnd(() => this.refresh()));
  }

  /** Entries that are selected in the view. */
  get selection(): readonly HistoryEntry[] {
    return this.view.selection.filter((line) => line.kind !== 'more');
  }

  /** How often all runs on disk have been read. */
  get timesAllRead(): number {
    return this.allRead;
  }

  /** All runs on disk, read anew. */
  read(): Promise<readonly HistoryEntry[]> {
    return this.readAll('awaited');
  }

  private async readAll(haste: 'awaited' | 'behind'): Promise<readonly HistoryEntry[]> {
    const entries = await this.history.read(this.folders.all, haste);
    this.allRead++;
    this.reads.fire(entries);
    return entries;
  }

  refresh(): void {
    this.changes.fire(undefined);
    // Lenses want the last results also while the view is closed.
    if (!this.view.visible) void this.surveyAll();
  }

  /** Shows as many runs again as there are. */
  showMore(): void {
    this.most *= 2;
    this.changes.fire(undefined);
  }

  /** Reads all runs behind the view. Only then is it certain which are the newest. */
  private async surveyAll(): Promise<void> {
    this.surveysAsked++;
    if (this.surveying) return;
    this.surveying = true;
    // The newest first, for lenses; that they take turns with a view that opens meanwhile costs it little.
    if (this.allRead === 0) this.reads.fire((await this.history.newest(this.folders.all, this.most)).entries);
    // What is asked for meanwhile is done afterwards, once.
    for (let done = 0; done !== this.surveysAsked && !this.isDisposed;) {
      done = this.surveysAsked;
      const newest = (await this.readAll('behind')).slice(0, this.most);
      const asShown = newest.length === this.shown.length && newest.every(({ directory }, i) => directory === this.shown[i]?.directory);
      if (this.view.visible && !asShown) this.changes.fire(undefined);
    }
    this.surveying = false;
  }

  private async newest(): Promise<Line[]> {
    const { entries, total } = await this.history.newest(this.folders.all, this.most);
    this.shown = entries;
    if (total === entries.length || this.allRead === 0) this.reads.fire(entries);
    if (total === entries.length) return [...entries];
    void this.surveyAll();
    return [...entries, { kind: 'more', rest: total - entries.length }];
  }

  private runChanged(directory: string | undefined, change: string): void {
    if (change !== 'started' && change !== 'ended') return;
    void (directory === undefined ? Promise.resolve() : this.folders.add(directory)).then(() => this.refresh());
  }

  getChildren(line?: Line): Promise<Line[]> {
    return line === undefined ? this.newest() : Promise.resolve([]);
  }

  getTreeItem(line: Line): vscode.TreeItem {
    switch (line.kind) {
      case 'run':
        return runItem(line);
      case 'sample':
        return sampleItem(line);
      case 'broken':
        return brokenItem(line);
      case 'more':
        return moreItem(line.rest);
    }
  }
}

function moreItem(rest: number): vscode.TreeItem {
  const item = new vscode.TreeItem(t('Show More ({0} older)', rest));
  item.iconPath = new vscode.ThemeIcon('ellipsis');
  item.command = { title: t('Show More'), command: 'unblind.showMoreRuns' };
  return item;
}

function runItem(entry: Extract<HistoryEntry, { kind: 'run' }>): vscode.TreeItem {
  const { directory, record, result, end } = entry;
  const label = `${record.energy}: ${objectiveTexts(t)[record.objective].short}`;
  const item = new vscode.TreeItem(label);
  item.id = directory;
  item.contextValue = entry.checkpoint && liveOwner(directory) === undefined ? 'resumableRun' : 'run';
  const when = dateText(new Date(record.createdAt));
  const kl = result?.kl == null ? undefined : t('KL {0}', shortNumber(result.kl));
  const outcome = end?.status === 'failed' ? t('failed') : result === null ? t('not finished') : kl;
  const time = result === null ? undefined : duration(result.seconds);
  item.description = [outcome, time, when].filter((part) => part !== undefined).join(' · ');
  item.iconPath = runIcon(entry);
  item.tooltip = tooltip(entry);
  item.command = { title: t('Open Run'), command: 'unblind.openRun', arguments: [entry] };
  item.accessibilityInformation = { label: `${label}, ${item.description}` };
  return item;
}

/** Particles of a sampler: which one, how many, and what they are worth. */
function sampleItem(entry: Extract<HistoryEntry, { kind: 'sample' }>): vscode.TreeItem {
  const { directory, record, result, end } = entry;
  const label = `${record.energy}: ${samplerLabel(record.sampler)}`;
  const item = new vscode.TreeItem(label);
  item.id = directory;
  item.contextValue = 'sample';
  const time = result === null ? undefined : duration(result.seconds);
  item.description = [particleWords(entry, t), time, dateText(new Date(record.createdAt))].filter((part) => part !== undefined).join(' · ');
  const warned = end?.status === 'failed' || (result?.warnings.length ?? 0) > 0;
  item.iconPath = warned
    ? new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'))
    : new vscode.ThemeIcon('symbol-array');
  item.tooltip = [
    record.target.description,
    `${record.executor}: ${record.executorDetail}`,
    ...(result?.warnings ?? []),
    ...(end?.reason === undefined ? [] : [end.reason]),
    directory,
  ].join('\n');
  item.command = { title: t('Open Run'), command: 'unblind.openRun', arguments: [entry] };
  item.accessibilityInformation = { label: `${label}, ${item.description}` };
  return item;
}

/** The time of day where it was today, else the date. */
function dateText(date: Date): string {
  const today = date.toDateString() === new Date().toDateString();
  return date.toLocaleString(vscode.env.language, today ? { timeStyle: 'short' } : { dateStyle: 'short' });
}

function runIcon({ result, end }: Extract<HistoryEntry, { kind: 'run' }>): vscode.ThemeIcon {
  if (end?.status === 'failed') return new vscode.ThemeIcon('error', new vscode.ThemeColor('testing.iconFailed'));
  if (result === null) return new vscode.ThemeIcon('circle-outline');
  const { status } = judgeModes(result.modes);
  if (status === 'fail') return new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.errorForeground'));
  if (status === 'warn') return new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
  if (end?.status === 'interrupted') return new vscode.ThemeIcon('debug-stop');
  return new vscode.ThemeIcon('pass', new vscode.ThemeColor('testing.iconPassed'));
}

function tooltip({ directory, record, result, end }: Extract<HistoryEntry, { kind: 'run' }>): string {
  const { settings } = record;
  const lines = [
    t('{0}, seed {1}, {2} steps of batch {3}', objectiveTexts(t)[record.objective].detail, record.seed, settings.steps, settings.batch),
    `${record.executor}: ${record.executorDetail}`,
    ...(result?.modes ?? []).map((mode) =>
      t('{0}: model {1}, data {2}', mode.label, shortNumber(mode.weight), shortNumber(mode.dataWeight)),
    ),
    ...(end?.reason === undefined ? [] : [end.reason]),
    directory,
  ];
  return lines.join('\n');
}

function brokenItem({ directory, reason }: Extract<HistoryEntry, { kind: 'broken' }>): vscode.TreeItem {
  const item = new vscode.TreeItem(basename(directory));
  item.id = directory;
  item.contextValue = 'broken';
  item.description = t('cannot be read: {0}', reason);
  item.iconPath = new vscode.ThemeIcon('question', new vscode.ThemeColor('list.warningForeground'));
  item.tooltip = `${reason}\n${directory}`;
  item.accessibilityInformation = { label: `${basename(directory)}, ${item.description}` };
  return item;
}
